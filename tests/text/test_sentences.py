"""Utterances of a reply."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.text.sentences import (
    FIRST_WORDS,
    REPLY_CHARS,
    WORDS,
    SentenceSplitter,
    utterances_of,
)

pytestmark = pytest.mark.unit

PARTS = (
    "Dr. Smith|a.m.|p.m.|No. 5|No.|9.30|3.14|1,250|...|…|Well|Yes|yes,|we are open|from|nine|to "
    "five.|Really?|Oh!|e.g.|U.S.|St.|incl.|5.|Nov|"
    "Monday|The|3.|the clinic|St. Mary|(near the station).|\n- one|2.|and|because|,|:|。"
).split("|")
texts = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=40).map(" ".join),
    st.text("ab .,!?…\n10", max_size=80),
)


def utterances(*deltas: str) -> list[str]:
    splitter = SentenceSplitter()
    done = [utterance for delta in deltas for utterance in splitter.push(delta)]
    return done + splitter.flush()


@settings(deadline=None)
@given(texts, st.lists(st.integers(0, 300), max_size=12))
def test_the_pieces_do_not_depend_on_how_the_deltas_fall(text: str, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    deltas = [text[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    assert utterances(*deltas) == utterances(text) == utterances(*text)


@settings(deadline=None)
@given(texts)
def test_no_word_is_lost_and_no_piece_is_empty(text: str) -> None:
    found = utterances(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(utterance == utterance.strip() != "" for utterance in found)


@settings(deadline=None)
@given(st.lists(st.sampled_from("one two and because three with".split()), max_size=150))
def test_no_piece_grows_without_end(words: list[str]) -> None:
    found = utterances(" ".join(words))
    assert all(len(utterance.split()) <= WORDS for utterance in found)
    assert not found or len(found[0].split()) <= FIRST_WORDS + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We open at nine, and close at five. Goodbye.",
         ["We open at nine,", "and close at five.", "Goodbye."]),
        ("Yes, we are. Of course, we close at five.",
         ["Yes, we are.", "Of course, we close at five."]),
        ("Dr. Smith is in. Ask for No. 5 please.", ["Dr. Smith is in.", "Ask for No. 5 please."]),
        ("No. We are closed.", ["No.", "We are closed."]),
        ("Open at 9 a.m. on Monday. Come.", ["Open at 9 a.m. on Monday.", "Come."]),
        ("Open at 9 a.m. We close late.", ["Open at 9 a.m.", "We close late."]),
        ("It is 9.30 now. Pi is 3.14 or so.", ["It is 9.30 now.", "Pi is 3.14 or so."]),
        ("Well... let me see. Ah… Yes.", ["Well... let me see.", "Ah…", "Yes."]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("One\nTwo\n\nThree", ["One", "Two", "Three"]),
        ("Really?! Oh.", ["Really?!", "Oh."]),
        ("J. R. Smith wrote it. Yes.", ["J. R. Smith wrote it.", "Yes."]),
        ("It costs 5 dollars incl. VAT today. Yes.",
         ["It costs 5 dollars incl. VAT today.", "Yes."]),
        ("Come at 9 a.m. Monday. Or at 5 p.m. We wait.",
         ["Come at 9 a.m. Monday.", "Or at 5 p.m.", "We wait."]),
        ("The U.S. Embassy is near. I live in the U.S. The food is good.",
         ["The U.S. Embassy is near.", "I live in the U.S.", "The food is good."]),
        ("We are at 5 Main St. Come in. Ask at St. Mary's.",
         ["We are at 5 Main St.", "Come in.", "Ask at St. Mary's."]),
        ("On 5. Nov 2020. How many? 3. Anything else?",
         ["On 5. Nov 2020.", "How many?", "3.", "Anything else?"]),
        ("1. Tea. 2. Milk.", ["1. Tea.", "2. Milk."]),
        ("Approx. Ten are here.", ["Approx. Ten are here."]),
        ("Monday, May 4, 2026, is free.", ["Monday, May 4, 2026,", "is free."]),
        ("今日は。元気です。", ["今日は。", "元気です。"]),
        ("", []),
        ("  \n ", []),
    ],
)  # fmt: skip
def test_cuts_stand_at_ends_of_sentences_and_nowhere_else(text: str, expected: list[str]) -> None:
    assert utterances(text) == expected


def test_a_long_first_piece_is_cut_before_a_joining_word() -> None:
    text = "we are in the old house on the left side of the street because it is nice."
    assert utterances(text)[0] == "we are in the old house on the left side"


def test_a_later_piece_that_has_become_too_long_goes_back_to_the_end_of_a_clause() -> None:
    text = (
        "Of course. We can do that on the phone on Monday or on Tuesday or a bit later this week."
    )
    assert utterances(text)[1] == "We can do that on the phone on Monday or on Tuesday"
    short = "Of course. We can do that on the phone on Monday or on Tuesday."
    assert utterances(short) == [
        "Of course.",
        "We can do that on the phone on Monday or on Tuesday.",
    ]


def test_behind_a_short_piece_none_is_so_long_that_its_sound_would_come_late() -> None:
    words = (
        "So we walked along the river until noon and then took a boat that was going to the sea "
    )
    found = utterances("Yes. " + words * 5)
    assert found[0] == "Yes."
    lengths = [len(utterance.split()) for utterance in found]
    assert all(after <= max(12, 4 * before) for before, after in itertools.pairwise(lengths))
    assert max(lengths) > 24  # and grow as there is time


def test_a_cut_never_falls_beside_a_number() -> None:
    text = "our number in the big city over the sea is this 020 7946 0000 and then some more words"
    assert any("this 020 7946 0000 and" in utterance for utterance in utterances(text))


def test_a_question_is_ready_as_soon_as_a_space_follows() -> None:
    splitter = SentenceSplitter()
    assert splitter.push("How are you?") == []
    assert splitter.push(" ") == ["How are you?"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Am 3. Mai ab 9. Danach z. B. im 2. Stock. Ja.",
         ["Am 3. Mai ab 9.", "Danach z. B. im 2. Stock.", "Ja."]),
        ("de", "Hauptstr. 12 bzw. Nr. 5. Danke.", ["Hauptstr. 12 bzw. Nr. 5.", "Danke."]),
        ("fr", "M. Dupont est là. Mme Martin aussi.", ["M. Dupont est là.", "Mme Martin aussi."]),
        ("es", "El Sr. López y la Dra. Ruiz. Sí.", ["El Sr. López y la Dra. Ruiz.", "Sí."]),
        ("it", "Il Sig. Rossi, n. 5. Bene.", ["Il Sig. Rossi,", "n. 5.", "Bene."]),
        ("nl", "Dhr. de Vries komt bijv. Morgen. Ja.", ["Dhr. de Vries komt bijv. Morgen.", "Ja."]),
        ("pt", "O Sr. Silva e a Dra. Costa. Sim.", ["O Sr. Silva e a Dra. Costa.", "Sim."]),
        ("xx", "Dr. Who is in. Yes.", ["Dr. Who is in.", "Yes."]),
    ],
)  # fmt: skip
def test_abbreviations_are_those_of_the_language(
    language: str, text: str, expected: list[str]
) -> None:
    assert utterances_of(text, language) == expected


@pytest.mark.parametrize("shape", ["a", "1 ", "A. ", "(", "1. ", "a-", ".", "St. "])
def test_a_reply_without_end_comes_in_pieces_and_ends(shape: str) -> None:
    found = utterances((shape * REPLY_CHARS)[: 5 * REPLY_CHARS])
    assert sum(map(len, found)) <= REPLY_CHARS
    assert max(map(len, found)) <= 2 * WORDS * 60
