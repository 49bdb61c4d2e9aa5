"""From sound to words with Whisper: what runs on an engine thread.

The model is driven step by step (features, encoder, decoder) rather than through
``WhisperModel.transcribe``: a turn is never longer than Whisper's window of 30 s, so the machinery
for long recordings has nothing to do here, and between the steps work can be begun ahead or stop.

Whisper was trained on 30 s each time, and encoding them takes a core three quarters of a second.
Most turns are short, so the encoder gets less: the sound with silence behind it. That costs little
accuracy and a sixth of the time, but the decoder falls into a loop now and then; then the sound is
heard again in a longer window (``FIRST``, ``SECOND``).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from appliance.audio.frame import FULL_SCALE, WIDE_RATE_HZ, Pcm
from appliance.engines.base import Transcript
from appliance.engines.repetition import is_repeating
from appliance.errors import RecognizerError, WeightsError

# isort: split
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

NAME: Final = "whisper"
MAX_SEGMENT_S: Final = 30
"""Whisper's window. What a caller says behind it in one segment is not heard."""
COMPUTE_TYPE: Final = "int8"
TOKENS_PER_S: Final = 10
"""More than people say (about 4); stops a model that repeats itself."""
NO_SPEECH_PROBABILITY: Final = 0.6
MIN_CONFIDENCE: Final = math.exp(-1.0)
"""Both from OpenAI's reference decoder: surer than 0.6 that there is no speech, and words less
likely than exp(-1) on average, are no words."""
KEPT_SILENCE_S: Final = 0.2
REQUIRED_FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""Without the third the library asks the hub; without the second it fails at the first word."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """How much the encoder is given. In seconds."""

    least_s: float
    tail_s: float
    """Silence behind the sound, at least."""

    def seconds(self, sound_s: float) -> float:
        return min(float(MAX_SEGMENT_S), max(self.least_s, sound_s + self.tail_s))


FIRST: Final = Window(least_s=8.0, tail_s=3.0)
SECOND: Final = Window(least_s=15.0, tail_s=8.0)


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """Sound that has gone through the encoder."""

    output: Any
    """ctranslate2.StorageView."""
    sound_s: float
    """Seconds of sound, without the silence at its ends."""


class WhisperDecoder:
    """The weights and what never changes between segments. Engine threads; several at once."""

    def __init__(self, model: WhisperModel, language: str) -> None:
        self._model = model
        self._tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )
        self._prompts: dict[str, list[int]] = {}
        if None in self._prompt(""):
            raise ValueError("tokenizer.json lacks special tokens")
        self._suppressed = get_suppressed_tokens(self._tokenizer, [-1])

    @classmethod
    def load(cls, path: Path, language: str, threads: int) -> Self:
        """The CTranslate2 directory ``path`` for ``threads`` segments at once, each on one core.
        By a path that is a directory only: a bare name would be asked from the hub. Raises
        WeightsError."""
        mend = "check it with 'appliance models verify', or install it again"
        for file in REQUIRED_FILES:
            if not (path / file).is_file():
                raise WeightsError(f"{path / file}: missing from a Whisper model directory; {mend}")
        try:
            model = WhisperModel(
                str(path),
                device="cpu",
                compute_type=COMPUTE_TYPE,
                cpu_threads=1,
                num_workers=threads,
            )
            return cls(model, language)
        except Exception as error:  # CTranslate2 and tokenizers raise plain ones of many kinds
            raise WeightsError(
                f"{path}: faster-whisper cannot load it ({error}); {mend}"
            ) from error

    def encode(self, pcm: Pcm, window: Window = FIRST) -> Encoded | None:
        """Let the encoder hear ``pcm`` (16 kHz, at most 30 s); None when there is no sound in it.
        Raises RecognizerError."""
        sound = trim_silence(pcm.astype(np.float32) / FULL_SCALE)
        if sound.size == 0:
            return None
        sound_s = sound.size / WIDE_RATE_HZ
        padded = np.zeros(int(window.seconds(sound_s) * WIDE_RATE_HZ), dtype=np.float32)
        padded[: sound.size] = sound
        try:
            features = self._model.feature_extractor(padded)[:, :-1]  # the last is padding
            return Encoded(
                self._model.encode(features[:, : self._length(features.shape[1])]), sound_s
            )
        except Exception as error:  # CTranslate2 raises plain ones of many kinds
            raise RecognizerError(NAME, f"transcription failed: {error}") from error

    def decode(self, encoded: Encoded | None, hotwords: str = "") -> Transcript | None:
        """The words, final; None when the decoder went round in circles. ``hotwords``: names that
        are likely to be said, with commas between them. Raises RecognizerError."""
        if encoded is None:
            return Transcript("", final=True)
        prompt = self._prompt(hotwords)
        most = 8 + int(TOKENS_PER_S * encoded.sound_s)
        try:
            result = self._model.model.generate(
                encoded.output,
                [prompt],
                beam_size=1,
                max_length=min(448, 2 * (len(prompt) + most)),  # halved inside
                return_scores=True,
                return_no_speech_prob=True,
                suppress_blank=True,
                suppress_tokens=self._suppressed,
            )[0]
            tokens = result.sequences_ids[0]
            text = self._tokenizer.decode(tokens).strip()
        except Exception as error:  # CTranslate2 and tokenizers raise plain ones of many kinds
            raise RecognizerError(NAME, f"transcription failed: {error}") from error
        if not tokens:
            return Transcript("", final=True)
        if is_repeating(text, encoded.sound_s):
            return None
        # The score is the mean over the tokens; the reference decoder counts <|endoftext|> too.
        avg_logprob = result.scores[0] * len(tokens) / (len(tokens) + 1)
        return judge(text, avg_logprob, result.no_speech_prob)

    def _prompt(self, hotwords: str) -> list[int]:
        """What the decoder goes on from; one for each agent's hotwords."""
        if hotwords not in self._prompts:
            self._prompts[hotwords] = self._model.get_prompt(
                self._tokenizer, [], without_timestamps=True, hotwords=hotwords or None
            )
        return self._prompts[hotwords]

    def _length(self, features: int) -> int:
        """Features for the encoder; two of them become one position.

        As many positions as there are mel bands would not do: ``generate`` takes an encoder's
        output of that height for features, encodes it again, and hears nothing.
        """
        positions = features // 2
        return 2 * (positions - 1 if positions == self._model.model.n_mels else positions)


def judge(text: str, avg_logprob: float, no_speech_probability: float) -> Transcript:
    """The final transcript of ``text``, or an empty one where the model did not trust its words.

    Confidence is exp(mean log probability); 1 when the model says that nobody spoke. A word of dots
    is Whisper's sign for what it could not understand: it is left out, and confidence falls to the
    share of the words that are left.
    """
    confidence = math.exp(min(0.0, avg_logprob))
    if confidence >= MIN_CONFIDENCE:
        words = text.split()
        known = [word for word in words if word.strip(".…")]
        share = len(known) / len(words) if words else 1.0
        return Transcript(
            " ".join(known), final=True, confidence=share * confidence if words else 1.0
        )
    nobody = no_speech_probability > NO_SPEECH_PROBABILITY
    return Transcript("", final=True, confidence=1.0 if nobody else confidence)


def trim_silence(sound: Floats) -> Floats:
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
