"""A speech-to-speech session in AVR's older form: one POST, sound up and sound down, nothing else.

Neither keys nor words nor interruptions fit into it; what the caller interrupts has been sent only
some Frames ahead, so it stops all the same.
"""

from __future__ import annotations

import asyncio
import logging

from aiohttp import web

from appliance.errors import ProtocolError
from appliance.sts.line import STALL_S, StsLine
from appliance.sts.messages import Init
from appliance.sts.server import StsServer

log = logging.getLogger(__name__)


async def serve_exchange(request: web.Request, server: StsServer, init: Init) -> web.StreamResponse:
    """One session: s16le at 8 kHz in the body, of any length, and in the answer. The headers go out
    at once. Raises CallRefused."""
    line = server.open(init, dict(request.query))
    reply = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    reply.force_close()  # the body is left unread when the agent ends the call
    try:
        await reply.prepare(request)
        async with asyncio.TaskGroup() as tasks:
            receiving = tasks.create_task(_receive(request, line))
            await _send(reply, line)
            receiving.cancel()
    finally:
        line.closed()
    return reply


async def _receive(request: web.Request, line: StsLine) -> None:
    try:
        async for data in request.content.iter_any():
            line.hear(data)
    except ProtocolError as error:
        log.warning("speech-to-speech peer %s: %s (%s)", request.remote, error, error.code)
        line.begin_hang_up("protocol_error")
    except ConnectionError:
        pass  # the peer has gone
    line.closed()


async def _send(reply: web.StreamResponse, line: StsLine) -> None:
    try:
        async for item in line.outgoing():
            if isinstance(item, bytes):
                async with asyncio.timeout(STALL_S):
                    await reply.write(item)
        async with asyncio.timeout(STALL_S):
            await reply.write_eof()
    except (ConnectionError, TimeoutError):
        line.begin_hang_up("peer_stalled")
