"""The service about itself: alive, able, measured, described."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from aiohttp import web

from appliance.http.route import BACKEND, Reply, Route
from appliance.http.schemas import Health, Ready
from appliance.metrics import CONTENT_TYPE


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _ready(request: web.Request) -> web.Response:
    state = request.app[BACKEND].calls.readiness()
    return web.json_response(asdict(state), status=200 if state.ready else 503)


async def _metrics(request: web.Request) -> web.Response:
    text = request.app[BACKEND].metrics_text()
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})


HEALTH: Final = Route(
    method="GET",
    path="/health",
    handler=_health,
    summary="Whether the service is alive",
    replies={200: Reply("it is", Health)},
)
ROUTES: Final = (
    HEALTH,
    Route(
        method="GET",
        path="/ready",
        handler=_ready,
        summary="Whether another call would be answered now",
        replies={200: Reply("it would", Ready), 503: Reply("it would not", Ready)},
    ),
    Route(
        method="GET",
        scope="metrics",
        path="/metrics",
        handler=_metrics,
        summary="Figures for Prometheus",
        replies={200: Reply("the exposition", media=("text/plain",))},
    ),
)
