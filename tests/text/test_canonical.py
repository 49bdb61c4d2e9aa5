"""One form for what recognisers and people write, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.text.canonical import canonical

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Mhm.", "mhm"),
        ("Mm-hmm, okay.", "mhm okay"),
        ("Yes.", "yes"),
        ("And...", "and"),
        ("No. No. No.", "no no no"),
        ("0, 2, 0,", "zero two zero"),
        ("020-7946", "zero two zero seven nine four six"),
        ("555-0123", "five five five zero one two three"),
        ("call 5-5-5", "call five five five"),
        ("The code is 482913.", "the code is four eight two nine one three"),
        ("It is 4821.", "it is four eight two one"),
        ("S-M-I-T-H", "s m i t h"),
        ("9, 10, 11", "nine ten eleven"),
        ("105", "one hundred five"),
        ("one hundred and five", "one hundred five"),
        ("I was born in 1984.", "i was born in nineteen eighty four"),
        ("At 9:30 a.m., please!", "at nine thirty am please"),
        ("five p m", "five pm"),
        ("I am fine", "i am fine"),
        ("It costs $20.", "it costs twenty dollars"),
        ("on May 3rd", "on may third"),
        ("forms, keys, ETC.", "forms keys and so on"),
        ("What’s up? (laughs)", "what is up"),
        ("I can't, you're late.", "i can not you are late"),
        ("[Music]", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_what_is_written_becomes_the_words_that_were_said(written: str, words: str) -> None:
    assert canonical(written) == words


def test_other_languages_keep_their_own_words() -> None:
    assert canonical("Ja, 0171 2!", "de") == "ja null eins sieben eins zwei"
    assert canonical("¿Qué?", "es") == "qué"


@given(st.text(max_size=60))
def test_the_form_of_a_form_is_itself(text: str) -> None:
    words = canonical(text)
    assert words == " ".join(words.split())
    assert words == words.lower()
    assert canonical(words) == words
