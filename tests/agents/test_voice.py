"""What a voice keeps of what it has said, and at which rates."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.agents import voice as voice_module
from appliance.agents.voice import Voice
from appliance.engines.base import Speech, Urgency
from tests.fakes.conversation import ScriptedVoice
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


class WideVoice(ScriptedVoice):
    """Speaks at 22.05 kHz, as Piper does: a tone of 1 kHz and one of 6 kHz, a second of both."""

    rate_hz = 22050

    async def synthesize(
        self, text: str, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Speech:
        self.spoken.append(text)
        at = np.arange(self.rate_hz) / self.rate_hz
        sound = 5000 * np.sin(2 * np.pi * 1000 * at) + 5000 * np.sin(2 * np.pi * 6000 * at)
        return Speech(sound.astype(np.int16), self.rate_hz, text)


def loudest_hz(pcm: np.ndarray, rate_hz: int) -> list[int]:
    """The two strongest tones of a second of sound, the lower one first; one where the other is
    40 dB below it."""
    spectrum = np.abs(np.fft.rfft(pcm.astype(float) * np.hanning(pcm.size), rate_hz))
    return [hz for hz in (1000, 6000) if hz < spectrum.size and spectrum[hz] > spectrum.max() / 99]


def test_a_wide_call_gets_the_voice_as_wide_as_it_is() -> None:
    voice = Voice(WideVoice(), "en")
    narrow = run(voice.speak("Hello.", 8000))
    wide = run(voice.speak("Hello.", 16000))
    assert (narrow.rate_hz, wide.rate_hz) == (8000, 16000)
    assert narrow.duration_s == pytest.approx(wide.duration_s, abs=0.001)
    assert loudest_hz(narrow.pcm, 8000) == [1000]
    assert loudest_hz(wide.pcm, 16000) == [1000, 6000]


def test_what_was_prepared_is_there_at_every_rate_without_speaking_again() -> None:
    synthesizer = WideVoice()
    voice = Voice(synthesizer, "en")
    run(voice.prepare(["Hello.", "Goodbye.", "Hello."]))
    for rate_hz in (8000, 16000, 16000):
        clip = voice.kept("Hello.", rate_hz)
        assert clip is not None
        assert clip is run(voice.speak("Hello.", rate_hz))
        assert clip.pcm.size == pytest.approx(rate_hz, abs=2)
    assert synthesizer.spoken == ["Hello.", "Goodbye."]


def test_calls_of_8_khz_make_nothing_wide() -> None:
    voice = Voice(WideVoice(), "en")
    run(voice.prepare(["Hello."]))
    run(voice.speak("How are you?", 8000))
    assert {rate_hz for _, rate_hz in voice._clips} == {8000}


def test_the_oldest_of_what_is_said_is_forgotten_but_what_was_prepared_never(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(voice_module, "CACHE_SECONDS", 2.5)
    synthesizer = WideVoice()
    voice = Voice(synthesizer, "en")
    run(voice.prepare(["Sorry."]))
    for text in ("One.", "Two.", "Three."):
        run(voice.speak(text, 8000))
    assert voice.kept("One.", 8000) is None
    assert voice.kept("Three.", 8000) is not None
    assert voice.kept("Sorry.", 16000) is not None
    assert synthesizer.spoken == ["Sorry.", "One.", "Two.", "Three."]


def test_nothing_to_say_is_an_empty_clip() -> None:
    clip = run(Voice(WideVoice(), "en").speak("...", 16000))
    assert (clip.pcm.size, clip.duration_s, clip.rate_hz) == (0, 0.0, 16000)


def test_the_sites_pronunciations_are_for_the_voice_alone() -> None:
    voice = Voice(WideVoice(), "en", {"Quay": "kee"})
    clip = run(voice.speak("Quay Dental, 9:30.", 16000))
    assert clip.text == "Quay Dental, 9:30."
    assert clip.spoken == "kee Dental, nine thirty."


def test_an_answer_that_is_longer_than_an_utterance_is_spoken_to_its_end() -> None:
    clip = run(Voice(WideVoice(), "en").speak("We are open. " * 200 + "Goodbye.", 16000))
    assert clip.spoken.endswith("Goodbye.")


def test_a_voice_with_one_pace_is_its_own_slower_voice() -> None:
    voice = Voice(WideVoice(), "en")
    assert voice.slower is voice
