"""Real ears for calls in virtual time: Silero's detector, and Whisper without its threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from appliance.audio.frame import WIDE_RATE_HZ, Pcm
from appliance.engines.base import Transcript
from appliance.engines.whisper_decoder import SECOND, WhisperDecoder
from appliance.turns.vad import SileroVad, VadSession

FINISH_S = 0.25
"""What a core takes for a short sentence, about."""


class DecodedAtOnce:
    """Recogniser and session in one, for one call at a time; the loop's clock stands still while it
    decodes."""

    name = "whisper"
    rate_hz = WIDE_RATE_HZ
    redecodes = True
    again_s = 16.0
    partial = Transcript("")

    def __init__(self, path: Path) -> None:
        self._decoder = WhisperDecoder.load(path, "en", 1)
        self._segment: list[Pcm] = []
        self._hint = ""
        vad = SileroVad.load()
        self.open_detector: Callable[[int], VadSession] = vad.open

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> DecodedAtOnce:
        self._segment = []
        return self

    async def warm_up(self) -> None: ...

    async def close(self) -> None: ...

    def expect(self, hint: str) -> None:
        self._hint = hint

    def feed(self, pcm: Pcm) -> None:
        self._segment.append(pcm)

    def prepare(self) -> None: ...

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        segment, self._segment = self._segment, []
        return self._decoded(np.concatenate([np.zeros(0, np.int16), *segment]))

    async def _decoded(self, pcm: Pcm) -> Transcript:
        await asyncio.sleep(FINISH_S)
        decoder = self._decoder
        words = decoder.decode(decoder.encode(pcm), self._hint)
        if words is None:
            words = decoder.decode(decoder.encode(pcm, SECOND), self._hint)
        return words or Transcript("", final=True, confidence=0.0)
