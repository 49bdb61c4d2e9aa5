"""One text spoken, one file understood: the engines without a call, to try models and voices."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav, write_wav
from appliance.config.settings import Settings
from appliance.engines.load import load_recognizer, load_voice
from appliance.errors import SettingsError
from appliance.services.asr import understand
from appliance.text.speakable import speakable


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
            sound = _whole(resample(pcm, rate_hz, recognizer.rate_hz))
            return await understand(session, sound, recognizer.rate_hz)
        finally:
            await session.close()
    finally:
        await recognizer.close()


async def _whole(pcm: Pcm) -> AsyncIterator[Pcm]:
    yield pcm
