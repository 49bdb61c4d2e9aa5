"""Speech to speech as AVR serves it: one WebSocket for a whole call, or the older HTTP exchange.

Both hold the same conversation as a telephone call does; an AVR Core uses either as its STS_URL.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

from aiohttp import web

from appliance.http.errors import BadRequest
from appliance.http.route import Body, Parameter, Reply, Route, failures
from appliance.http.schemas import UUID_PATTERN
from appliance.sts.exchange import serve_exchange
from appliance.sts.messages import Init
from appliance.sts.server import StsServer
from appliance.sts.websocket import serve_websocket

PATH: Final = "/speech-to-speech-stream"
_PCM: Final = ("application/octet-stream",)


def routes(server: StsServer) -> list[Route | web.RouteDef]:
    """The WebSocket at ``/``, where AVR Core looks for it, and both forms at PATH."""

    async def websocket(request: web.Request) -> web.StreamResponse:
        return await serve_websocket(request, server)

    async def exchange(request: web.Request) -> web.StreamResponse:
        return await serve_exchange(request, server, Init(_uuid(request)))

    return [
        web.get("/", websocket),
        web.get(PATH, websocket),
        Route(
            method="POST",
            scope="services",
            path=PATH,
            handler=exchange,
            summary="A call as one exchange: the caller's sound up, the agent's down",
            body=Body(
                media=_PCM[0],
                meaning="signed 16-bit little-endian, 8 kHz, mono; as spoken",
                required=False,
            ),
            parameters=(
                Parameter(
                    "X-UUID",
                    "header",
                    "of the call; a new one when it is missing",
                    {"type": "string", "format": "uuid", "pattern": UUID_PATTERN},
                ),
            ),
            replies={
                200: Reply("the agent's sound in the same form, as it is spoken", media=_PCM),
                **failures(
                    s400="X-UUID is no UUID",
                    s409="a call of this UUID is on",
                    s503="no room, or shutting down",
                ),
            },
        ),
    ]


def _uuid(request: web.Request) -> UUID:
    given = request.headers.get("X-UUID")
    try:
        return uuid4() if given is None else UUID(given)
    except ValueError as error:
        raise BadRequest("X-UUID is no UUID") from error
