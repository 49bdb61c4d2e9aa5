"""Which words are worth an answer."""

import pytest

from appliance.call.confidence import Expected, confidence_in
from appliance.call.reply import FixedReply
from appliance.engines.base import Transcript
from appliance.knowledge.matcher import Knowledge
from tests.call.test_call import agent

pytestmark = pytest.mark.unit

NOTHING_ASKED = Expected()
YES_OR_NO = Expected(FixedReply("Shall I?", expect="yes_no"), asked=True)
DIGITS = Expected(FixedReply("Your number?", expect="digits"), asked=True)
OPEN = Expected(FixedReply("Your name?", expect="open"), asked=True)


def taken(text: str, confidence: float, voiced_s: float, expected: Expected) -> str:
    desk = agent()
    transcript = Transcript(text, final=True, confidence=confidence)
    return confidence_in(transcript, voiced_s, desk, Knowledge(desk.knowledge), expected)


@pytest.mark.parametrize(
    ("text", "confidence", "voiced_s", "expected", "worth"),
    [
        ("Um.", 0.9, 0.4, NOTHING_ASKED, "nothing"),
        ("Um, well, let me think", 0.9, 1.6, NOTHING_ASKED, "nothing"),
        ("H M M.", 0.6, 0.5, NOTHING_ASKED, "nothing"),
        ("Amen.", 0.6, 0.4, NOTHING_ASKED, "nothing"),
        ("You.", 0.58, 0.4, NOTHING_ASKED, "nothing"),
        ("", 0.3, 0.4, NOTHING_ASKED, "nothing"),
        ("", 1.0, 0.0, NOTHING_ASKED, "nothing"),
        ("", 0.3, 1.5, NOTHING_ASKED, "unsure"),
        ("I want the blue one.", 0.45, 1.5, NOTHING_ASKED, "unsure"),
        ("I want the blue one.", 0.7, 1.5, NOTHING_ASKED, "sure"),
        ("Hello?", 0.55, 0.4, NOTHING_ASKED, "sure"),
        ("Opening hours?", 0.4, 0.7, NOTHING_ASKED, "sure"),
        ("I want to speak to a person", 0.4, 1.7, NOTHING_ASKED, "unsure"),
        ("Yes.", 0.38, 0.3, YES_OR_NO, "sure"),
        ("Okay.", 0.38, 0.3, YES_OR_NO, "sure"),
        ("No.", 0.38, 0.3, NOTHING_ASKED, "nothing"),
        ("3", 0.38, 0.3, DIGITS, "sure"),
        ("Oh", 0.5, 0.3, DIGITS, "sure"),
        ("Free.", 0.38, 0.3, DIGITS, "nothing"),
        ("Anna.", 0.55, 0.4, OPEN, "sure"),
        ("Anna.", 0.55, 0.4, NOTHING_ASKED, "nothing"),
    ],
)
def test_what_was_asked_for_is_believed_sooner_than_what_was_not(
    text: str, confidence: float, voiced_s: float, expected: Expected, worth: str
) -> None:
    assert taken(text, confidence, voiced_s, expected) == worth
