"""Whole samples out of bytes cut anywhere."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.samples import SampleReader

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("size", [1, 2, 3, 319, 321, 1000])
def test_odd_cuts_lose_and_shift_nothing(size: int) -> None:
    sound = np.arange(-1000, 1000, dtype=np.int16)
    data, reader = sound.astype("<i2").tobytes(), SampleReader()
    pieces = [reader.feed(data[at : at + size]) for at in range(0, len(data), size)]
    assert np.array_equal(np.concatenate(pieces), sound)


def test_half_a_sample_at_the_end_is_no_sample() -> None:
    reader = SampleReader()
    assert reader.feed(b"\x01\x02\x03").tolist() == [0x0201]
    assert reader.feed(b"").size == 0
