"""The lines of the floor's measurement, and how its figures are printed."""

from __future__ import annotations

import io

import numpy as np
import pytest
from rich.console import Console

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.audio.voiced import speech_rms
from appliance.bench.floor import (
    ASKS_AT_S,
    BELOW_DB,
    CALLER_DBFS,
    FarVoice,
    FloorReport,
    at_dbfs,
    over_television,
)
from appliance.bench.report import print_floor
from appliance.caller.line import make_line
from tests.fakes.clips import SENTENCES, STRANGE, clip

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("below_db", BELOW_DB)
def test_the_television_is_heard_from_the_first_moment_and_so_far_below_the_caller(
    below_db: float,
) -> None:
    question = make_line("question", at_dbfs(clip(SENTENCES[0]), CALLER_DBFS))
    television = at_dbfs(clip(STRANGE[0]), CALLER_DBFS)
    line = over_television(question, television, below_db, 0.5)
    assert line.barge_in_ms == 0
    assert line.voice_start / WIRE_RATE_HZ >= ASKS_AT_S
    before = line.pcm[: round(ASKS_AT_S * WIRE_RATE_HZ)]
    level_dbfs = 20 * np.log10(speech_rms(before / 32768, WIRE_RATE_HZ))
    assert level_dbfs == pytest.approx(CALLER_DBFS - below_db, abs=1.0)


def test_every_figure_has_its_goal_beside_it() -> None:
    far = tuple(FarVoice(below_db, 3, 1, 0) for below_db in BELOW_DB)
    page = io.StringIO()
    print_floor(Console(file=page, width=200), FloorReport("anna", 6, 1, 7, 2, 4, 3, far))
    text = page.getvalue()
    assert "1 of 6 backchannels stopped the agent (goal 5 %)" in text
    assert "2 of 7 interruptions missed (goal 2 %)" in text
    assert "3 of 4 hesitations answered (goal 0)" in text
    assert text.count("1 disturbed, 0 with its words in the caller's (goal 0)") == len(BELOW_DB)
