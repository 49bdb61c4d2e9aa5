"""What the caller heard."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.text.heard import heard_text

pytestmark = pytest.mark.unit

TEXT = "We open at nine."
ENDS = ((2, 0.2), (7, 0.6), (10, 0.8), (16, 1.3))


@pytest.mark.parametrize(
    ("heard_s", "expected"),
    [(0.0, ""), (0.19, ""), (0.2, "We"), (0.79, "We open"), (1.29, "We open at"), (1.4, TEXT)],
)
def test_a_word_counts_when_it_is_over(heard_s: float, expected: str) -> None:
    assert heard_text(TEXT, ENDS, 1.4, heard_s) == expected


@pytest.mark.parametrize(
    ("heard_s", "expected"), [(-1.0, ""), (0.1, ""), (0.8, "We open"), (1.6, TEXT), (9.0, TEXT)]
)
def test_without_timing_every_character_lasts_equally_long(heard_s: float, expected: str) -> None:
    assert heard_text(TEXT, (), 1.6, heard_s) == expected


def test_nothing_is_heard_of_an_utterance_without_sound() -> None:
    assert heard_text("", (), 0.0, 1.0) == heard_text("We", (), 0.0, 0.0) == ""


@settings(deadline=None)
@given(st.text("ab ,.", max_size=60), st.floats(0.01, 60), st.floats(0, 1))
def test_what_was_heard_is_a_beginning_that_grows(text: str, length_s: float, share: float) -> None:
    heard = heard_text(text, (), length_s, share * length_s)
    assert text.strip().startswith(heard)
    assert heard_text(text, (), length_s, length_s) == text.strip()
    assert not heard or text.strip()[len(heard) :][:1].isspace() or heard == text.strip()
