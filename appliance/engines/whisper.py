"""Recognition with faster-whisper: nothing while the caller speaks, all words when he has finished.

Shared by all calls: the model (``WhisperRecognizer``). Of one call: the sound of its segment
(``WhisperSession``). The model is driven step by step (features, encoder, decoder) rather than
through ``WhisperModel.transcribe``: a turn is never longer than Whisper's window, so the machinery
for long recordings and its retries at rising temperatures have nothing to do here, and between the
steps a cancelled request can stop.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from appliance.audio.frame import FULL_SCALE, WIDE_RATE_HZ, Pcm, pcm_from_bytes
from appliance.engines.base import Transcript
from appliance.engines.worker import Cancellation, EnginePool, EngineThread
from appliance.errors import RecognizerError, WeightsError

# isort: split
from faster_whisper import WhisperModel
from faster_whisper.audio import pad_or_trim
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

log = logging.getLogger(__name__)

NAME: Final = "whisper"
MAX_SEGMENT_S: Final = 30
"""Whisper's window. What a caller says behind it in one segment is not heard."""
MAX_SEGMENT_BYTES: Final = MAX_SEGMENT_S * WIDE_RATE_HZ * 2
WINDOW_FEATURES: Final = 3000
"""Of the encoder, whatever time a model's features are apart; Whisper's own: 10 ms."""
SHORT_TAIL_S: Final = 1.0
"""Empty features behind the sound when the encoder gets no full window."""
TOKENS_PER_S: Final = 10
"""More than people say (about 4); stops a model that repeats itself."""
NO_SPEECH_PROBABILITY: Final = 0.6
MIN_CONFIDENCE: Final = math.exp(-1.0)
"""Both from OpenAI's reference decoder: surer than 0.6 that there is no speech, and words less
likely than exp(-1) on average, are no words."""
KEPT_SILENCE_S: Final = 0.2
REQUIRED_FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""Without the third the library asks the hub; without the second it fails at the first word."""


@dataclass(frozen=True, slots=True)
class WhisperOptions:
    """How a model is run."""

    language: str = "en"
    """Two letters; ignored by models that know English only."""
    short_input: bool = False
    """Encode only as much as was said instead of 30 s: 20 to 30 times cheaper. Only for models that
    were trained so; OpenAI's own may repeat themselves or invent words."""
    beam_size: int = 1
    """How many beginnings of a text are followed at once. Small models need it: the demo model
    mishears a quarter less with 5; a large one hears little better, later."""
    patience: float = 1.0
    """The search ends when so many times ``beam_size`` texts have ended. With 1, texts that are cut
    short can be all that is found; with 2 the demo model mishears another sixth less."""
    min_confidence: float = MIN_CONFIDENCE
    """Words that the model is less sure of on average are no words. A model that heard little in
    training is surer of what it knows, and invents the rest."""


class WhisperRecognizer:
    """A Whisper model and its threads; implements ``base.Recognizer``. Event loop only."""

    name = NAME
    rate_hz = WIDE_RATE_HZ

    def __init__(self, model: _Model, pool: EnginePool) -> None:
        self._model = model
        self._pool = pool
        self._keys = itertools.count(1)

    @classmethod
    async def load(
        cls,
        path: Path,
        *,
        options: WhisperOptions = WhisperOptions(),  # noqa: B008  # frozen
        threads: int = 1,
        on_wait: Callable[[float], None] | None = None,
    ) -> Self:
        """Load the CTranslate2 directory ``path``; ``threads`` segments can be heard at once, each
        on one core. Raises WeightsError."""
        pool = EnginePool(NAME, threads, on_wait=on_wait)
        try:
            # On the thread, so that CTranslate2's workers inherit its low priority.
            return cls(await pool.threads[0].run(_load, path, options, threads), pool)
        except BaseException:
            await pool.close()
            raise

    async def open(
        self, *, grammar: Sequence[str] | None = None, call_id: str = ""
    ) -> WhisperSession:
        """A session for one call. Whisper knows no grammars; ``grammar`` is ignored."""
        thread = self._pool.join()
        key = f"{NAME}-{next(self._keys)}"
        return WhisperSession(self._model, thread, key, lambda: self._pool.leave(thread))

    async def warm_up(self) -> None:
        """Transcribe a second of faint noise on every thread."""
        noise = np.random.default_rng(0).normal(0.0, 300.0, WIDE_RATE_HZ).astype(np.int16)
        works = (
            thread.run(self._model.hear, noise, Cancellation()) for thread in self._pool.threads
        )
        await asyncio.gather(*works)

    async def close(self) -> None:
        """End the threads; the weights go with the last reference. Idempotent."""
        await self._pool.close()


