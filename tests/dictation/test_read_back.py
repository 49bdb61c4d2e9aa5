"""What is read back can be checked, and means the value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.dictation.read_back import groups, read_back
from appliance.dictation.reader import read
from appliance.language.dictation_words import Kind
from appliance.language.english_dictation import DICTATION
from appliance.text.speakable import speakable

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("02079460018", "digits", "zero two zero, seven nine four six, zero zero one eight"),
        ("+44207946", "digits", "plus four four two zero, seven nine four six"),
        ("SMITH", "name", "S, M, I, T, H"),
        ("AB123", "code", "A, B, one two three"),
        ("anna_b@example.co.uk", "email", "A, N, N, A, underscore, B, at example dot co dot uk"),
        ("1987-03-14", "date", "14 March 1987"),
    ],
)  # fmt: skip
def test_a_value_is_said_so_that_it_can_be_checked(value: str, kind: Kind, said: str) -> None:
    assert read_back(value, kind, "en") == said


def test_letters_that_were_wrong_once_get_a_word_each() -> None:
    assert read_back("SM", "name", "en", spelt=True) == "S for Sierra, M for Mike"


def test_a_letter_o_among_digits_is_never_taken_for_a_zero() -> None:
    assert read_back("O7", "code", "en") == "O for Oscar, seven"


def test_a_date_is_spoken_with_its_ordinal() -> None:
    said = speakable(read_back("1987-03-14", "date", "en"))
    assert said == "the fourteenth of March nineteen eighty seven"


@given(st.text("0123456789", min_size=1, max_size=32))
def test_groups_are_all_of_a_number(digits: str) -> None:
    assert "".join(groups(digits)) == digits
    assert "".join(groups(f"+{digits}")) == f"+{digits}"


DIGITS = st.from_regex(r"\+?[0-9]{3,16}", fullmatch=True)
LETTERS = st.from_regex(r"[A-Z]{2,12}", fullmatch=True).filter(
    lambda name: name.lower() not in DICTATION.fillers
)
CODES = st.from_regex(r"[A-Z0-9]{0,9}[0-9]", fullmatch=True)
ADDRESSES = st.from_regex(
    r"[b-h]{2,9}([._+-][b-h]{2,5})?[0-9]{0,3}@[k-n]{3,9}\.(com|de)", fullmatch=True
)
DATES = st.dates(date(1900, 1, 1), date(2025, 12, 31)).map(date.isoformat)
VALUES = st.one_of(
    st.tuples(st.just("digits"), DIGITS),
    st.tuples(st.just("name"), LETTERS),
    st.tuples(st.just("code"), CODES),
    st.tuples(st.just("email"), ADDRESSES),
    st.tuples(st.just("date"), DATES),
)


@given(VALUES, st.booleans())
def test_what_is_read_back_means_the_value(dictated: tuple[Kind, str], spelt: bool) -> None:
    kind, value = dictated
    said = read_back(value, kind, "en", spelt=spelt)
    found = read(said, kind, "en", today=TODAY)
    assert found is not None
    assert found.value == value


@given(VALUES.filter(lambda dictated: dictated[0] != "code" or "O" not in dictated[1]))
def test_a_value_as_it_is_written_means_itself(dictated: tuple[Kind, str]) -> None:
    kind, value = dictated
    found = read(value, kind, "en", today=TODAY)
    assert found is not None
    assert found.value == value
