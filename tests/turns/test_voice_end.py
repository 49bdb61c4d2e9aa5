from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.turns.voice_end import VoiceEnd

pytestmark = pytest.mark.unit


def tone(seconds: float, peak: int, rate_hz: int = 8000) -> Pcm:
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    return (peak * np.sin(2 * np.pi * 300 * at)).astype(np.int16)


def noise(seconds: float, rms: float) -> Pcm:
    return np.random.default_rng(3).normal(0, rms, round(seconds * 8000)).astype(np.int16)


def quiet_s(*sounds: Pcm, rate_hz: int = 8000) -> float:
    end = VoiceEnd(rate_hz)
    sound, size = np.concatenate(sounds), rate_hz // 50
    for at in range(0, sound.size, size):
        end.push(sound[at : at + size])
    return end.quiet_s


@pytest.mark.parametrize("rate_hz", [8000, 16000])
def test_silence_counts_from_the_last_loud_sound(rate_hz: int) -> None:
    sound = (tone(1.0, 8000, rate_hz), tone(0.3, 0, rate_hz))
    assert quiet_s(*sound, rate_hz=rate_hz) == pytest.approx(0.3, abs=0.011)


def test_the_noise_of_a_line_is_no_voice() -> None:
    sound = noise(2.0, 150)
    sound[12000:] += tone(0.5, 8000)
    assert quiet_s(sound, noise(0.3, 150)) == pytest.approx(0.3, abs=0.03)


def test_a_quiet_caller_is_measured_by_their_own_voice() -> None:
    assert quiet_s(tone(1.0, 300), tone(0.2, 0)) == pytest.approx(0.2, abs=0.011)


def test_a_slammed_door_does_not_hush_the_caller_for_long() -> None:
    words = (noise(0.1, 2), tone(0.3, 400)) * 10
    assert quiet_s(noise(0.3, 2), tone(0.1, 30000), *words) == 0.0


def test_there_is_no_end_in_sound_that_goes_on_behind_silence() -> None:
    assert quiet_s(tone(0.1, 0), noise(3.0, 4000)) <= 0.01
