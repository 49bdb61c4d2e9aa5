"""A speech-to-speech session over a WebSocket, the server's side.

What of the protocol's loose ends is decided here:

- Sound and keys before ``init`` are dropped; without ``init`` within five seconds the session is
  closed. A second ``init`` is ignored.
- Messages of unknown type, ``tool_result`` and binary messages are ignored.
- A message that cannot be understood is answered by ``error`` and dropped; too many of them, or one
  in place of ``init``, end the session.

Close codes: 1000 after an orderly end, 1008 when the peer broke the rules, 1011 when the call
failed here, 1013 when it was refused (try again later).
"""

from __future__ import annotations

import asyncio
import logging
import socket
from typing import Final

from aiohttp import WSCloseCode, WSMsgType, web

from appliance.audiosocket.protocol import Digit
from appliance.errors import CallRefused, ProtocolError
from appliance.sts.line import STALL_S, WAITING_FRAMES, Outgoing, StsLine
from appliance.sts.messages import Fault, Init, Message, Sound, encode, parse
from appliance.sts.server import StsServer

INIT_WAIT_S: Final = 5.0
CLOSE_WAIT_S: Final = 2.0
"""For the peer's half of the closing."""
HEARTBEAT_S: Final = 20.0
MOST_MESSAGE_BYTES: Final = 256 * 1024
"""Holds the 10 s of sound that may come at once: 10 * 16000 bytes * 4 / 3 of base64."""
MOST_FAULTS: Final = 10
SOUND_MESSAGE_BYTES: Final = 460
"""Of one Frame: 320 bytes in base64 and what is around them."""
SEND_BUFFER_BYTES: Final = 8192
"""Asked of the kernel, so that a peer that stalls finds little stale sound afterwards."""

log = logging.getLogger(__name__)


async def serve_websocket(request: web.Request, server: StsServer) -> web.WebSocketResponse:
    """One session from the handshake to the close. Raises HTTPUpgradeRequired."""
    socket_ = web.WebSocketResponse(
        timeout=CLOSE_WAIT_S,
        heartbeat=HEARTBEAT_S,
        compress=False,
        max_msg_size=MOST_MESSAGE_BYTES,
        writer_limit=SOUND_MESSAGE_BYTES,
    )
    if not socket_.can_prepare(request):
        raise web.HTTPUpgradeRequired(reason="This is a WebSocket")
    await socket_.prepare(request)
    _keep_little(request)
    try:
        init = await _first(socket_)
        if init is not None:
            line = server.open(init, dict(request.query))
            await _carry(request, socket_, line)
    except ProtocolError as error:
        log.warning("speech-to-speech peer %s: %s (%s)", request.remote, error, error.code)
        await _turn_away(socket_, error.message, WSCloseCode.POLICY_VIOLATION)
    except CallRefused as refusal:
        log.info("call refused: %s", refusal)
        await _turn_away(socket_, refusal.message, WSCloseCode.TRY_AGAIN_LATER)
    return socket_


def _keep_little(request: web.Request) -> None:
    """Hold back only some Frames for a peer that does not read."""
    if request.transport is not None:
        request.transport.set_write_buffer_limits(high=WAITING_FRAMES * SOUND_MESSAGE_BYTES, low=0)
        plain: socket.socket = request.transport.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)


async def _first(socket_: web.WebSocketResponse) -> Init | None:
    """The ``init``; None when the peer went before. Raises ProtocolError."""
    try:
        async with asyncio.timeout(INIT_WAIT_S):
            async for received in socket_:
                if received.type is WSMsgType.TEXT:
                    message = parse(received.data)
                    if isinstance(message, Init):
                        return message
    except TimeoutError as error:
        text = f"no init within {INIT_WAIT_S:.0f} s"
        raise ProtocolError(text, code="init_missing") from error
    return None


async def _turn_away(socket_: web.WebSocketResponse, why: str, code: WSCloseCode) -> None:
    try:
        async with asyncio.timeout(CLOSE_WAIT_S):
            await socket_.send_str(encode(Fault(why)))
            await socket_.close(code=code)
    except (ConnectionError, TimeoutError):
        pass  # the peer has gone, or does not listen


async def _carry(request: web.Request, socket_: web.WebSocketResponse, line: StsLine) -> None:
    """Messages both ways until either side ends the session."""
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(_send(request, socket_, line))
            await _receive(socket_, line)
            line.closed()
    finally:
        line.closed()


async def _receive(socket_: web.WebSocketResponse, line: StsLine) -> None:
    faults = 0
    async for received in socket_:
        if received.type is not WSMsgType.TEXT:
            continue
        try:
            _take(parse(received.data), line)
        except ProtocolError as error:
            faults += 1
            line.complain(error.message)
            if error.code == "audio_too_fast" or faults > MOST_FAULTS:
                log.warning("speech-to-speech peer: %s (%s)", error, error.code)
                line.begin_hang_up("protocol_error")


def _take(message: Message, line: StsLine) -> None:
    if isinstance(message, Sound):
        line.hear(message.data)
    elif isinstance(message, Digit):
        line.press(message)


async def _send(request: web.Request, socket_: web.WebSocketResponse, line: StsLine) -> None:
    try:
        async for item in line.outgoing():
            async with asyncio.timeout(STALL_S):
                await socket_.send_str(encode(_message(item)))
        async with asyncio.timeout(CLOSE_WAIT_S * 2):
            await socket_.close(code=_close_code(line))
    except (ConnectionError, TimeoutError):
        line.begin_hang_up("peer_stalled")
        if request.transport is not None:
            request.transport.abort()


def _message(item: Outgoing) -> Message:
    return Sound(item) if isinstance(item, bytes) else item


def _close_code(line: StsLine) -> WSCloseCode:
    if line.failed or line.end == "internal_error":
        return WSCloseCode.INTERNAL_ERROR
    return WSCloseCode.POLICY_VIOLATION if line.end == "protocol_error" else WSCloseCode.OK
