"""Speech with Piper: a text in, its sound and the end of each word out, at a telephone's level.

Shared by all calls: the voice. There are no sessions; requests of different calls take turns at
every sentence. The library's own loader lets onnxruntime take every core and spin on it, and its
normalisation makes each sentence equally loud, silence included; so the network is loaded here, and
one gain per voice, measured when it is loaded, brings its speech to -20 dBFS.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
import onnxruntime
from piper import PiperVoice, SynthesisConfig
from piper.config import PhonemeType, PiperConfig

from appliance.audio.frame import Pcm
from appliance.audio.voiced import speech_rms, voiced_span
from appliance.engines.base import Speech
from appliance.engines.voice_timing import group_ends, with_durations, word_ends
from appliance.engines.worker import EnginePool
from appliance.errors import SynthesizerError, WeightsError

NAME: Final = "piper"
SPEECH_DBFS: Final = -20.0
"""RMS of voiced sound. Telephone speech is nominally -26; 6 dB more reach a caller in the street,
and the limiter still has little to do."""
LIMITER_KNEE: Final = 0.6
"""Of full scale; louder samples are bent, not cut."""
SENTENCE_PAUSE_S: Final = 0.15
"""Between sentences, besides the edges of both: 0.21 s in all."""
REHEARSAL: Final = "1, 2, 3, 4, 5."
"""Every language has a way of reading this."""
OFFLINE_PHONEMES: Final = (PhonemeType.ESPEAK, PhonemeType.TEXT)
"""The others fetch dictionaries from the network."""

# Its debug lines hold what is spoken, its warnings name phonemes that a voice does not have.
logging.getLogger("piper").setLevel(logging.ERROR)

Floats = npt.NDArray[np.float32]


class PiperSynthesizer:
    """One voice and its threads; implements ``base.Synthesizer``. Event loop only."""

    name = NAME

    def __init__(self, voice: _Voice, pool: EnginePool, length_scale: float) -> None:
        self.rate_hz = voice.rate_hz
        self._voice = voice
        self._pool = pool
        self._length_scale = length_scale

    @classmethod
    async def load(
        cls,
        path: Path,
        *,
        speaking_rate: float = 1.0,
        speaker_id: int | None = None,
        threads: int = 1,
        on_wait: Callable[[float], None] | None = None,
    ) -> Self:
        """Load a voice: ``path`` is its ``.onnx`` file, or the directory that holds just one; its
        ``.onnx.json`` lies beside it. ``speaking_rate`` 1.2 speaks faster. ``speaker_id`` chooses
        among the speakers of one file. Speaks once, to learn the voice's level.

        Raises WeightsError.
        """
        pool = EnginePool(NAME, threads, on_wait=on_wait)
        try:
            voice = await pool.threads[0].run(_load, path, speaker_id)
            return cls(voice, pool, voice.length_scale / speaking_rate)
        except BaseException:
            await pool.close()
            raise

    def at_rate(self, speaking_rate: float) -> PiperSynthesizer:
        """The same voice, weights and threads, speaking faster (1.2) or slower (0.8)."""
        return PiperSynthesizer(self._voice, self._pool, self._voice.length_scale / speaking_rate)

    async def synthesize(self, text: str, *, call_id: str = "") -> Speech:
        """As ``base.Synthesizer``; a cancelled request stops behind its present sentence."""
        thread = self._pool.join()
        try:
            steps = self._voice.sentences(text, self._length_scale)
            spoken = [piece async for piece in thread.stream(steps, key=call_id)]
        finally:
            self._pool.leave(thread)
        return _joined(text, spoken, self.rate_hz)

    async def warm_up(self) -> None:
        """Speak a word. (``load`` has spoken before.)"""
        await self.synthesize("1")

    async def close(self) -> None:
        """End the threads; the weights go with the last reference. Idempotent."""
        await self._pool.close()


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """The sound of one sentence, levelled and trimmed."""

    pcm: Pcm
    group_ends: list[float] | None
    """As ``voice_timing.group_ends``, from the start of ``pcm``; None if the voice cannot tell."""


class _Voice:
    """The network and its tables. Engine threads; several at once."""

    def __init__(self, voice: PiperVoice, speaker_id: int | None) -> None:
        self._voice = voice
        self._speaker_id = speaker_id
        self.rate_hz: int = voice.config.sample_rate
        self.length_scale: float = voice.config.length_scale
        self._gain = 1.0
        self._gain = self._measured_gain()

    def sentences(self, text: str, length_scale: float) -> Generator[_Piece]:
        """The sound of ``text``, a sentence a step. Raises SynthesizerError."""
        config = SynthesisConfig(
            speaker_id=self._speaker_id, length_scale=length_scale, normalize_audio=False
        )
        try:
            for chunk in self._voice.synthesize(text, config, include_alignments=True):
                yield self._piece(chunk.audio_float_array, chunk.phoneme_alignments)
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise SynthesizerError(NAME, f"synthesis failed ({type(error).__name__})") from error

    def _piece(self, sound: Floats, alignments: Sequence[Any] | None) -> _Piece:
        sound = limited(sound * np.float32(self._gain))
        start, stop = voiced_span(sound, self.rate_hz)
        pcm = np.rint(sound[start:stop] * 32767.0).astype(np.int16)
        if alignments is None:
            return _Piece(pcm, None)
        begin_s, length_s = start / self.rate_hz, pcm.size / self.rate_hz
        ends = group_ends(alignments, self.rate_hz)
        return _Piece(pcm, [min(end - begin_s, length_s) for end in ends])

    def _measured_gain(self) -> float:
        sounds = [piece.pcm for piece in self.sentences(REHEARSAL, self.length_scale)]
        level = speech_rms(np.concatenate([*sounds, np.zeros(0, np.int16)]) / 32768.0, self.rate_hz)
        if level == 0.0:
            raise SynthesizerError(NAME, "the voice is silent")
        return float(np.clip(10 ** (SPEECH_DBFS / 20) / level, 0.1, 10.0))


def limited(sound: Floats) -> Floats:
    """``sound`` (1.0 = full scale) with everything above the knee bent to stay below 1.0."""
    room = 1.0 - LIMITER_KNEE
    over = np.maximum(np.abs(sound) - LIMITER_KNEE, 0.0)
    bent = LIMITER_KNEE + room * np.tanh(over / room)
    return np.where(over > 0.0, np.copysign(bent, sound), sound).astype(np.float32)


def _joined(text: str, pieces: Sequence[_Piece], rate_hz: int) -> Speech:
    """The pieces with pauses between them, as one Speech."""
    pause = np.zeros(int(SENTENCE_PAUSE_S * rate_hz), dtype=np.int16)
    parts: list[Pcm] = []
    ends: list[float] = []
    samples = 0
    for piece in (piece for piece in pieces if piece.pcm.size):
        if parts:
            parts.append(pause)
            samples += pause.size
        ends += [samples / rate_hz + end for end in piece.group_ends or ()]
        parts.append(piece.pcm)
        samples += piece.pcm.size
    pcm = np.concatenate(parts) if parts else pause[:0]
    timed = all(piece.group_ends is not None for piece in pieces)
    return Speech(pcm, rate_hz, text, word_ends(text, ends) if timed else ())


def _load(path: Path, speaker_id: int | None) -> _Voice:
    """On a thread."""
    model = _model_file(path)
    config_path = model.with_name(model.name + ".json")
    mend = "check it with 'appliance models verify', or install it again"
    try:
        config = PiperConfig.from_dict(json.loads(config_path.read_text(encoding="utf-8")))
    except OSError as error:
        raise WeightsError(f"{config_path}: {error.strerror}; {mend}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{config_path}: not a Piper voice's configuration; {mend}") from error
    if config.phoneme_type not in OFFLINE_PHONEMES:
        raise WeightsError(
            f"{config_path}: phonemes of type '{config.phoneme_type.value}' need dictionaries that "
            "Piper would download; choose a voice of type 'espeak'"
        )
    if speaker_id is not None and not 0 <= speaker_id < config.num_speakers:
        raise WeightsError(
            f"{model}: has speakers 0 to {config.num_speakers - 1}, not {speaker_id}"
        )
    try:
        network = _network(with_durations(model.read_bytes()))
        return _Voice(PiperVoice(session=network, config=config), speaker_id)
    except Exception as error:  # onnxruntime's own exceptions have no common base
        raise WeightsError(f"{model}: cannot be loaded as a Piper voice; {mend}") from error


def _model_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.onnx"))
    if len(found) != 1:
        raise WeightsError(f"{path}: holds {len(found)} .onnx files; name the voice's own file")
    return found[0]


def _network(model: bytes) -> onnxruntime.InferenceSession:
    """One core per run: the one of the thread that runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False  # it would keep the memory of the longest sentence
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
