"""Whether a dictation goes on, which tells how long to wait."""

from datetime import date

import pytest

from appliance.dictation.progress import Progress, progress
from appliance.language.dictation_words import Kind

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 1)
NONE, GOING_ON, COMPLETE = Progress


@pytest.mark.parametrize(
    ("text", "expected", "how_far"),
    [
        ("my number is four two", None, GOING_ON),
        ("my number is oh", None, GOING_ON),
        ("four two", None, GOING_ON),
        ("S M I", None, GOING_ON),
        ("my email is anna", None, GOING_ON),
        ("my email is anna dot smith at example dot com", None, COMPLETE),
        ("at nine", None, NONE),
        ("at four thirty", None, NONE),
        ("I have two or three", None, NONE),
        ("how are you", None, NONE),
        ("seven", "digits", GOING_ON),
        ("double", "digits", GOING_ON),
        ("I do not know it", "digits", NONE),
        ("S", "name", GOING_ON),
        ("anna", "email", GOING_ON),
        ("anna at example dot co", "email", GOING_ON),
        ("anna at example dot com", "email", COMPLETE),
        ("the fourteenth", "date", GOING_ON),
        ("the fourteenth of March", "date", GOING_ON),
        ("the fourteenth of March nineteen", "date", GOING_ON),
        ("the fourteenth of March nineteen eighty seven", "date", COMPLETE),
        ("well", "date", NONE),
    ],
)
def test_it_follows_the_words(text: str, expected: Kind | None, how_far: Progress) -> None:
    assert progress(text, "en", today=TODAY, expected=expected) is how_far


def test_a_known_length_completes_a_number() -> None:
    for said, far in (("one two three", GOING_ON), ("one two three four", COMPLETE)):
        assert progress(said, "en", today=TODAY, expected="digits", length=4) is far
