"""``appliance bench asr``: how well and how quickly a recogniser understands telephone speech.

Measured on sentences whose words are known: the shipped ones (``models/demo/heldout``: synthetic
voices and sentences that no demo model was trained with), or a folder of one's own. Speech goes
through the same engine and the same pieces of 20 ms as in a call.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz.distance import Levenshtein

from appliance.audio.frame import WIRE_RATE_HZ, Pcm
from appliance.audio.g711 import decode, encode
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.bench.clips import transcribed
from appliance.bench.figures import Spread, spread
from appliance.engines.base import Recognizer, Transcript
from appliance.engines.load import load_recognizer
from appliance.errors import AudioFileError
from appliance.text.canonical import canonical
from appliance.weights.catalogue import models_root

HELD_OUT: Final = Path("demo") / "heldout"
MAX_S: Final = 10.0
"""Longer files are refused: a call asks for the final transcript long before."""
NOISE_SNR_DB: Final = 15.0
FRAMES_PER_S: Final = 50
IN_REAL_TIME: Final = 20
"""So many sentences, spread over all, are fed as slowly as they are spoken: only then does the time
to the final transcript mean anything."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Clip:
    """A sentence as it comes off the line, at 8 kHz through mu-law."""

    name: str
    text: str
    """What is said in it, as somebody wrote it."""
    pcm: Pcm

    @property
    def words(self) -> tuple[str, ...]:
        """What is said in it, as it is compared."""
        return spoken_words(self.text)


@dataclass(frozen=True, slots=True)
class Errors:
    """Words that were not understood as they were said."""

    words: int
    wrong: int
    """Substituted, left out or invented."""
    sentences: int
    sentences_right: int

    @property
    def rate(self) -> float:
        """Word error rate; above 1 when more was invented than said."""
        return self.wrong / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class RecognizerFigures:
    """Result of the measurement."""

    model: str
    engine: str
    speech_s: float
    load_s: float
    clean: Errors
    noisy: Errors
    """The same with white noise at ``noise_snr_db``."""
    noise_snr_db: float
    real_time_factor: float
    """Seconds of processor time to a second of speech, one recogniser at a time."""
    final: Spread | None
    """From asking for the final transcript to having it, while sound comes as in a call."""


