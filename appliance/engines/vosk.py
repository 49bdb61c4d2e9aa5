"""Streaming recognition with Vosk: words while the caller speaks, the final text in milliseconds.

Shared by all calls: the model (``VoskRecognizer``). Of one call: the decoder (``VoskSession``),
pinned to one engine thread. libvosk ends the whole process on some malformed models and grammars:
models are checked before they come here (``appliance.weights``), grammars are built here alone.
Model, session and grammar are one file: each knows what libvosk does to the others.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import re
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final, Self

import numpy as np
import vosk

from appliance.audio.frame import WIDE_RATE_HZ, WIRE_RATE_HZ, Pcm
from appliance.engines.base import Transcript
from appliance.engines.worker import EnginePool, EngineThread
from appliance.errors import EngineBusy, EngineError, RecognizerError, WeightsError

log = logging.getLogger(__name__)

NAME: Final = "vosk"
PIECE_S: Final = 0.1
"""Sound per decoding job. The network itself runs every 0.2 s or so; smaller pieces cost more jobs
and show no word earlier."""
MAX_BACKLOG_S: Final = 10
"""Sound that may wait for a thread; more means that the host cannot keep up."""
DEFAULT_RATE_HZ: Final = 16000  # Kaldi's, when the feature configuration names none


class VoskRecognizer:
    """A Vosk model and its threads; implements ``base.Recognizer``. Event loop only."""

    name = NAME

    def __init__(self, model: vosk.Model, rate_hz: int, pool: EnginePool) -> None:
        self.rate_hz = rate_hz
        self._model = model
        self._pool = pool
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
        """Load the model directory ``path``, to be decoded by ``threads`` threads. It hears the one
        ``language`` it was made for, whatever that says.

        Raises WeightsError when Vosk cannot read it, or it is made for neither 8 nor 16 kHz.
        """
        rate_hz = model_rate_hz(path)
        if rate_hz not in (WIRE_RATE_HZ, WIDE_RATE_HZ):
            raise WeightsError(f"{path}: made for {rate_hz} Hz; choose a model of 8 or 16 kHz")
        pool = EnginePool(NAME, threads, on_wait=on_wait)
        try:
            return cls(await pool.threads[0].run(_load, path), rate_hz, pool)
        except BaseException:
            await pool.close()
            raise

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> VoskSession:
        """A session for one call. ``grammar``: phrases that are all that can be heard (and
        ``[unk]`` for the rest); phrases with words the model does not know are left out with a
        warning, and a grammar of which nothing is left is no grammar. Raises RecognizerError."""
        allowed = None if grammar is None else self._grammar(grammar)
        thread = self._pool.join()
        try:
            decoder = await thread.run(_decoder, self._model, self.rate_hz, allowed)
        except BaseException:
            self._pool.leave(thread)
            raise
        key = f"{NAME}-{next(self._keys)}"
        return VoskSession(decoder, self.rate_hz, thread, key, lambda: self._pool.leave(thread))

    async def warm_up(self) -> None:
        """Decode half a second of faint noise on every thread."""
        noise = np.random.default_rng(0).normal(0.0, 100.0, self.rate_hz // 2).astype(np.int16)
        sessions = [await self.open() for _ in self._pool.threads]
        for session in sessions:
            session.feed(noise)
        await asyncio.gather(*(session.finish() for session in sessions))
        await asyncio.gather(*(session.close() for session in sessions))

    async def close(self) -> None:
        """End the threads; the weights go with the last reference. Idempotent."""
        await self._pool.close()

    def _grammar(self, phrases: Sequence[str]) -> str | None:
        """Vosk's form of ``phrases``. Never ``[]`` and always JSON: libvosk crashes on others."""
        split = [phrase.lower().split() for phrase in phrases]
        unknown = sorted({word for words in split for word in words if not self._knows(word)})
        if unknown:
            log.warning("vosk: the model does not know these words of a grammar: %s", unknown)
        known = [" ".join(words) for words in split if words and not set(words) & set(unknown)]
        if not known:
            return None
        return json.dumps([*known, "[unk]"] if self._knows("[unk]") else known)

    def _knows(self, word: str) -> bool:
        return int(self._model.vosk_model_find_word(word)) >= 0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    confidence: float

    @property
    def is_marker(self) -> bool:
        """``[unk]``, ``<unk>``, ``[noise]``: a sound without a word."""
        return self.text[:1] in ("[", "<")


@dataclass(frozen=True, slots=True)
class _Decoded:
    settled: list[_Word]
    """Words that will not change any more."""
    live: str
    """The partial text behind them; empty also when Vosk has nothing new to say."""