class WhisperSession:
    """What one call holds of Whisper; implements ``base.RecognizerSession``. Event loop only.

    A ``finish()`` that is cancelled gives its sound back: the segment goes on as if nobody had
    asked. An empty text of low confidence means that something was said and not understood.
    """

    redecodes = True

    def __init__(
        self, model: _Model, thread: EngineThread, key: str, on_close: Callable[[], None]
    ) -> None:
        self._model = model
        self._thread = thread
        self._key = key
        self._on_close = on_close
        self._segment = bytearray()
        self._closed = False

    def feed(self, pcm: Pcm) -> None:
        """As ``base.RecognizerSession``; keeps the first 30 s of a segment."""
        self._check()
        room = MAX_SEGMENT_BYTES - len(self._segment)
        self._segment += pcm.tobytes()[:room]

    @property
    def partial(self) -> Transcript:
        """Always empty: Whisper hears a segment as a whole."""
        return Transcript("")

    async def finish(self) -> Transcript:
        """As ``base.RecognizerSession``."""
        self._check()
        segment = bytes(self._segment)
        self._segment.clear()
        if len(segment) == MAX_SEGMENT_BYTES:
            log.warning("whisper: what follows %d s in one segment is not heard", MAX_SEGMENT_S)
        pcm, token = pcm_from_bytes(segment), Cancellation()
        try:
            return await self._thread.run(self._model.hear, pcm, token, key=self._key, token=token)
        except asyncio.CancelledError:
            self._segment[:0] = segment
            raise

    async def close(self) -> None:
        """As ``base.RecognizerSession``."""
        if not self._closed:
            self._closed = True
            self._segment.clear()
            self._on_close()

    def _check(self) -> None:
        if self._closed:
            raise RecognizerError(NAME, "the session is closed")


