"""What the language model is told of a call."""

from __future__ import annotations

import pytest

from appliance.call.dialogue import Dialogue
from appliance.engines.base import Message

pytestmark = pytest.mark.unit

OPENING = [Message("system", "You are a receptionist."), Message("user", "Hello.")]


def told(dialogue: Dialogue) -> list[tuple[str, str]]:
    return [(message.role, message.content) for message in dialogue.messages[1:]]


def test_caller_and_agent_take_turns_behind_the_opening() -> None:
    dialogue = Dialogue(OPENING)
    dialogue.agent_said("Clinic, good day.")
    dialogue.caller_said("how are you")
    dialogue.agent_said("Fine.")
    assert told(dialogue) == [
        ("user", "Hello."),
        ("assistant", "Clinic, good day."),
        ("user", "how are you"),
        ("assistant", "Fine."),
    ]


def test_an_answer_that_nobody_heard_is_not_kept_and_the_callers_words_become_one() -> None:
    dialogue = Dialogue(OPENING)
    dialogue.agent_said("Clinic, good day.")
    dialogue.caller_said("how are you")
    dialogue.agent_said("")
    dialogue.caller_said("my friend")
    assert told(dialogue)[-1] == ("user", "how are you my friend")


def test_what_the_caller_might_say_changes_nothing() -> None:
    dialogue = Dialogue(OPENING)
    dialogue.agent_said("Clinic, good day.")
    guess = dialogue.with_user("how are")
    assert guess[-1] == Message("user", "how are")
    assert told(dialogue)[-1] == ("assistant", "Clinic, good day.")
    dialogue.messages.clear()
    assert len(dialogue.messages) == 3


def test_the_list_only_grows_at_its_end() -> None:
    dialogue = Dialogue(OPENING)
    before = dialogue.messages
    for said in ("Clinic, good day.", "Fine.", "Goodbye."):
        dialogue.agent_said(said)
        dialogue.caller_said("and then")
        assert dialogue.messages[: len(before)] == before
        before = dialogue.messages