class VoskSession:
    """What one call holds of Vosk; implements ``base.RecognizerSession``. Event loop only.

    ``finish()`` that is cancelled takes nothing back from what was heard: its words come first in
    the next one. A final text has no ``[unk]``; it lowers the confidence instead, so an empty text
    of confidence 0 means that something was said and not understood, of confidence 1 that nothing
    was said.
    """

    redecodes = True
    again_s = 6.0
    """More would fill the queue, beside what keeps coming."""

    def __init__(
        self,
        decoder: vosk.KaldiRecognizer,
        rate_hz: int,
        thread: EngineThread,
        key: str,
        on_close: Callable[[], None],
    ) -> None:
        self._decoder = decoder
        self._bytes_per_s = 2 * rate_hz
        self._thread = thread
        self._key = key
        self._on_close = on_close
        self._pending = bytearray()
        self._job: asyncio.Future[_Decoded] | None = None  # the latest, while it is not done
        self._settled: list[_Word] = []
        self._live = ""
        self._error: BaseException | None = None
        self._closed = False

    def expect(self, hint: str) -> None:
        """Vosk cannot be told."""

    def feed(self, pcm: Pcm) -> None:
        """As ``base.RecognizerSession``. At most one job of a session waits at a time; sound that
        comes meanwhile is decoded in one go, so a late thread catches up."""
        self._check()
        if len(self._pending) >= MAX_BACKLOG_S * self._bytes_per_s:
            raise EngineBusy(NAME, f"{MAX_BACKLOG_S} s of sound are waiting already")
        self._pending += pcm.tobytes()
        self._pump()

    def prepare(self) -> None:
        """As ``base.RecognizerSession``: nothing to do, it decodes while the caller speaks."""

    @property
    def partial(self) -> Transcript:
        """Grows while the caller speaks, by about a word per 0.3 s; of confidence 1."""
        words = [word.text for word in self._settled] + self._live.split()
        return Transcript(" ".join(word for word in words if word[0] not in "[<"))

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        """As ``base.RecognizerSession``."""
        self._check()
        return self._finished(self._begin(end=True))

    async def _finished(self, job: asyncio.Future[_Decoded]) -> Transcript:
        await asyncio.shield(job)
        if self._error is not None:  # of sound that was fed before
            raise self._error
        words, self._settled = self._settled, []
        return _final(words)

    async def close(self) -> None:
        """As ``base.RecognizerSession``. The decoder is freed on its thread, after its last job."""
        if self._closed:
            return
        self._closed = True
        self._pending.clear()
        self._on_close()
        with contextlib.suppress(EngineError):  # the engine was closed before its session
            await self._thread.run(self._free, key=self._key)

    def _check(self) -> None:
        if self._closed:
            raise RecognizerError(NAME, "the session is closed")
        if self._error is not None:
            raise self._error

    def _pump(self) -> None:
        enough = len(self._pending) >= PIECE_S * self._bytes_per_s
        if self._job is None and enough and not self._closed:
            self._begin(end=False)

    def _begin(self, *, end: bool) -> asyncio.Future[_Decoded]:
        job = self._thread.submit(self._decode, bytes(self._pending), end, key=self._key)
        self._pending.clear()
        self._job = job
        job.add_done_callback(lambda job: self._take(job, end))
        return job

    def _take(self, job: asyncio.Future[_Decoded], end: bool) -> None:
        if self._job is job:
            self._job = None
        if job.cancelled():
            return
        self._error = self._error or job.exception()
        if self._error is None:
            decoded = job.result()
            if decoded.live or decoded.settled or end:
                self._live = decoded.live
            self._settled += decoded.settled
            self._pump()

    def _decode(self, data: bytes, end: bool) -> _Decoded:
        """On the thread. Vosk ends a segment of its own accord at a long pause; the words are
        settled then, and the session goes on."""
        settled: list[_Word] = []
        try:
            if data and self._decoder.AcceptWaveform(data):
                settled += _words(self._decoder.Result())
            if end:
                settled += _words(self._decoder.FinalResult())
                return _Decoded(settled, "")
            return _Decoded(settled, json.loads(self._decoder.PartialResult()).get("partial", ""))
        except Exception as error:  # Vosk raises nothing more special
            raise RecognizerError(NAME, f"decoding failed: {error}") from error

    def _free(self) -> None:
        del self._decoder


def model_rate_hz(path: Path) -> int:
    """The sample rate that the features of the model directory ``path`` are made for, in Hz."""
    for file in ("conf/mfcc.conf", "conf/fbank.conf", "mfcc.conf"):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if found := re.search(r"--sample-frequency=(\d+)", (path / file).read_text()):
                return int(found[1])
    return DEFAULT_RATE_HZ


def _load(path: Path) -> vosk.Model:
    """On a thread. By path only: by name or language, Vosk would ask its makers' server."""
    vosk.SetLogLevel(-1)
    try:
        return vosk.Model(str(path))
    except Exception as error:  # Vosk raises nothing more special; its reason stands on stderr
        mend = "check it with 'appliance models verify', or install it again"
        raise WeightsError(f"{path}: Vosk cannot load this model directory; {mend}") from error


def _decoder(model: vosk.Model, rate_hz: int, grammar: str | None) -> vosk.KaldiRecognizer:
    """On a thread."""
    try:
        limits = () if grammar is None else (grammar,)
        decoder = vosk.KaldiRecognizer(model, rate_hz, *limits)
    except Exception as error:  # Vosk raises nothing more special
        raise RecognizerError(NAME, f"no decoder could be made: {error}") from error
    decoder.SetWords(True)  # costs nothing measurable, and brings the confidences
    return decoder


def _words(result: str) -> list[_Word]:
    found: list[dict[str, Any]] = json.loads(result).get("result", [])
    return [_Word(str(word["word"]), float(word["conf"])) for word in found]


def _final(words: Sequence[_Word]) -> Transcript:
    """Confidence: the mean over all words, where a sound without a word counts 0."""
    confidences = [0.0 if word.is_marker else min(1.0, word.confidence) for word in words]
    return Transcript(
        text=" ".join(word.text for word in words if not word.is_marker),
        final=True,
        confidence=fmean(confidences) if confidences else 1.0,
    )
