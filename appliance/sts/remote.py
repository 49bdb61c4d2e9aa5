"""A speech-to-speech service elsewhere that holds a call's conversation: the client's end.

``ws://`` and ``wss://`` are AVR's protocol; ``http://`` and ``https://`` its older form, one POST
with the caller's sound up and the agent's down.

Services differ in their manners, and the tolerant side is here: messages that cannot be understood
are skipped, a binary message is sound, and an end without a code or with 1000 or 1001 is a
conversation that is over. Any other end, also one without a goodbye, is a fault.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, Protocol
from urllib.parse import urlsplit
from uuid import UUID

import aiohttp
from aiohttp import WSMsgType

from appliance.audio.frame import FRAME_MS, WIRE_RATE_HZ, pcm_to_bytes
from appliance.audiosocket.protocol import Digit
from appliance.config.url import with_path
from appliance.engines.remote.pcm_stream import PcmStream
from appliance.engines.remote.peer import Peer
from appliance.errors import ProtocolError, RemoteError
from appliance.sts.messages import Init, Message, Sound, encode, parse

NAME: Final = "sts"
PATH: Final = "/speech-to-speech-stream"
HEARTBEAT_S: Final = 15.0
MOST_MESSAGE_BYTES: Final = 2 * 1024 * 1024
"""Holds the 60 s of sound that may wait: 60 * 16000 bytes * 4 / 3 of base64."""
MOST_WAITING: Final = 1000 // FRAME_MS
"""Frames of the caller that may wait for a service that does not read; later ones are dropped."""
ORDERLY: Final = frozenset({0, aiohttp.WSCloseCode.OK, aiohttp.WSCloseCode.GOING_AWAY})
"""Close codes; 0 is a close without one."""
ENDS: Final = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)

log = logging.getLogger(__name__)


class Remote(Protocol):
    """An open session. Event loop only."""

    async def send(self, message: Sound | Digit) -> None:
        """Tell the service. Raises RemoteError."""

    def messages(self) -> AsyncGenerator[Message]:
        """What it says, until it ends the session in order. Raises RemoteError."""

    def fault(self, message: str) -> RemoteError:
        """What is wrong with this service."""


@asynccontextmanager
async def open_remote(url: str, uuid: UUID, *, timeout_s: float) -> AsyncIterator[Remote]:
    """A session of call ``uuid`` with the service at ``url``, its query included; closed at the
    end. Raises RemoteError, also for what goes wrong inside."""
    old_form = urlsplit(url).scheme in ("http", "https")
    peer = Peer(NAME, with_path(url, PATH) if old_form else url, silence_s=timeout_s)
    try:
        if old_form:
            yield _Exchange(peer, uuid)
        else:
            async with peer.websocket(
                most_bytes=MOST_MESSAGE_BYTES, heartbeat_s=HEARTBEAT_S
            ) as socket:
                await socket.send_str(encode(Init(uuid)))
                yield _Session(peer, socket)
    finally:
        await peer.close()


class _Session:
    """Over a WebSocket."""

    def __init__(self, peer: Peer, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._peer = peer
        self._socket = socket
        self._puzzled = False
        self.fault = peer.fault

    async def send(self, message: Sound | Digit) -> None:
        if self._socket.closed:
            return  # what its end means is found out where it is read
        try:
            async with asyncio.timeout(self._peer.silence_s):
                await self._socket.send_str(encode(message))
        except aiohttp.ClientConnectionResetError:
            return

    async def messages(self) -> AsyncGenerator[Message]:
        while (received := await self._socket.receive()).type not in ENDS:
            message = self._understood(received)
            if message is not None:
                yield message
        # The socket's own close_code is 1006 where the peer has gone without one, or at once.
        code = received.data if received.type is WSMsgType.CLOSE else self._socket.close_code
        if code not in ORDERLY:
            raise self._peer.fault(f"ended the session with code {code}")

    def _understood(self, received: aiohttp.WSMessage) -> Message | None:
        if received.type is WSMsgType.BINARY:
            return Sound(received.data)
        if received.type is not WSMsgType.TEXT:
            return None
        try:
            return parse(received.data)
        except ProtocolError as error:
            if not self._puzzled:
                log.warning("%s sends what is not understood: %s", self._peer.shown_url, error)
            self._puzzled = True
            return None


class _Exchange:
    """Over one POST; keys do not fit into it."""

    def __init__(self, peer: Peer, uuid: UUID) -> None:
        self._peer = peer
        self._uuid = uuid
        self.fault = peer.fault
        self._said: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)

    async def send(self, message: Sound | Digit) -> None:
        if isinstance(message, Sound) and not self._said.full():
            self._said.put_nowait(message.data)

    async def messages(self) -> AsyncGenerator[Message]:
        stream = PcmStream()
        try:
            async with self._peer.stream(self._speak(), call_id=str(self._uuid)) as reply:
                async for data in reply.content.iter_any():
                    yield Sound(self._samples(stream, data))
        finally:
            self._fall_silent()

    def _samples(self, stream: PcmStream, data: bytes) -> bytes:
        pcm = stream.feed(data)
        if stream.rate_hz != WIRE_RATE_HZ:
            raise self.fault(f"sends {stream.rate_hz} Hz; 8000 are wanted")
        return pcm_to_bytes(pcm)

    async def _speak(self) -> AsyncGenerator[bytes]:
        while (data := await self._said.get()) is not None:
            yield data

    def _fall_silent(self) -> None:
        """Whoever still reads what the caller says finds its end."""
        while not self._said.empty():
            self._said.get_nowait()
        self._said.put_nowait(None)