class _Model:
    """The weights and what never changes between segments. Engine threads; several at once."""

    def __init__(self, model: WhisperModel, options: WhisperOptions) -> None:
        self._model = model
        self._tokenizer = Tokenizer(
            model.hf_tokenizer,
            model.model.is_multilingual,
            task="transcribe",
            language=options.language,
        )
        self._prompt = model.get_prompt(self._tokenizer, [], without_timestamps=True)
        if None in self._prompt:
            raise ValueError("tokenizer.json lacks special tokens")
        self._suppressed = get_suppressed_tokens(self._tokenizer, [-1])
        self._short_input = options.short_input
        self._beam_size = options.beam_size
        self._patience = options.patience
        self._min_confidence = options.min_confidence

    def hear(self, pcm: Pcm, token: Cancellation) -> Transcript:
        """The words of ``pcm`` (16 kHz, at most 30 s). Raises RecognizerError."""
        sound = trim_silence(pcm.astype(np.float32) / FULL_SCALE)
        if sound.size == 0:
            return Transcript("", final=True)
        try:
            return self._transcribe(sound, token)
        except Exception as error:  # CTranslate2 and tokenizers raise plain ones of many kinds
            raise RecognizerError(NAME, f"transcription failed: {error}") from error

    def _transcribe(self, sound: npt.NDArray[np.float32], token: Cancellation) -> Transcript:
        seconds = sound.size / WIDE_RATE_HZ
        features = self._model.feature_extractor(sound)[:, :-1]  # the last is padding
        encoded = self._model.encode(pad_or_trim(features, self._length(features.shape[1])))
        if token.cancelled:
            return Transcript("", final=True)
        result = self._model.model.generate(
            encoded,
            [self._prompt],
            beam_size=self._beam_size,
            patience=self._patience,
            max_length=min(
                448, 2 * (len(self._prompt) + 8 + int(TOKENS_PER_S * seconds))
            ),  # halved inside
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._suppressed,
        )[0]
        tokens = result.sequences_ids[0]
        if not tokens:
            return Transcript("", final=True)
        text = self._tokenizer.decode(tokens).strip()
        # The score is the mean over the tokens; the reference decoder counts <|endoftext|> too.
        avg_logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return judge(text, avg_logprob, result.no_speech_prob, self._min_confidence)

    def _length(self, features: int) -> int:
        """Features for the encoder; two of them become one position.

        As many positions as there are mel bands would not do: ``generate`` takes an encoder's
        output of that height for features, encodes it again, and hears nothing.
        """
        if not self._short_input:
            return WINDOW_FEATURES
        positions = math.ceil((features + SHORT_TAIL_S * self._model.frames_per_second) / 2)
        if positions == self._model.model.n_mels:
            positions += 1
        return min(2 * int(positions), WINDOW_FEATURES)


def judge(
    text: str,
    avg_logprob: float,
    no_speech_probability: float,
    min_confidence: float = MIN_CONFIDENCE,
) -> Transcript:
    """The final transcript of ``text``, or an empty one where the model did not trust its words.

    Confidence is exp(mean log probability); 1 when the model says that nobody spoke. A word of dots
    is Whisper's sign for what it could not understand: it is left out, and confidence falls to the
    share of the words that are left.
    """
    confidence = math.exp(min(0.0, avg_logprob))
    if confidence >= min_confidence:
        words = text.split()
        known = [word for word in words if word.strip(".…")]
        share = len(known) / len(words) if words else 1.0
        return Transcript(
            " ".join(known), final=True, confidence=share * confidence if words else 1.0
        )
    nobody = no_speech_probability > NO_SPEECH_PROBABILITY
    return Transcript("", final=True, confidence=1.0 if nobody else confidence)


def trim_silence(sound: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """``sound`` (16 kHz, -1..1) without the blocks of 20 ms at either end that are 40 dB below its
    loudest one, but for 0.2 s; empty when no block exceeds -60 dB of full scale."""
    block = WIDE_RATE_HZ // 50
    blocks = sound[: sound.size // block * block].reshape(-1, block)
    if blocks.size == 0:
        return sound[:0]
    level = np.sqrt(np.mean(np.square(blocks), axis=1))
    if level.max() < 1e-3:
        return sound[:0]
    loud = np.flatnonzero(level > level.max() * 1e-2)
    kept = int(KEPT_SILENCE_S * WIDE_RATE_HZ)
    return sound[max(0, int(loud[0]) * block - kept) : (int(loud[-1]) + 1) * block + kept]


def _load(path: Path, options: WhisperOptions, threads: int) -> _Model:
    """On a thread. By a path that is a directory only: a bare name would be asked from the hub."""
    mend = "check it with 'appliance models verify', or install it again"
    for file in REQUIRED_FILES:
        if not (path / file).is_file():
            raise WeightsError(f"{path / file}: missing from a Whisper model directory; {mend}")
    try:
        model = WhisperModel(str(path), device="cpu", cpu_threads=1, num_workers=threads)
        return _Model(model, options)
    except Exception as error:  # CTranslate2 and tokenizers raise plain ones of many kinds
        raise WeightsError(f"{path}: faster-whisper cannot load it ({error}); {mend}") from error
