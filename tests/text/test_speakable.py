"""Text as it is spoken."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.text.speakable import speakable

pytestmark = pytest.mark.unit

PARTS = (
    "9:30 am|17:00|9 a.m.|5 p.m. We|£40|$5.50|€12|1,250.75|3 May|2026-05-03|May 3rd, 2026|1st|22nd|"
    "020 7946 0000|+44 20 7946 0018|50%|Dr. Smith|Mill St.|St. Mary|e.g.|i.e. x|No. 5|#3|½|-5|24/7|"
    "Mon-Fri|Sat 10-2|20°C|5 kg|3.14|007|112|A4|x@y.example|**b**|_i_|(c)|—|…|“q”|\n- l|\n1. n|😀|"
    "<think>t</think>|【1】|[2]|https://a.example/b|&|+|=|/|word|We|.|,|:|?|2026|1999-2004|10.000|0.5|"
    "<b>|| a | b ||1.|)|("
).split("|")
texts = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PARTS), max_size=6).map("".join),
    st.text(max_size=40),
)


@settings(deadline=None)
@given(texts, st.sampled_from(["en", "en-GB", "de", "fr", "xx"]))
def test_what_is_speakable_stays_as_it_is(text: str, language: str) -> None:
    once = speakable(text, language)
    assert speakable(once, language) == once
    assert "\n" not in once


@settings(deadline=None)
@given(texts)
def test_english_is_left_without_figures(text: str) -> None:
    assert not any(char in "0123456789£$€%@#*|<>" for char in speakable(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We open at 9:30 am.", "We open at nine thirty AM."),
        ("From 9 a.m. to 5 p.m. We rest.", "From nine AM to five PM. We rest."),
        ("17:00, 9:05, 12:00, 0:30", "five PM, nine oh five, twelve o'clock, twelve thirty AM"),
        ("from 9.30 to 17.00", "from nine thirty to five PM"),
        ("9-5 and 5pm-6pm", "nine to five and five PM to six PM"),
        ("£40, $5.50, €12.00, £1, £0.50", "forty pounds, five dollars and fifty cents, twelve "
         "euros, one pound, fifty pence"),
        ("£1.2 million", "one point two million pounds"),
        ("1,250 people, 3.5 percent, 50%", "one thousand two hundred and fifty people, three point "
         "five percent, fifty percent"),
        ("on 3 May", "on the third of May"),
        ("on May 3rd, 2026", "on May third twenty twenty six"),
        ("2026-05-03", "the third of May twenty twenty six"),
        ("in 1999", "in nineteen ninety nine"),
        ("2020-2026", "twenty twenty to twenty twenty six"),
        ("the 1st and the 22nd", "the first and the twenty second"),
        ("020 7946 0018", "zero two zero, seven nine four six, zero zero one eight"),
        ("+44 20 7946 0018", "plus four four, two zero, seven nine four six, zero zero one eight"),
        ("Call 112 or extension 204.", "Call one one two or extension two zero four."),
        ("Dr. Smith, 12 Mill St.", "Doctor Smith, twelve Mill Street."),
        ("St. Mary's, No. 5", "Saint Mary's, number five"),
        ("Mon-Fri, e.g. Monday", "Monday to Friday, for example Monday"),
        ("hello@quay.example", "hello at quay dot example"),
        ("20°C, 5 kg, 1 min", "twenty degrees Celsius, five kilograms, one minute"),
        ("yes — of course (really)", "yes, of course, really"),
        ("**Yes**, 2 😀", "Yes, two"),
        ("😀 ...", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_english_reads_well(text: str, expected: str) -> None:
    assert speakable(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Um 9:30 Uhr, €12, 3,5", "Um neun dreißig Uhr, zwölf Euro, drei Komma fünf"),
        ("de", "1.250 Tage", "eintausendzweihundertfünfzig Tage"),
        ("fr", "21 jours", "vingt et un jours"),
        ("xx", "3 days", "3 days"),
    ],
)
def test_other_languages_read_numbers(language: str, text: str, expected: str) -> None:
    assert speakable(text, language) == expected
