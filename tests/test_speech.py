"""Files in, words out, with a recogniser that is a script."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.engines.base import Transcript
from appliance.errors import EngineBusy
from appliance.speech import _understand

pytestmark = pytest.mark.unit


class Counting:
    """A session whose words are the seconds of each segment; busy every third time."""

    partial = Transcript("")

    def __init__(self) -> None:
        self.samples = 0
        self.calls = 0

    def feed(self, pcm: Pcm) -> None:
        self.calls += 1
        if self.calls % 3 == 0:
            raise EngineBusy("scripted", "not now")
        self.samples += pcm.size

    async def finish(self) -> Transcript:
        seconds, self.samples = self.samples / 8000, 0
        return Transcript(f"{seconds:.1f}" if seconds else "", final=True)

    async def close(self) -> None: ...


async def test_a_short_file_is_one_segment() -> None:
    assert await _understand(Counting(), np.ones(8000, dtype=np.int16), 8000) == "1.0"


async def test_a_long_file_is_cut_at_the_first_quiet_place() -> None:
    loud = np.full(8000 * 40, 5000, dtype=np.int16)
    loud[8000 * 18 : 8000 * 19] = 0
    words = (await _understand(Counting(), loud, 8000)).split()
    assert words[0] == "18.2"
    assert sum(map(float, words)) == pytest.approx(40.0)


async def test_a_file_without_pauses_is_cut_before_it_is_too_long() -> None:
    loud = np.full(8000 * 60, 5000, dtype=np.int16)
    words = (await _understand(Counting(), loud, 8000)).split()
    assert max(map(float, words)) <= 25.5
