"""One text spoken, one file understood: the engines without a call, to try models and voices."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from appliance.audio.frame import Pcm, rms_dbfs
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav, write_wav
from appliance.engines.base import RecognizerSession
from appliance.engines.load import load_recognizer, load_voice
from appliance.errors import EngineBusy, SettingsError
from appliance.settings import Settings
from appliance.text.speakable import speakable

PIECE_S: Final = 0.2
SEGMENT_S: Final = 15.0
"""A longer file is cut at the first quiet piece behind this ..."""
LONGEST_SEGMENT_S: Final = 25.0
"""... or here: Whisper hears 30 s at once."""
QUIET_DBFS: Final = -45.0
RETRY_S: Final = 0.01


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text that became a file."""

    text: str
    """As it was read: numbers and times in words."""
    seconds: float
    rate_hz: int


async def speak_to_file(text: str, out: Path, voice: str, settings: Settings) -> Spoken:
    """Speak ``text`` with a voice (a catalogue's name or a path) into a WAV file at the voice's
    rate.

    Raises WeightsError, SynthesizerError, AudioFileError; SettingsError when there is nothing to
    say.
    """
    words = speakable(text)
    synthesizer = await load_voice(voice, settings.models)
    try:
        speech = await synthesizer.synthesize(words)
    finally:
        await synthesizer.close()
    if not speech.pcm.size:
        raise SettingsError("there is nothing to say in this text")
    write_wav(out, speech.pcm, speech.rate_hz)
    return Spoken(words, speech.pcm.size / speech.rate_hz, speech.rate_hz)


async def transcribe_file(path: Path, model: str, settings: Settings) -> str:
    """The words in a WAV file of any usual rate, by a recogniser (a catalogue's name or a path).

    Raises AudioFileError, WeightsError, RecognizerError.
    """
    pcm, rate_hz = read_wav(path)
    recognizer = await load_recognizer(model, settings.models)
    try:
        session = await recognizer.open()
        try:
            return await _understand(
                session, resample(pcm, rate_hz, recognizer.rate_hz), recognizer.rate_hz
            )
        finally:
            await session.close()
    finally:
        await recognizer.close()


async def _understand(session: RecognizerSession, pcm: Pcm, rate_hz: int) -> str:
    texts = []
    piece, fed_s = int(PIECE_S * rate_hz), 0.0
    for start in range(0, pcm.size, piece):
        samples = pcm[start : start + piece]
        await _feed(session, samples)
        fed_s += PIECE_S
        quiet = fed_s > SEGMENT_S and rms_dbfs(samples) < QUIET_DBFS
        if quiet or fed_s > LONGEST_SEGMENT_S:
            texts.append((await session.finish()).text)
            fed_s = 0.0
    texts.append((await session.finish()).text)
    return " ".join(text for text in texts if text)


async def _feed(session: RecognizerSession, pcm: Pcm) -> None:
    """Feed as fast as the engine takes it: a file does not come in real time."""
    while True:
        try:
            return session.feed(pcm)
        except EngineBusy:
            await asyncio.sleep(RETRY_S)
