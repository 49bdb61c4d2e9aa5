"""What was dictated, out of the words of a recogniser."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.dictation.reader import read, read_said_name, read_unasked
from appliance.language.dictation_words import Kind
from appliance.language.english_dictation import DICTATION

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 1)


def value(text: str, kind: Kind, language: str = "en") -> str | None:
    found = read(text, kind, language, today=TODAY)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("oh two oh seven nine four six double oh one eight", "02079460018"),
        ("It's 020-7946, double-oh 18.", "02079460018"),
        ("0, 2, 0, 7, 9, 4, 6.", "0207946"),
        ("plus forty four twenty seventy nine forty six", "+44207946"),
        ("+44 20 7946 0018", "+442079460018"),
        ("nought seven triple seven", "07777"),
        ("treble five quadruple one", "5551111"),
        ("seventy nine forty six", "7946"),
        ("oh eight hundred, two two", "080022"),
        ("two thousand and seven", "2007"),
        ("seven hundred and five", "705"),
        ("double seventeen", "117"),
        ("fourteen, thirty, six", "14306"),
        ("um, nine, and then, four", "94"),
        ("L, 7, 5, 2, 1, do, nine", "0752129"),
        ("same one as always, oh one six one, four nine six", "0161496"),
        ("three one, no sorry, three four one five nine", "34159"),
        ("oh two oh seven nine four five, sorry, four six", "0207946"),
        ("I do not have it here", None),
        ("", None),
    ],
)
def test_numbers_are_read_in_all_ways_that_people_say_them(text: str, written: str | None) -> None:
    assert value(text, "digits") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("S-M-I-T-H", "SMITH"),
        ("S. M. I. T. H.", "SMITH"),
        ("SMITH", "SMITH"),
        ("It's Smith, S M I T H.", "SMITH"),
        ("are why tea you", "RYTU"),
        ("bee, see, double you, zed", "BCWZ"),
        ("sierra mike india tango hotel", "SMITH"),
        ("F for Sierra, N as in Mike, I, T like Tommy, H is for hotel", "SMITH"),
        ("X as in exit, A, N", "XAN"),
        ("E double L I S", "ELLIS"),
        ("Ferris with double R, F E double R I S", "FERRIS"),
        ("Z O Y A, with a zed", "ZOYA"),
        ("N O, no sorry, M O R R I S", "MORRIS"),
        ("I would like to pay", None),
    ],
)
def test_names_are_read_letter_by_letter(text: str, written: str | None) -> None:
    assert value(text, "name") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("A B one two three", "AB123"),
        ("BK 004 C", "BK004C"),
        ("B K oh oh four C", "BK004C"),
        ("S W one A two double A", "SW1A2AA"),
        ("capital D, capital S, five one nine", "DS519"),
        ("M, O, P", "MOP"),
    ],
)
def test_codes_hold_both(text: str, written: str) -> None:
    assert value(text, "code") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("anna dot smith at example dot com", "anna.smith@example.com"),
        ("It's Anna.Smith@example.com.", "anna.smith@example.com"),
        ("M-A-R-T-A at example dot com", "marta@example.com"),
        ("my email is info at example.org", "info@example.org"),
        ("b underscore seven oh seven at example dot co dot uk", "b_707@example.co.uk"),
        ("reception at example hyphen hotel dot com", "reception@example-hotel.com"),
        ("old mill farm at example dot com, all one word", "oldmillfarm@example.com"),
        ("skaterdan double nine at example dot com", "skaterdan99@example.com"),
        ("anna plus news at example full stop com", "anna+news@example.com"),
        ("I am at home", None),
        ("anna at example", None),
    ],
)
def test_addresses_are_read_as_they_are_spoken(text: str, written: str | None) -> None:
    assert value(text, "email") == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("the fourteenth of March nineteen eighty seven", "1987-03-14"),
        ("March 14th, 1987", "1987-03-14"),
        ("14 March 87", "1987-03-14"),
        ("14/03/1987", "1987-03-14"),
        ("14.3.87", "1987-03-14"),
        ("1987-03-14", "1987-03-14"),
        ("fourteen oh three eighty seven", "1987-03-14"),
        ("the fourteenth of the third eighty seven", "1987-03-14"),
        ("one nine eight seven, March the fourteenth", "1987-03-14"),
        ("thirty first of May two thousand and four", "2004-05-31"),
        ("the first of may twenty twenty five", "2025-05-01"),
        ("sixteenth July oh three", "2003-07-16"),
        ("the third of May", "2026-05-03"),
        ("the first of February", "2027-02-01"),
        ("the 29th of February", "2028-02-29"),
        ("the 31st of February 1987", None),
        ("may I ask you something", None),
    ],
)
def test_dates_are_read_as_they_are_spoken(text: str, written: str | None) -> None:
    assert value(text, "date") == written


def test_americans_write_the_month_first() -> None:
    assert value("03/04/1987", "date", "en-US") == "1987-03-04"
    assert value("03/04/1987", "date", "en-GB") == "1987-04-03"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("my number is oh two oh seven nine four six", "0207946"),
        ("please ring me at 01865 960428", "01865960428"),
        ("Kowal, that's K O W A L", "KOWAL"),
        ("I was born on the third of May 1980", "1980-05-03"),
        ("my booking code is X R double nine two", "XR992"),
        ("I have two dogs and three cats", None),
        ("are you open on the third of May", None),
        ("I would like a table for two at eight thirty", None),
        ("what time do you close on Friday", None),
        ("I am a plumber", None),
        ("see you tomorrow then", None),
    ],
)
def test_only_what_can_be_nothing_else_is_a_dictation_unasked(
    text: str, written: str | None
) -> None:
    found = read_unasked(text, "en", today=TODAY)
    assert (None if found is None else found.value) == written


def test_the_place_of_the_words_is_known() -> None:
    text = "my number is 020 7946 0018 thanks"
    found = read(text, "digits", "en", today=TODAY)
    assert found is not None
    assert text[found.start : found.end] == "020 7946 0018"


def test_a_name_in_one_word_is_taken_as_it_was_written() -> None:
    found = read_said_name("It's Baker.", "en")
    assert found is not None
    assert found.value == "BAKER"
    assert read_said_name("I do not know", "en") is None


NAMES = {
    digit: [word for word, value in DICTATION.numbers.items() if value == digit and len(word) > 1]
    for digit in "0123456789"
}


@st.composite
def dictated_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """Words in some grouping, and the digits they mean."""
    digits = draw(st.text("0123456789", min_size=3, max_size=16))
    words, at = [], 0
    while at < len(digits):
        one = draw(st.sampled_from(NAMES[digits[at]]))
        run = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        way = draw(st.sampled_from(("one", "repeat", "figures")))
        if way == "repeat" and run in (2, 3):
            words.append(f"{('double', 'triple')[run - 2]} {one}")
            at += run
        elif way == "figures":
            size = draw(st.integers(1, 4))
            words.append(digits[at : at + size])
            at += size
        else:
            words.append(one)
            at += 1
    between = draw(st.sampled_from((" ", ", ", " um ", " ... ")))
    return between.join(words), digits


@given(dictated_numbers())
def test_any_number_comes_back_in_whatever_groups_it_is_said(said: tuple[str, str]) -> None:
    assert value(said[0], "digits") == said[1]


@given(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=12),
    st.sampled_from([" ", ", ", "-", ". "]),
)
def test_any_name_comes_back_letter_by_letter(name: str, between: str) -> None:
    assert value(between.join(name), "name") == name


@given(st.dates(date(1900, 1, 1), date(2025, 12, 31)))
def test_any_date_comes_back_as_it_is_written(day: date) -> None:
    assert value(day.isoformat(), "date") == day.isoformat()
    assert value(f"{day.day} {day:%B} {day.year}", "date") == day.isoformat()
    assert value(f"{day:%B} {day.day}, {day.year}", "date") == day.isoformat()


@given(st.text(max_size=60), st.sampled_from(["digits", "name", "code", "email", "date"]))
def test_no_words_break_it(text: str, kind: Kind) -> None:
    read(text, kind, "en", today=TODAY)
    read_unasked(text, "en", today=TODAY)
