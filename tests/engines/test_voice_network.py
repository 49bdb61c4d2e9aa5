"""The real voice's network, stretch by stretch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from piper import PiperVoice
from piper.config import PiperConfig

from appliance.engines import voice_network
from appliance.engines.voice_network import Array, Dropped, VoiceNetwork

pytestmark = pytest.mark.engine

TEXT = "We are open from nine in the morning until five in the afternoon, every day of the week."


@pytest.fixture(scope="module")
def network(voice_path: Path) -> VoiceNetwork:
    return VoiceNetwork(voice_path)


@pytest.fixture(scope="module")
def feeds(voice_path: Path) -> dict[str, Array]:
    """TEXT for the network, without the noise that makes each run another."""
    config = json.loads(voice_path.with_name(voice_path.name + ".json").read_text())
    voice = PiperVoice(session=None, config=PiperConfig.from_dict(config))
    ids = voice.phonemes_to_ids(voice.phonemize(TEXT)[0])
    return {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array([0.0, 1.0, 0.0], np.float32),
    }


def go_on() -> bool:
    return True


def test_the_sound_of_its_stretches_is_that_of_the_whole(
    network: VoiceNetwork, feeds: dict[str, Array], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_stretches, durations = network.run(feeds, go_on)
    monkeypatch.setattr(voice_network, "STRETCH_FRAMES", 100_000)
    whole, _ = network.run(feeds, go_on)
    assert in_stretches.shape == whole.shape
    assert whole.size == durations.sum() * 256
    assert np.abs(in_stretches - whole).max() < 1e-5 * np.abs(whole).max()


def test_no_stretch_is_longer_than_a_second_and_a_half(
    network: VoiceNetwork, feeds: dict[str, Array]
) -> None:
    asked: list[None] = []
    sound = network.run(feeds, lambda: asked.append(None) is None)[0]
    stretches = len(asked) + 1
    assert 3.0 < sound.size / 22050 < 1.5 * stretches


def test_what_is_not_wanted_any_more_is_dropped_at_the_next_stretch(
    network: VoiceNetwork, feeds: dict[str, Array]
) -> None:
    answers: Iterator[bool] = iter([True, False])
    with pytest.raises(Dropped):
        network.run(feeds, lambda: next(answers))
    assert next(answers, None) is None
