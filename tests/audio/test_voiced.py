"""Silence around a voice is taken off, however the sound is cut."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.audio.voiced import EDGE_S, Trimmer, faded

pytestmark = pytest.mark.unit

RATE = 8000
VOICE: Pcm = (8000 * np.sin(np.arange(4000) / 3)).astype(np.int16)
QUIET: Pcm = np.zeros(3000, np.int16)


def trimmed(sound: Pcm, size: int) -> Pcm:
    trimmer = Trimmer(RATE)
    parts = [trimmer.feed(sound[at : at + size]) for at in range(0, sound.size, size)]
    return np.concatenate([*parts, trimmer.flush()])


@pytest.mark.parametrize("size", [7, 160, 999, 100_000])
def test_only_a_little_silence_is_left_on_both_sides(size: int) -> None:
    sound = trimmed(np.concatenate([QUIET, VOICE, QUIET]), size)
    edge, block = EDGE_S * RATE, 0.005 * RATE
    assert VOICE.size + edge <= sound.size <= VOICE.size + 2 * (edge + block)
    start = int(np.flatnonzero(sound)[0]) - 1  # a sine begins with 0
    assert np.array_equal(sound[start : start + VOICE.size], VOICE)


@pytest.mark.parametrize("size", [160, 999, 100_000])
def test_silence_between_two_words_stays(size: int) -> None:
    words = np.concatenate([VOICE, QUIET, VOICE])
    assert np.array_equal(trimmed(words, size), words)


def test_silence_alone_is_nothing() -> None:
    assert trimmed(QUIET, 160).size == 0


@pytest.mark.parametrize("samples", [0, 1, 5, 60, 4000])
def test_a_sound_that_ends_in_mid_air_is_led_to_zero(samples: int) -> None:
    sound = np.full(samples, 0.5, np.float32)
    found = faded(sound, RATE)
    assert found.size == samples
    steps = np.abs(np.diff(found))
    assert steps.max(initial=0.0) <= 0.51 / max(1, min(39, samples // 2 - 1))
    if samples > 1:
        assert found[0] == found[-1] == 0.0
    if samples > 100:
        assert np.array_equal(found[40:-40], sound[40:-40])
