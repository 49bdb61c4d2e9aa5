"""Real speech of two voices: the agent's (Piper's demo voice) and a caller's."""

from pathlib import Path

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.audio.wav import read_wav
from appliance.turns.echo import MAX_DELAY_SAMPLES, REFERENCE_SAMPLES, WINDOW_SAMPLES, is_echo

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def agent(data_dir: Path) -> Pcm:
    return read_wav(data_dir / "agent.wav")[0]


@pytest.fixture(scope="module")
def caller(data_dir: Path) -> Pcm:
    lines = [
        "what_are_your_opening_hours",
        "i_would_like_to_speak_to_a_person",
        "how_are_you_today",
    ]
    return np.concatenate([read_wav(data_dir / f"{line}.wav")[0] for line in lines])


def positions(pcm: Pcm) -> range:
    return range(REFERENCE_SAMPLES, len(pcm), 256)


def loud(pcm: Pcm) -> bool:
    return bool(np.sqrt(np.mean(pcm.astype(float) ** 2)) > 300)


@pytest.mark.parametrize("delay", [0, 160, 1203, MAX_DELAY_SAMPLES])
@pytest.mark.parametrize("gain_db", [-6, -20, -30])
def test_the_agents_own_voice_is_an_echo(agent: Pcm, delay: int, gain_db: int) -> None:
    noise = np.random.default_rng(1).normal(size=len(agent)) * 3
    back = (np.roll(agent, delay) * 10 ** (gain_db / 20) + noise).astype(np.int16)
    seen = [
        is_echo(back[at - WINDOW_SAMPLES : at], agent[at - REFERENCE_SAMPLES : at])
        for at in positions(agent)
        if loud(np.roll(agent, delay)[at - WINDOW_SAMPLES : at])
    ]
    assert len(seen) > 20
    assert np.mean(seen) > 0.97


def test_another_voice_is_none(agent: Pcm, caller: Pcm) -> None:
    spans = [at for at in positions(caller) if loud(caller[at - WINDOW_SAMPLES : at])]
    seen = [
        is_echo(caller[at - WINDOW_SAMPLES : at], agent[shift : shift + REFERENCE_SAMPLES])
        for at in spans
        for shift in range(0, len(agent) - REFERENCE_SAMPLES, 2000)
    ]
    assert len(seen) > 50
    assert np.mean(seen) < 0.02


def test_a_voice_over_the_echo_is_none(agent: Pcm, caller: Pcm) -> None:
    length = min(len(agent), len(caller))
    both = (caller[:length] + agent[:length] * 0.1).astype(np.int16)
    seen = [
        is_echo(both[at - WINDOW_SAMPLES : at], agent[at - REFERENCE_SAMPLES : at])
        for at in positions(agent[:length])
        if loud(caller[at - WINDOW_SAMPLES : at])
    ]
    assert np.mean(seen) < 0.06


def test_silence_and_too_little_sound_are_none() -> None:
    silent = np.zeros(WINDOW_SAMPLES, np.int16)
    assert not is_echo(silent, np.zeros(REFERENCE_SAMPLES, np.int16))
    assert not is_echo(silent, np.zeros(10, np.int16))
    assert not is_echo(np.zeros(0, np.int16), np.zeros(0, np.int16))
