"""The HTTP interface, put together: which routes there are, on the common port and on ports of
their own. Nothing here knows about calls: a route parses, asks the service, renders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from aiohttp import web

from appliance.access.keys import Scope
from appliance.http import asr, calls, control, llm, status, sts, tts
from appliance.http.access import guarded
from appliance.http.backend import HttpBackend
from appliance.http.errors import errors_as_json
from appliance.http.openapi import document
from appliance.http.route import BACKEND, Reply, Route

OPENAPI: Final = "/openapi.json"

Routes = Sequence[Route | web.RouteDef]
"""A RouteDef is what OpenAPI cannot describe: a WebSocket."""

SERVICES: Final[dict[str, Callable[[HttpBackend], Routes]]] = {
    "asr": lambda _: asr.ROUTES,
    "llm": lambda _: llm.ROUTES,
    "tts": lambda _: tts.ROUTES,
    "sts": lambda backend: sts.routes(backend.sts),
    "ami": lambda _: control.ROUTES,
}
"""AVR's services by the name in their settings (``asr_port``)."""


def build_app(backend: HttpBackend) -> web.Application:
    """Everything on one port; ``server.start_http`` puts it there."""
    services = [route for routes in SERVICES.values() for route in routes(backend)]
    return _app(backend, [*calls.ROUTES, *status.ROUTES, *services])


def build_service(backend: HttpBackend, name: str) -> web.Application:
    """One of ``SERVICES`` alone, and ``/health``, for a port of its own."""
    return _app(backend, [status.HEALTH, *SERVICES[name](backend)])


def _app(backend: HttpBackend, routes: Routes) -> web.Application:
    declared = [route for route in routes if isinstance(route, Route)]
    scopes: dict[tuple[str, str], Scope | None] = {
        (route.method, route.path): route.scope for route in declared
    }
    sockets = [route for route in routes if isinstance(route, web.RouteDef)]
    scopes |= {("GET", socket.path): "services" for socket in sockets}
    scopes["GET", OPENAPI] = None
    app = web.Application(middlewares=[errors_as_json, guarded(backend.gate, scopes)])
    app[BACKEND] = backend
    shown = document([*declared, _openapi({})])
    app.add_routes([route.definition() for route in [*declared, _openapi(shown)]])
    app.add_routes(sockets)
    return app


def _openapi(shown: dict[str, Any]) -> Route:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(shown)

    return Route(
        method="GET",
        path=OPENAPI,
        handler=answer,
        summary="This document",
        replies={200: Reply("OpenAPI 3.1")},
    )
