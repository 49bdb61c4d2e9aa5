"""The agent's channel of a recording."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.caller.track import Track

pytestmark = pytest.mark.unit


def ones(count: int, value: int = 1) -> Pcm:
    return np.full(count, value, dtype=np.int16)


def test_frames_that_arrive_with_jitter_are_joined() -> None:
    track = Track()
    for number, jitter_s in enumerate((0.0, 0.015, 0.002, 0.03)):
        track.put(number * 0.02 + jitter_s, ones(160))
    assert track.samples().tolist() == [1] * 640


def test_a_hole_stays_a_hole() -> None:
    track = Track()
    track.put(0.0, ones(160))
    track.put(0.5, ones(160))
    samples = track.samples()
    assert samples.size == 4000 + 160
    assert not samples[160:4000].any()


def test_a_burst_is_laid_down_one_frame_behind_the_other() -> None:
    track = Track()
    for value in (1, 2, 3):
        track.put(1.0, ones(160, value))
    assert track.cut(8000, 480).tolist() == [1] * 160 + [2] * 160 + [3] * 160


def test_a_cut_outside_of_what_is_there_is_silence() -> None:
    track = Track()
    track.put(0.0, ones(160))
    assert track.cut(-80, 160).tolist() == [0] * 80 + [1] * 80
    assert track.cut(80, 160).tolist() == [1] * 80 + [0] * 80
    assert track.cut(5000, 4).tolist() == [0] * 4


def test_a_long_call_grows_the_track() -> None:
    track = Track()
    track.put(100.0, ones(160))
    assert track.samples().size == 800_160
