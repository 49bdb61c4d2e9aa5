"""Recognition with faster-whisper: nothing while the caller speaks, all words when they have
finished.

Shared by all calls: the model (``WhisperRecognizer``). Of one call: the sound of its segment
(``WhisperSession``). What a thread does for a segment is in ``whisper_decoder.py``.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

import numpy as np

from appliance.audio.frame import WIDE_RATE_HZ, Pcm, pcm_from_bytes
from appliance.engines.base import Transcript
from appliance.engines.whisper_decoder import (
    MAX_SEGMENT_S,
    NAME,
    SECOND,
    Encoded,
    WhisperDecoder,
)
from appliance.engines.worker import EnginePool, EngineThread
from appliance.errors import RecognizerError

log = logging.getLogger(__name__)

MAX_SEGMENT_BYTES: Final = MAX_SEGMENT_S * WIDE_RATE_HZ * 2
AHEAD_S: Final = 0.3
"""What follows sound that was encoded ahead may be so long and is silence: a pause is certain
after half of it."""
AHEAD_BYTES: Final = int(AHEAD_S * WIDE_RATE_HZ) * 2
UNDERSTOOD_NOTHING: Final = Transcript("", final=True, confidence=0.0)
"""Something was said, and no words could be made of it."""


class WhisperRecognizer:
    """A Whisper model and its threads; implements ``base.Recognizer``. Event loop only."""

    name = NAME
    rate_hz = WIDE_RATE_HZ

    def __init__(self, decoder: WhisperDecoder, pool: EnginePool, again: EngineThread) -> None:
        self._decoder = decoder
        self._pool = pool
        self._again = again
        self._keys = itertools.count(1)

    @classmethod
    async def load(
        cls,
        path: Path,
        *,
        language: str = "en",
        threads: int = 1,
        on_wait: Callable[[float], None] | None = None,
    ) -> Self:
        """Load the CTranslate2 directory ``path``; ``threads`` segments can be heard at once, each
        on one core. ``language``: two letters; ignored by models that know English only. Raises
        WeightsError."""
        pool = EnginePool(NAME, threads, on_wait=on_wait)
        # A thread of its own: no call waits behind the second hearing of another.
        again = EngineThread(NAME, on_wait=on_wait)
        try:
            # On a thread, so that CTranslate2's workers inherit its low priority.
            decoder = await again.run(WhisperDecoder.load, path, language, threads + 1)
            return cls(decoder, pool, again)
        except BaseException:
            await asyncio.gather(pool.close(), again.close())
            raise

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> WhisperSession:
        """A session for one call. Whisper knows no grammars: ``grammar`` is ignored."""
        thread = self._pool.join()
        key = f"{NAME}-{next(self._keys)}"
        leave = partial(self._pool.leave, thread)
        return WhisperSession(self._decoder, thread, self._again, key, leave, hotwords)

    async def warm_up(self) -> None:
        """Hear a second of faint noise on every thread."""
        noise = np.random.default_rng(0).normal(0.0, 300.0, WIDE_RATE_HZ).astype(np.int16)
        threads = [*self._pool.threads, self._again]
        await asyncio.gather(*(thread.run(_hear, self._decoder, noise) for thread in threads))

    async def close(self) -> None:
        """End the threads; the weights go with the last reference. Idempotent."""
        await asyncio.gather(self._pool.close(), self._again.close())


@dataclass(frozen=True, slots=True, eq=False)
class _Ahead:
    """Work on a segment that was begun before anybody knew that it ends here."""

    size: int
    """Bytes of the segment that it heard."""
    encoded: asyncio.Future[Encoded | None]


class WhisperSession:
    """What one call holds of Whisper; implements ``base.RecognizerSession``. Event loop only.

    A ``finish()`` that is cancelled gives its sound back: the segment goes on as if nobody had
    asked. An empty text of low confidence means that something was said and not understood.
    """

    redecodes = True
    again_s = 16.0

    def __init__(
        self,
        decoder: WhisperDecoder,
        thread: EngineThread,
        again: EngineThread,
        key: str,
        on_close: Callable[[], None],
        hotwords: Sequence[str] = (),
    ) -> None:
        self._decoder = decoder
        self._hotwords = self._hint = ", ".join(hotwords)
        self._thread = thread
        self._again = again
        self._key = key
        self._on_close = on_close
        self._segment = bytearray()
        self._ahead: _Ahead | None = None
        self._closed = False

    def expect(self, hint: str) -> None:
        """As ``base.RecognizerSession``; in the place of the hotwords, which would hide it."""
        self._hint = hint or self._hotwords

    def feed(self, pcm: Pcm) -> None:
        """As ``base.RecognizerSession``; keeps the first 30 s of a segment."""
        self._check()
        room = MAX_SEGMENT_BYTES - len(self._segment)
        self._segment += pcm.tobytes()[:room]

    def prepare(self) -> None:
        """As ``base.RecognizerSession``: encodes what was fed so far, where the thread is idle."""
        self._check()
        self._forget_ahead()
        if self._thread.idle and self._segment:
            pcm = pcm_from_bytes(bytes(self._segment))
            work = self._thread.submit(self._decoder.encode, pcm, key=self._key)
            self._ahead = _Ahead(len(self._segment), work)

    @property
    def partial(self) -> Transcript:
        """Always empty: Whisper hears a segment as a whole."""
        return Transcript("")

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        """As ``base.RecognizerSession``."""
        self._check()
        segment = bytes(self._segment)
        self._segment.clear()
        if len(segment) == MAX_SEGMENT_BYTES:
            log.warning("whisper: what follows %d s in one segment is not heard", MAX_SEGMENT_S)
        ahead, self._ahead = self._ahead, None
        return self._finished(segment, ahead, self._hint)

    async def _finished(self, segment: bytes, ahead: _Ahead | None, hint: str) -> Transcript:
        try:
            return await self._heard(segment, ahead, hint)
        except asyncio.CancelledError:
            self._segment[:0] = segment
            raise

    async def close(self) -> None:
        """As ``base.RecognizerSession``."""
        if not self._closed:
            self._closed = True
            self._forget_ahead()
            self._segment.clear()
            self._on_close()

    async def _heard(self, segment: bytes, ahead: _Ahead | None, hint: str) -> Transcript:
        pcm = pcm_from_bytes(segment)
        encoded = await self._encoded(pcm, len(segment), ahead)
        words = await self._thread.run(self._decoder.decode, encoded, hint, key=self._key)
        if words is None:
            words = await self._again.run(_hear, self._decoder, pcm, hint, key=self._key)
        return words

    async def _encoded(self, pcm: Pcm, size: int, ahead: _Ahead | None) -> Encoded | None:
        """From the work ``ahead``, where that heard all but the silence of the pause."""
        if ahead is not None and 0 <= size - ahead.size <= AHEAD_BYTES:
            return await ahead.encoded
        if ahead is not None:
            ahead.encoded.cancel()
        return await self._thread.run(self._decoder.encode, pcm, key=self._key)

    def _forget_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.encoded.cancel()
            self._ahead = None

    def _check(self) -> None:
        if self._closed:
            raise RecognizerError(NAME, "the session is closed")


def _hear(decoder: WhisperDecoder, pcm: Pcm, hotwords: str = "") -> Transcript:
    """On a thread: in the longer window, without another try."""
    words = decoder.decode(decoder.encode(pcm, SECOND), hotwords)
    return UNDERSTOOD_NOTHING if words is None else words
