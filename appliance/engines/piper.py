"""Speech with Piper: a text in, its sound and the end of each word out, at a telephone's level.

Shared by all calls: the voice. There are no sessions; requests of different calls take turns at
every sentence, and one whose caller hears nothing until it is there interrupts the others. What
nobody has asked for yet is made by a thread of its own, in the time that is left.

The library's own loader lets onnxruntime take every core and spin on it, and its normalisation goes
by the highest peak; so the network is run by ``voice_network.py``, and ``audio/loudness.py`` makes
each sentence as loud as the others.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from piper import PiperVoice, SynthesisConfig
from piper.config import PhonemeType, PiperConfig

from appliance.audio.frame import Pcm
from appliance.audio.loudness import levelled
from appliance.audio.voiced import Floats, faded, voiced_span
from appliance.engines.base import Speech, Urgency
from appliance.engines.voice_network import Between, Dropped, VoiceNetwork
from appliance.engines.voice_timing import group_ends, word_ends
from appliance.engines.worker import Cancellation, EnginePool, EngineThread
from appliance.errors import SynthesizerError, WeightsError
from appliance.text.sentences import SENTENCE_PAUSE_S

NAME: Final = "piper"
AHEAD_NICE: Final = 15
"""Linux gives the threads of calls (worker.NICE) nine tenths of a core that this one wants too."""
OFFLINE_PHONEMES: Final = (PhonemeType.ESPEAK, PhonemeType.TEXT)
"""The others fetch dictionaries from the network."""

# Its debug lines hold what is spoken, its warnings name phonemes that a voice does not have.
logging.getLogger("piper").setLevel(logging.ERROR)


class PiperSynthesizer:
    """One voice and its threads; implements ``base.Synthesizer``. Event loop only."""

    name = NAME

    def __init__(
        self,
        voice: _Voice,
        pool: EnginePool,
        ahead: EngineThread,
        length_scale: float,
        pause_s: float = SENTENCE_PAUSE_S,
    ) -> None:
        self.rate_hz = voice.rate_hz
        self._voice = voice
        self._pool = pool
        self._ahead = ahead
        self._length_scale = length_scale
        self._pause_s = pause_s

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
        among the speakers of one file.

        Raises WeightsError.
        """
        pool = EnginePool(NAME, threads, on_wait=on_wait)
        ahead = EngineThread(f"{NAME}-ahead", nice=AHEAD_NICE)
        try:
            voice = await pool.threads[0].run(_load, path, speaker_id)
            return cls(voice, pool, ahead, voice.length_scale / speaking_rate)
        except BaseException:
            await asyncio.gather(pool.close(), ahead.close())
            raise

    def at_rate(self, speaking_rate: float, pause_rate: float = 1.0) -> PiperSynthesizer:
        """The same voice, weights and threads, speaking faster (1.2) or slower (0.8), with longer
        (2.0) or shorter pauses between sentences."""
        length_scale = self._voice.length_scale / speaking_rate
        pause_s = SENTENCE_PAUSE_S * pause_rate
        return PiperSynthesizer(self._voice, self._pool, self._ahead, length_scale, pause_s)

    async def synthesize(
        self, text: str, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Speech:
        """As ``base.Synthesizer``; a cancelled request stops within 100 ms."""
        if urgency == "ahead":
            return await self._synthesize(self._ahead, text, call_id, urgent=False)
        thread = self._pool.join()
        try:
            return await self._synthesize(thread, text, call_id, urgent=urgency == "first")
        finally:
            self._pool.leave(thread)

    async def _synthesize(
        self, thread: EngineThread, text: str, call_id: str, *, urgent: bool
    ) -> Speech:
        token = Cancellation()

        def between() -> bool:
            thread.give_way()
            return not token.cancelled

        steps = self._voice.sentences(text, self._length_scale, between)
        pieces = thread.stream(steps, key=call_id, token=token, urgent=urgent)
        return _joined(text, [piece async for piece in pieces], self.rate_hz, self._pause_s)

    async def warm_up(self) -> None:
        """Speak a word."""
        await self.synthesize("1")

    async def close(self) -> None:
        """End the threads; the weights go with the last reference. Idempotent."""
        await asyncio.gather(self._pool.close(), self._ahead.close())


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """The sound of one sentence, levelled and trimmed."""

    pcm: Pcm
    group_ends: list[float] | None
    """As ``voice_timing.group_ends``, from the start of ``pcm``; None if the voice cannot tell."""


class _Voice:
    """The network and its tables. Engine threads; several at once."""

    def __init__(self, network: VoiceNetwork, config: PiperConfig, speaker_id: int | None) -> None:
        self._network = network
        self._config = config
        self._speaker_id = speaker_id
        self.rate_hz: int = config.sample_rate
        self.length_scale: float = config.length_scale

    def sentences(self, text: str, length_scale: float, between: Between) -> Generator[_Piece]:
        """The sound of ``text``, a sentence a step. Raises SynthesizerError."""
        config = SynthesisConfig(
            speaker_id=self._speaker_id, length_scale=length_scale, normalize_audio=False
        )
        voice = PiperVoice(session=_Session(self._network, between), config=self._config)
        try:
            for chunk in voice.synthesize(text, config, include_alignments=True):
                yield self._piece(chunk.audio_float_array, chunk.phoneme_alignments)
        except Dropped:
            return
        except Exception as error:  # onnxruntime's own exceptions have no common base
            raise SynthesizerError(NAME, f"synthesis failed ({type(error).__name__})") from error

    def _piece(self, sound: Floats, alignments: Sequence[Any] | None) -> _Piece:
        sound = levelled(sound, self.rate_hz)
        start, stop = voiced_span(sound, self.rate_hz)
        spoken = faded(sound[start:stop], self.rate_hz)
        pcm = np.rint(spoken * 32767.0).astype(np.int16)
        if alignments is None:
            return _Piece(pcm, None)
        begin_s, length_s = start / self.rate_hz, pcm.size / self.rate_hz
        ends = group_ends(alignments, self.rate_hz)
        return _Piece(pcm, [min(end - begin_s, length_s) for end in ends])


@dataclass(frozen=True, slots=True)
class _Session:
    """What PiperVoice takes for onnxruntime's session."""

    network: VoiceNetwork
    between: Between

    def run(self, _: None, feeds: dict[str, Any]) -> list[Any]:
        return self.network.run(feeds, self.between)


def _joined(text: str, pieces: Sequence[_Piece], rate_hz: int, pause_s: float) -> Speech:
    """The pieces with pauses between them, as one Speech."""
    pause = np.zeros(int(pause_s * rate_hz), dtype=np.int16)
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
        return _Voice(VoiceNetwork(model), config, speaker_id)
    except Exception as error:  # onnxruntime's own exceptions have no common base
        raise WeightsError(f"{model}: cannot be loaded as a Piper voice; {mend}") from error


def _model_file(path: Path) -> Path:
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.onnx"))
    if len(found) != 1:
        raise WeightsError(f"{path}: holds {len(found)} .onnx files; name the voice's own file")
    return found[0]
