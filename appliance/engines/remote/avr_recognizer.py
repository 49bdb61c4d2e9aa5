"""An AVR ASR service as the recogniser. How its words become a call's: ``avr_session.py``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.config.url import with_path
from appliance.engines.remote.avr_session import NAME, AvrSession, Habits, OnEnd
from appliance.engines.remote.avr_sound_stream import SoundStream
from appliance.engines.remote.peer import Peer

PATH: Final = "/speech-to-text-stream"


class AvrRecognizer:
    """One ASR service; implements ``base.Recognizer``. Event loop only."""

    name = NAME
    rate_hz = WIRE_RATE_HZ

    def __init__(self, url: str, *, silence_s: float) -> None:
        self._peer = Peer(NAME, with_path(url, PATH), silence_s=silence_s)
        self._habits = Habits(silence_s)
        self._streams: set[asyncio.Task[None]] = set()

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> AvrSession:
        """A session for the call ``call_id``; ``grammar`` and ``hotwords`` are ignored. The
        request is begun, so that a service that loads its model for each one does it during the
        greeting. Raises RemoteError when nobody is there."""
        await self._peer.probe()

        def begin(on_text: Callable[[str], None], on_end: OnEnd, after_s: float) -> SoundStream:
            stream = SoundStream(self._peer, call_id, on_text, on_end, after_s=after_s)
            self._streams.add(stream.task)
            stream.task.add_done_callback(self._streams.discard)
            return stream

        return AvrSession(begin, self._habits, self._peer.fault)

    async def warm_up(self) -> None:
        """See whether anybody is there. Raises RemoteError."""
        await self._peer.probe()

    async def close(self) -> None:
        """Cut all requests. Idempotent."""
        streams = list(self._streams)
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
        await self._peer.close()
