import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.agent import Expect
from appliance.dictation.progress import Progress
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Judgement

pytestmark = pytest.mark.unit


def judged(text: str, expect: Expect = "any") -> str:
    return judgement(text, "en", expect=expect).value


@pytest.mark.parametrize(
    "text",
    [
        "Can I come on Monday and",
        "I want to.",
        "I would like",
        "I need to book.",
        "I was wondering whether?",
        "Could I have?",
        "Where is the",
        "Is my",
        "My sister said that",
        "It costs about",
        "If I come on Monday.",
        "When we were there last week",
        "Although I paid the bill",
        "The woman who sold me the ticket.",
        "Hello, I'm.",
        "Hello, they're",
        "The shop has",
        "I've never.",
        "The train does not",
        "A ticket for the third of",
        "So my first question,",
        "So my first question is the price...",
        "And then he —",
        "Could you be so kind as",
        "Do you know where",
        "I am calling",
        "An appointment with mister",
    ],
)
def test_half_a_sentence_is_incomplete(text: str) -> None:
    assert judged(text) == "incomplete"


@pytest.mark.parametrize(
    "text",
    [
        "I would like to speak to a person.",
        "what time do you open",
        "Are you open?",
        "which floor are you on",
        "What is it made of?",
        "Who should I talk to?",
        "Could you tell me what the price is?",
        "Do you know where the station is?",
        "How much is it?",
        "No, I'm not.",
        "Yes, we have.",
        "I do not.",
        "I think so.",
        "I'd rather not.",
        "When do you close?",
        "If I come on Monday, do I need a ticket for the whole week and the pool?",
        "How do I book?",
        "What do I need?",
        "Why?",
        "After lunch.",
        "On Monday.",
        "I am not sure",
        "Yes, that's right.",
        "at nine",
    ],
)
def test_what_can_be_all_is_not_held_up_as_half_a_sentence(text: str) -> None:
    assert judged(text) in ("complete", "doubtful")


@pytest.mark.parametrize("text", ["What time do you open?", "I need a room.", "A table for two."])
def test_a_finished_sentence_is_complete(text: str) -> None:
    assert judged(text) == "complete"


@pytest.mark.parametrize(
    "text",
    ["Hello?", "Are you open in that?", "I need about five hundred.", "Yes, well. and so what it"],
)
def test_what_mostly_goes_on_is_doubtful(text: str) -> None:
    assert judged(text) == "doubtful"


@pytest.mark.parametrize(
    "text", ["Goodbye.", "Thank you, bye!", "Thanks a lot, bye.", "That's all, thanks"]
)
def test_a_goodbye_is_over(text: str) -> None:
    assert judged(text) == "over"


def test_a_yes_is_over_where_it_was_asked_for() -> None:
    assert judged("yes", "yes_no") == judged("no thanks", "yes_no") == "over"
    assert judged("Yes, that's right.") == "complete"
    assert judged("yes but only if", "yes_no") == "incomplete"


def test_a_goodbye_may_follow_thanks() -> None:
    assert judged("No, thank you.") == judged("no thank you", "yes_no") == "complete"


def test_a_dictation_is_waited_for_until_it_is_complete() -> None:
    said = "my number is four two"
    assert judgement(said, "en", dictating=Progress.GOING_ON) is Judgement.DIGITS
    assert judgement(said, "en", dictating=Progress.COMPLETE) is Judgement.COMPLETE


def test_a_word_is_no_answer_to_an_open_question() -> None:
    assert judged("well", "open") == "incomplete"


def test_no_words_are_judged_as_any() -> None:
    assert judged("") == judged("...") == "complete"


@given(st.text(max_size=80), st.sampled_from([".", "?", "!", ""]))
def test_a_mark_proves_no_end(text: str, mark: str) -> None:
    """Of words without marks inside: what cannot end does not end because of a mark."""
    words = "".join(letter for letter in text if letter.isalpha() or letter == " ")
    assert judged(f"{words} and the{mark}") == "incomplete"


@given(st.text(max_size=200))
def test_any_text_of_any_language_is_judged(text: str) -> None:
    assert judgement(text, "en") in Judgement
    assert judgement(text, "de") in Judgement
