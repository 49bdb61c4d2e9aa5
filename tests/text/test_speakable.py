"""Text as it is spoken."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.text.sentences import utterances_of
from appliance.text.speakable import MOST_CHARS, speakable

pytestmark = pytest.mark.unit

TABLE = Path(__file__).parent.parent / "data" / "spoken_texts.tsv"
"""What was once spoken wrongly, by class, and what is said."""

PARTS = (
    "9:30 am|17:00|9 a.m.|5 p.m. We|£40|$5.50|€12|1,250.75|3 May|2026-05-03|May 3rd, 2026|1st|"
    "22nd|020 7946 0000|+44 20 7946 0018|50%|Dr. Smith|Mill St.|St. Mary|e.g.|i.e. x|No. 5|#3|"
    "½|-5|24/7|Mon-Fri|Sat 10-2|20°C|5 kg|3.14|007|112|A4|x@y.example|**b**|_i_|(c)|—|…|“q”|"
    "\n- l|\n1. n|😀|<think>t</think>|【1】|[2]|https://a.example/b|&|+|=|/|word|We|.|,|:|?|2026|"
    "1999-2004|10.000|0.5|<b>|| a | b ||1.|)|(|*|#|*98|-£5|12/25|3/5/2026|1/2 hour|ext. 204|"
    "BA245|v2.0.1|10^6|St.|U.S.|w/o|Henry VIII|9.30.|5. Nov|x204|m²|$2m|4:1|3x3|~20|PIN 1234|"
    "Привет|王|①|\ud800|Ｈ|www.a.example/b?c"
).split("|")
texts = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PARTS), max_size=6).map("".join),
    st.text(max_size=40),
)


@settings(deadline=None)
@given(texts, st.sampled_from(["en", "en-US", "de", "fr", "es", "it", "nl", "pt", "xx"]))
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
        ("de", "Um 9:30 Uhr, €12, 3,5", "Um neun Uhr dreißig, zwölf Euro, drei Komma fünf"),
        ("de", "1.250 Tage", "tausendzweihundertfünfzig Tage"),
        ("sv", "21 dagar", "tjugoett dagar"),
        ("fr", "21 jours", "vingt et un jours"),
        ("xx", "3 days", "3 days"),
    ],
)
def test_other_languages_read_numbers(language: str, text: str, expected: str) -> None:
    assert speakable(text, language) == expected


def table() -> list[tuple[str, str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            (row["language"], row["written"].replace("\\u200b", "\u200b"), row["said"])
            for row in rows
        ]


@pytest.mark.parametrize(("language", "written", "said"), table())
def test_what_is_written_is_what_is_said(language: str, written: str, said: str) -> None:
    spoken = [speakable(utterance, language) for utterance in utterances_of(written, language)]
    assert " | ".join(spoken) == said


@pytest.mark.parametrize(
    ("text", "british", "american"),
    [
        ("3/5/2026", "the third of May twenty twenty six", "March fifth twenty twenty six"),
        ("on 3/5", "on the third of May", "on March fifth"),
        ("25/12", "the twenty fifth of December", "the twenty fifth of December"),
        ("12/25", "December twenty fifth", "December twenty fifth"),
        ("2026-05-03", "the third of May twenty twenty six", "the third of May twenty twenty six"),
        ("Press #.", "Press hash.", "Press pound."),
    ],
)
def test_the_country_of_the_agent_decides_where_a_date_is_unclear(
    text: str, british: str, american: str
) -> None:
    assert speakable(text, "en") == speakable(text, "en-GB") == british
    assert speakable(text, "en-US") == american


@pytest.mark.parametrize(
    "sentence",
    [
        "No. That is all we have, I am afraid.",
        "The sun sat low in the west, and us three sat in the garden.",
        "May I march in with Mark, or will you mar the day?",
        "It's the patients' entrance, not the visitors'.",
        "I am in, so to speak, and she is out.",
        "Will Jan see Dr Who, or is it art for the art of it?",
        "He had a cold, a cough, and no time at all.",
        "Our maître d' is called Zoë.",
        "An hour in the min of it, a mix of oats and a gal from Fife.",
    ],
)
def test_an_ordinary_sentence_is_said_as_it_is(sentence: str) -> None:
    expected = sentence.replace("Dr Who", "Doctor Who")
    assert speakable(sentence) == expected


SHAPES = (
    "a|1|1,|1.|1-|1 |1/|1:|9.30 |12:30 |[|(|](|[a](|*|**|*a |_|a_|`|| |~|#|<|<a|<think>|【|\u0301|"
    "א|م|王|Ж|\ud800|😀|…|. |£1 |1st |May 3 |Dr. |$|- |a-1-|A1|AB12 |@|a@b.|www.a.|http://|/a|IV |"
    "call 1|1/2 |½|x^2|°|'|\"|, |::|1 000 |+1 |(0) |St. |A. |1.2.3.|=|~5|\\|$$|12/24-|Mon-|9am-|\n|"
    "1) |->|w/|1m"
).split("|")


@pytest.mark.parametrize("language", ["en", "de", "nl"])
def test_no_shape_of_text_costs_much_more_than_prose(language: str) -> None:
    """Of so many characters as an utterance may have: a pattern that looks at each of them again
    for every other would take some hundred times as long."""

    def cost_s(text: str) -> float:
        costs = []
        for _ in range(2):
            begun = time.process_time()
            speakable(text, language)
            costs.append(time.process_time() - begun)
        return min(costs)

    prose = "We open at 9:30 on 3 May and it costs £5.50, or call 020 7946 0000 for more. "
    usual_s = cost_s((prose * 20)[:MOST_CHARS])
    for shape in filter(None, SHAPES):
        text = (shape * MOST_CHARS)[:MOST_CHARS]
        assert cost_s(text) < 15 * usual_s, shape


@settings(deadline=None)  # the first text of a language loads its rules
@given(st.sampled_from(SHAPES).filter(bool), st.sampled_from(["en", "de"]))
def test_of_a_text_without_end_only_the_beginning_is_spoken(shape: str, language: str) -> None:
    text = shape * (100_000 // len(shape))
    assert speakable(text, language) == speakable(text[:MOST_CHARS], language)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("Привет, Anna", "en", "Privet, Anna"),
        ("Привет", "ru", "Привет"),
        ("Good day 王伟", "de", "Good day Wang Wei"),
        ("Ｈｅｌｌｏ 𝐇𝐞𝐥𝐥𝐨 ① ﬁne", "en", "Hello Hello one fine"),
        ("٣ café\u0301\u0301\u0301", "en", "three café"),
        ("so\u00adft 👋🏽 zero\u200bwidth\ud800", "en", "soft zero width"),
    ],
)
def test_a_voice_gets_no_letter_that_it_would_spell(text: str, language: str, said: str) -> None:
    assert speakable(text, language) == said
