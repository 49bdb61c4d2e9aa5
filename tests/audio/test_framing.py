import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audio.frame import FRAME_SAMPLES, frame_samples
from appliance.audio.framing import Framer

pytestmark = pytest.mark.unit


@given(st.lists(st.integers(0, 500), max_size=20), st.sampled_from([8000, 16000]))
def test_frames_hold_the_sound_in_order_however_it_was_cut(
    lengths: list[int], rate_hz: int
) -> None:
    sound, size = np.arange(sum(lengths), dtype=np.int16), frame_samples(rate_hz)
    framer = Framer(rate_hz)
    frames, at = [], 0
    for length in lengths:
        frames += framer.feed(sound[at : at + length])
        at += length
    assert len(frames) == sound.size // size
    frames += framer.flush()
    assert all(frame.size == size and frame.dtype == np.int16 for frame in frames)
    joined = np.concatenate(frames) if frames else np.empty(0, np.int16)
    assert np.array_equal(joined[: sound.size], sound)
    assert not joined[sound.size :].any()


def test_a_flushed_framer_starts_afresh() -> None:
    framer = Framer()
    framer.feed(np.ones(10, dtype=np.int16))
    assert framer.flush()[0].sum() == 10
    assert framer.flush() == []
    assert framer.feed(np.ones(FRAME_SAMPLES, dtype=np.int16))[0].all()


def test_what_is_left_over_does_not_change_with_the_callers_buffer() -> None:
    buffer = np.ones(10, dtype=np.int16)
    framer = Framer()
    framer.feed(buffer)
    buffer[:] = 0
    assert framer.flush()[0].sum() == 10
