"""One request to an AVR ASR service: sound goes up while it lasts, texts come down meanwhile.

The service's headers may come only with its first text, so nothing here waits for them before it
sends. Where nothing has been said for a while a little silence is sent: providers behind a service
hang up on a stream in which nothing moves, and a dead connection is noticed before it is needed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Final

import aiohttp

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.engines.remote.peer import Peer
from appliance.engines.remote.transcript_pieces import TranscriptPieces
from appliance.errors import EngineBusy, RemoteError

PIECE_S: Final = 0.1
PIECE: Final = bytes(round(PIECE_S * WIRE_RATE_HZ) * 2)  # 1600 bytes of silence
IDLE_S: Final = 2.0
"""One piece of silence in so long, while nobody speaks."""
MAX_WAITING_S: Final = 10.0
MAX_WAITING_BYTES: Final = round(MAX_WAITING_S * WIRE_RATE_HZ) * 2
"""Sound that the service has not taken; more means that it has stopped to read."""
FAREWELL_S: Final = 1.0
"""A request that was ended may take so long to be answered before it is cut."""


class SoundStream:
    """The request. Event loop only; it begins with being made.

    ``on_text`` gets each text; ``on_end`` is called once, with the fault if it ended by one.
    """

    def __init__(
        self,
        peer: Peer,
        call_id: str,
        on_text: Callable[[str], None],
        on_end: Callable[[SoundStream, RemoteError | None], None],
        *,
        after_s: float = 0.0,
    ) -> None:
        self._peer = peer
        self._call_id = call_id
        self._on_text = on_text
        self._on_end = on_end
        self._waiting = bytearray()
        self._moved = asyncio.Event()
        self._ending = False
        self._pressing = False
        self.task = asyncio.create_task(self._run(after_s))

    def send(self, sound: bytes) -> None:
        """Queue 8 kHz sound. Raises EngineBusy when the service does not take what it got."""
        if len(self._waiting) > MAX_WAITING_BYTES:
            raise EngineBusy(
                self._peer.engine, f"{self._peer.shown_url} has not taken {MAX_WAITING_S:.0f} s"
            )
        self._waiting += sound
        self._moved.set()

    def press(self, pressing: bool) -> None:
        """Send silence in real time, or no longer: somebody waits for the end of words."""
        self._pressing = pressing
        self._moved.set()

    def end(self) -> None:
        """End the request; what the service still answers comes before ``on_end``."""
        self._ending = True
        self._moved.set()

    def leave(self) -> None:
        """Nobody listens any more: end the request, and cut it soon."""
        self._on_text = lambda text: None
        self._on_end = lambda stream, error: None
        self.end()
        asyncio.get_running_loop().call_later(FAREWELL_S, self.task.cancel)

    async def _run(self, after_s: float) -> None:
        error: RemoteError | None = None
        try:
            await asyncio.sleep(after_s)
            async with self._peer.stream(self._sound(), call_id=self._call_id) as response:
                await self._read(response)
        except RemoteError as failure:
            error = failure
        self._on_end(self, error)

    async def _read(self, response: aiohttp.ClientResponse) -> None:
        """Chunk by chunk; where the body is not chunked, read by read, and a body of known length
        as a whole."""
        pieces = TranscriptPieces()
        encoding = response.headers.get("Transfer-Encoding", "")
        unmarked = "chunked" not in encoding and response.content_length is None
        async for data, chunk_ends in response.content.iter_chunks():
            for text in pieces.feed(data, ends=chunk_ends or unmarked):
                self._on_text(text)
        for text in pieces.flush():
            self._on_text(text)

    async def _sound(self) -> AsyncGenerator[bytes]:
        """The body of the request."""
        while self._waiting or not self._ending:
            if self._waiting:
                piece = bytes(self._waiting[: len(PIECE)])
                del self._waiting[: len(PIECE)]
                yield piece
                continue
            self._moved.clear()
            try:
                async with asyncio.timeout(PIECE_S if self._pressing else IDLE_S):
                    await self._moved.wait()
            except TimeoutError:
                yield PIECE
