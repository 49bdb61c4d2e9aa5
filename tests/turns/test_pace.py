from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.turns.pace import MOST_MS, Pace

pytestmark = pytest.mark.unit


def paced(*pauses_s: float) -> Pace:
    pace = Pace()
    for pause_s in pauses_s:
        pace.went_on_after(pause_s)
    return pace


def test_one_pause_tells_nothing_about_a_caller() -> None:
    assert paced(0.7).at_least(500) == 500


def test_two_pauses_tell_how_long_the_next_may_be() -> None:
    assert paced(0.56, 0.56).at_least(500) == pytest.approx(700)


def test_gaps_between_phrases_and_new_beginnings_tell_nothing() -> None:
    assert paced(0.2, 0.25, 0.2, 5.0, 9.0).at_least(500) == 500


@given(st.lists(st.floats(0, 20)), st.floats(300, 2000))
def test_a_wait_is_never_shortened_and_its_growth_is_bounded(
    pauses_s: list[float], wait_ms: float
) -> None:
    assert wait_ms <= paced(*pauses_s).at_least(wait_ms) <= wait_ms + MOST_MS
