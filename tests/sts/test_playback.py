"""What waits to be heard: pieces of any length in, Frames out, in order and no more than given."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audio.frame import pcm_from_bytes
from appliance.sts.playback import REST_FRAMES, START_FRAMES, Playback

pytestmark = pytest.mark.unit


def tone(samples: int, start: int = 1) -> np.ndarray:
    return np.arange(start, start + samples).astype(np.int16)


def drained(playback: Playback, beats: int) -> list[bytes | None]:
    return [playback.next_frame() for _ in range(beats)]


def sound(frames: list[bytes | None]) -> np.ndarray:
    return pcm_from_bytes(b"".join(frame for frame in frames if frame))


@given(st.lists(st.integers(0, 700), max_size=20))
def test_pieces_of_any_length_leave_whole_and_in_order(sizes: list[int]) -> None:
    playback, given_ = Playback(8000), tone(sum(sizes))
    at = 0
    for size in sizes:
        playback.put(given_[at : at + size])
        at += size
    playback.finish()
    frames = drained(playback, sum(sizes) // 160 + 1 + START_FRAMES)
    assert all(frame is None or len(frame) == 320 for frame in frames)
    heard = sound(frames)
    assert np.array_equal(heard[: len(given_)], given_)
    assert not heard[len(given_) :].any()


def test_two_frames_are_said_at_once() -> None:
    playback = Playback(8000)
    playback.put(tone(320))
    assert playback.waiting_s == 0.04
    assert all(drained(playback, 2))


def test_one_frame_waits_for_a_second_but_not_for_long() -> None:
    playback = Playback(8000)
    playback.put(tone(160))
    assert drained(playback, START_FRAMES) == [None] * START_FRAMES
    assert playback.next_frame() is not None


def test_less_than_a_frame_is_said_when_nothing_follows() -> None:
    playback = Playback(8000)
    playback.put(tone(100))
    frames = drained(playback, REST_FRAMES + START_FRAMES + 1)
    assert np.array_equal(sound(frames)[:100], tone(100))


def test_clearing_leaves_a_frame_that_fades_out() -> None:
    playback = Playback(8000)
    playback.put(np.full(8000, 8000, np.int16))
    drained(playback, 3)
    playback.clear()
    faded, *silence = drained(playback, 10)
    assert faded is not None
    samples = pcm_from_bytes(faded)
    assert samples[0] == 8000
    assert samples[-1] == 0
    assert silence == [None] * 9


def test_clearing_what_nobody_has_heard_leaves_nothing_and_twice_is_once() -> None:
    playback = Playback(8000)
    playback.put(tone(8000))
    playback.clear()
    playback.clear()
    assert drained(playback, 10) == [None] * 10


def test_what_was_half_a_frame_before_clearing_is_not_heard_after_it() -> None:
    playback = Playback(8000)
    playback.put(tone(100))
    playback.clear()
    playback.put(tone(320, start=5000))
    assert np.array_equal(sound(drained(playback, 5)), tone(320, start=5000))
