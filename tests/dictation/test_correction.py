"""A value put right by what the caller says against it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.dictation.correction import continued, corrected, replaced
from appliance.language.dictation_words import Kind

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 1)
NUMBER = "02079460018"


@pytest.mark.parametrize(
    ("value", "kind", "text", "right"),
    [
        (NUMBER, "digits", "no, seven five", "02075460018"),
        (NUMBER, "digits", "no, seven nine six four", "02079640018"),
        (NUMBER, "digits", "not nine but five", "02075460018"),
        (NUMBER, "digits", "it's five, not nine", "02075460018"),
        (NUMBER, "digits", "no, it ends in one nine", "02079460019"),
        (NUMBER, "digits", "no, it starts with oh three", "03079460018"),
        (NUMBER, "digits", "no, oh two oh seven nine four six double oh one nine", "02079460019"),
        (NUMBER, "digits", "no", None),
        (NUMBER, "digits", "no, five", None),
        ("11111111", "digits", "no, one two", None),
        ("SMITH", "name", "no, S M Y T H", "SMYTH"),
        ("SMITH", "name", "no, M Y T", "SMYTH"),
        ("a@example.com", "email", "no, b at example dot com", "b@example.com"),
        ("1987-03-14", "date", "no, the fifteenth of March 1987", "1987-03-15"),
    ],
)
def test_the_part_that_is_plainly_meant_is_replaced(
    value: str, kind: Kind, text: str, right: str | None
) -> None:
    assert corrected(value, kind, text, "en", today=TODAY) == right


def test_the_rest_of_a_short_number_is_added() -> None:
    assert continued("0207", "digits", "946 0018", None, "en") == NUMBER
    assert continued("0207", "digits", "0207 946", None, "en") is None
    assert continued("0207946", "digits", "0018", None, "en") is None
    assert continued("0207946", "digits", "0018", 11, "en") == NUMBER


@given(
    st.text("0123456789", min_size=3, max_size=12), st.text("0123456789", min_size=1, max_size=12)
)
def test_a_part_keeps_the_length_and_stands_in_the_value_then(value: str, said: str) -> None:
    right = replaced(value, said)
    if right is not None:
        assert len(right) == len(value)
        assert said in right
