"""The gate at work: every request passes it before its handler sees it, WebSockets too.

What a key was used for, and every call that was ended, sent on or placed, is a line in the log of
``appliance.audit``: who, from where, what.
"""

from __future__ import annotations

import logging
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Middleware

from appliance.access.gate import AccessRefused, Gate, Visitor
from appliance.access.keys import Scope
from appliance.http.errors import failure
from appliance.http.route import BACKEND, Handler

CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
BEARER: Final = "bearer "
HOLDER: Final[web.RequestKey[str]] = web.RequestKey("holder", str)
"""Who asks: the name of the key, or that none was needed."""
NO_KEY: Final = "no key"

log = logging.getLogger("appliance.audit")


def guarded(gate: Gate, scopes: dict[tuple[str, str], Scope | None]) -> Middleware:
    """A middleware that lets through what ``gate`` admits. ``scopes``: of each (method, path) as
    declared; what is not among them is open to nobody who needs a key."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        if resource is None:
            return await handler(request)  # nothing there: 404 to anybody
        method = "GET" if request.method == "HEAD" else request.method
        scope = scopes.get((method, resource.canonical))
        visitor = _visitor(request)
        upgrades = request.headers.get("Upgrade", "").lower() == "websocket"
        keys = await request.app[BACKEND].keys() if scope is not None else ()
        try:
            key = gate.admit(visitor, scope, keys, changes=upgrades or request.method in CHANGING)
        except AccessRefused as error:
            log.warning(
                "refused %s %s from %s: %s",
                request.method, resource.canonical, visitor.address, error.code,
            )  # fmt: skip
            reply = failure(request, error.status, error.code, error.message)
            if error.status == 401:
                reply.headers["WWW-Authenticate"] = "Bearer"
            return reply
        request[HOLDER] = NO_KEY if key is None else f"key {key.name}"
        if key is not None:
            log.info(
                "%s: %s %s from %s",
                request[HOLDER], request.method, resource.canonical, visitor.address,
            )  # fmt: skip
        return await handler(request)

    return check


def audit(request: web.Request, what: str, *about: Any) -> None:
    """Write down that the client of ``request`` did ``what`` (a format for ``about``)."""
    log.info(f"%s from %s: {what}", request[HOLDER], request.remote, *about)


def _visitor(request: web.Request) -> Visitor:
    given = request.headers.get("Authorization", "")
    bearer = given[len(BEARER) :].strip() if given.lower().startswith(BEARER) else ""
    return Visitor(
        address=request.remote or "",
        host=request.headers.get("Host", ""),
        origin=request.headers.get("Origin"),
        secret=bearer or request.headers.get("X-API-Key") or None,
    )