async def measure_recognizer(
    name_or_path: str, models_dir: Path, clips: Sequence[Clip], say: Say
) -> RecognizerFigures:
    """Let the model hear every clip as it is and with noise, some of them in real time.

    Raises WeightsError, EngineError.
    """
    say(f"loading {name_or_path}")
    started = time.monotonic()
    recognizer = await load_recognizer(name_or_path, models_dir)
    load_s = time.monotonic() - started
    try:
        await recognizer.warm_up()
        say(f"{len(clips)} sentences as they are")
        began = time.process_time()
        clean = await heard(recognizer, [clip.pcm for clip in clips])
        busy_s = time.process_time() - began
        say(f"the same with noise at {NOISE_SNR_DB:.0f} dB")
        noisy = await heard(recognizer, [with_noise(clip.pcm, NOISE_SNR_DB) for clip in clips])
        timed = clips[:: max(1, len(clips) // IN_REAL_TIME)]
        say(f"{len(timed)} sentences in real time")
        finals = [await _final_s(recognizer, clip.pcm) for clip in timed]
    finally:
        await recognizer.close()
    speech_s = sum(clip.pcm.size for clip in clips) / WIRE_RATE_HZ
    return RecognizerFigures(
        model=name_or_path,
        engine=recognizer.name,
        speech_s=round(speech_s, 1),
        load_s=round(load_s, 3),
        clean=compared(clips, clean),
        noisy=compared(clips, noisy),
        noise_snr_db=NOISE_SNR_DB,
        real_time_factor=round(busy_s / speech_s, 4),
        final=spread(finals),
    )


def load_clips(folder: Path | None = None) -> list[Clip]:
    """The sentences of ``folder``, or the shipped ones. Raises AudioFileError."""
    folder = models_root() / HELD_OUT if folder is None else folder
    found = transcribed(folder)
    return [_clip(path, text, folder) for path, text in found]


def compared(clips: Sequence[Clip], heard: Sequence[Transcript]) -> Errors:
    """How far what was ``heard`` is from the words of ``clips``."""
    wrong = [
        Levenshtein.distance(clip.words, spoken_words(transcript.text))
        for clip, transcript in zip(clips, heard, strict=True)
    ]
    return Errors(
        words=sum(len(clip.words) for clip in clips),
        wrong=sum(wrong),
        sentences=len(clips),
        sentences_right=wrong.count(0),
    )


def spoken_words(text: str, language: str = "en") -> tuple[str, ...]:
    """``text`` in the form in which words are compared: case, punctuation and figures apart."""
    return tuple(canonical(text, language).split())


def with_noise(pcm: Pcm, snr_db: float, *, lead: int = 0, tail: int = 0) -> Pcm:
    """``pcm`` with white noise, the same each time, through mu-law; ``lead`` and ``tail`` samples
    of noise alone around it."""
    sound = np.pad(pcm.astype(np.float64), (lead, tail))
    level = np.sqrt(np.mean(np.square(pcm.astype(np.float64)))) * 10 ** (-snr_db / 20)
    noise = level * np.random.default_rng(pcm.size).normal(size=sound.size)
    noisy = np.clip(np.rint(sound + noise), -32768, 32767).astype(np.int16)
    return decode(encode(noisy, "ulaw"), "ulaw")


async def heard(recognizer: Recognizer, sounds: Iterable[Pcm]) -> list[Transcript]:
    """What ``recognizer`` makes of each of ``sounds`` (8 kHz; each its own call), one after the
    other and as fast as it can."""
    transcripts = []
    for pcm in sounds:
        session = await recognizer.open()
        try:
            for frame in _frames(recognizer, pcm):
                session.feed(frame)
            transcripts.append(await session.finish())
        finally:
            await session.close()
    return transcripts


async def _final_s(recognizer: Recognizer, pcm: Pcm) -> float:
    """Feed ``pcm`` as a call would, then wait for the final transcript; how long that took."""
    session = await recognizer.open()
    try:
        begin = time.monotonic()
        for number, frame in enumerate(_frames(recognizer, pcm)):
            await asyncio.sleep(begin + number / FRAMES_PER_S - time.monotonic())
            session.feed(frame)
        asked = time.monotonic()
        await session.finish()
        return time.monotonic() - asked
    finally:
        await session.close()


def _frames(recognizer: Recognizer, pcm: Pcm) -> list[Pcm]:
    """``pcm`` as a call feeds it: 20 ms at a time, at the recogniser's rate."""
    sound = resample(pcm, WIRE_RATE_HZ, recognizer.rate_hz)
    size = recognizer.rate_hz // FRAMES_PER_S
    return [sound[at : at + size] for at in range(0, sound.size, size)]


def _clip(path: Path, text: str, folder: Path) -> Clip:
    if not spoken_words(text):
        raise AudioFileError(f"{path}: its transcript {text!r} holds no word; write what is said")
    pcm = telephone_sound(path)
    if pcm.size > MAX_S * WIRE_RATE_HZ:
        raise AudioFileError(f"{path}: longer than {MAX_S:.0f} s; cut it at a pause")
    name = path.relative_to(folder) if path.is_relative_to(folder) else path
    return Clip(str(name), text, pcm)


def telephone_sound(path: Path) -> Pcm:
    """The sound of a file as it comes off the line. Raises AudioFileError."""
    if path.suffix == ".ulaw":
        try:
            return decode(path.read_bytes(), "ulaw")
        except OSError as error:
            raise AudioFileError(f"{path}: {error.strerror}") from error
    pcm, rate_hz = read_wav(path)
    if rate_hz < WIRE_RATE_HZ:
        raise AudioFileError(
            f"{path}: has {rate_hz} samples a second, fewer than a telephone's {WIRE_RATE_HZ}; "
            "record it with 8000 or more"
        )
    return decode(encode(resample(pcm, rate_hz, WIRE_RATE_HZ), "ulaw"), "ulaw")
