"""Loops of a recogniser, and what people do say several times."""

import pytest

from appliance.engines.repetition import is_repeating

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("No. " * 27, 3.0),
        ("no " * 7, 5.0),
        ("Thank you. Thank you. Thank you. Thank you.", 6.0),
        ("we are here and we are here and we are here and", 8.0),
        ("one two three four five six seven eight nine ten", 1.0),
        ("I would like to know when you are open on Saturday, because " * 3, 20.0),
    ],
)
def test_a_loop_is_found(text: str, seconds: float) -> None:
    assert is_repeating(text, seconds)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", 1.0),
        ("No, no, no, no, no, no.", 3.0),
        ("yes yes", 0.6),
        ("Bye-bye.", 0.5),
        ("0-0-0-0-0-0", 3.0),
        ("hello hello can you hear me", 2.0),
        ("no thank you, no thank you", 2.0),
        ("what time do you open and what time do you close", 3.0),
    ],
)
def test_what_people_say_is_no_loop(text: str, seconds: float) -> None:
    assert not is_repeating(text, seconds)
