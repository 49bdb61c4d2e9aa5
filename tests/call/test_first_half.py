"""The agent began to answer half a sentence. A word lasts 0.3 s; "are you open" is an entry, and so
is "are you open on sunday"."""

from __future__ import annotations

import pytest

from appliance.call.first_half import goes_on
from appliance.config.agent import Agent
from appliance.engines.base import Message, ToolCall
from tests.call.test_call import after_greeting, agent
from tests.call.test_tools import Diary, asks_for, hold
from tests.fakes.conversation import Outcome, Script, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

HALF, WHOLE = "We are open every weekday from nine to five.", "On Sunday we are closed."


def shop(**changes: object) -> Agent:
    entries = [
        {"id": "open", "questions": ["are you open"], "answer": HALF},
        {"id": "sunday", "questions": ["are you open on sunday morning"], "answer": WHOLE},
        {"id": "short", "questions": ["is it far"], "answer": "Yes."},
    ]
    return agent(knowledge=entries, unknown_if_yes=None, **changes)


def cut_in(second: str, *, first: str = "are you open", pause_s: float = 0.9) -> Script:
    return after_greeting().says(first).quiet(pause_s).says(second).quiet(6.0)


def held(script: Script, desk: Agent | None = None, answer: str = "I see.") -> Outcome:
    return run(converse(desk or shop(), script, answer=lambda prompt: answer))


def test_both_halves_are_answered_and_written_down_as_one() -> None:
    outcome = held(cut_in("on sunday morning"))
    (turn,) = outcome.record.turns
    assert (turn.heard, turn.said) == ("are you open on sunday morning", WHOLE)
    assert turn.taken_back
    assert HALF.startswith(turn.taken_back)
    assert not turn.interrupted


def test_the_dialogue_knows_nothing_of_an_answer_that_was_taken_back() -> None:
    script = cut_in("on sunday morning").says("my cat is called tom").quiet(4.0)
    outcome = held(script, shop(trust="facts"))
    assert [(each.role, each.content) for each in outcome.model.asked[-1]][2:] == [
        ("assistant", "Clinic, good day."),
        ("user", "are you open on sunday morning"),
        ("assistant", WHOLE),
        ("user", "my cat is called tom"),
    ]


def test_an_answer_that_was_over_already_is_taken_back_too() -> None:
    outcome = held(cut_in("or can i walk", first="is it far", pause_s=1.3))
    (turn,) = outcome.record.turns
    assert turn.heard == "is it far or can i walk"
    assert turn.taken_back == "Yes."


def test_who_goes_on_later_begins_anew() -> None:
    first, second = held(cut_in("on sunday morning", pause_s=2.6)).record.turns
    assert (first.heard, second.heard) == ("are you open", "on sunday morning")
    assert first.interrupted
    assert (first.taken_back, second.taken_back) == ("", "")


@pytest.mark.parametrize("words", ["no i meant something else", "stop it", "wait a second please"])
def test_a_new_act_is_no_second_half(words: str) -> None:
    first, second = held(cut_in(words)).record.turns
    assert (first.heard, second.heard) == ("are you open", words)
    assert first.interrupted
    assert second.taken_back == ""


def test_a_backchannel_takes_nothing_back() -> None:
    (turn,) = held(cut_in("mhm")).record.turns
    assert (turn.heard, turn.said, turn.taken_back) == ("are you open", HALF, "")


def test_words_whose_answer_nobody_heard_are_unanswered_whatever_follows() -> None:
    (turn,) = held(cut_in("no i mean on sunday morning", pause_s=0.52)).record.turns
    assert turn.heard == "are you open no i mean on sunday morning"
    assert turn.taken_back == ""


def test_a_sentence_in_three_parts_is_one_turn() -> None:
    script = cut_in("on sunday", pause_s=0.9)
    del script.frames[-300:]
    (turn,) = held(script.quiet(1.0).says("or on monday then").quiet(6.0)).record.turns
    assert turn.heard == "are you open on sunday or on monday then"


def test_what_a_tool_has_done_stays() -> None:
    script = cut_in("on sunday morning", first="open the door", pause_s=1.5)
    door = Diary('{"day": "Sunday"}')
    outcome = hold(script, door, prepare=asks_for(ToolCall("diary", {})))
    first, second = outcome.record.turns
    assert (first.heard, second.heard) == ("open the door", "on sunday morning")
    assert len(door.asked) == 1


def test_keys_after_half_a_sentence_are_a_turn_of_their_own() -> None:
    script = after_greeting().says("are you open").quiet(0.9).keys("5#").quiet(6.0)
    first, second = held(script).record.turns
    assert (first.heard, second.heard) == ("are you open", "5")


def test_an_agent_that_takes_back_reads_only_what_stays() -> None:
    outcome = held(cut_in("on sunday morning").quiet(1.0))
    assert outcome.model.read[-1][-2:] == [
        Message("user", "are you open on sunday morning"),
        Message("assistant", WHOLE),
    ]


@pytest.mark.parametrize("words", ["or on Sunday?", "With a view of the sea.", "afternoon as well"])
def test_more_of_a_sentence_goes_on(words: str) -> None:
    assert goes_on(words, "Are you open?", "en")


@pytest.mark.parametrize(
    "words", ["", "No.", "Sorry, I meant Monday.", "Okay, yeah.", "Hold on!", "Thank you."]
)
def test_another_act_does_not_go_on(words: str) -> None:
    assert not goes_on(words, "Are you open?", "en")


def test_a_question_of_its_own_is_a_second_half_only_of_what_cannot_be_all() -> None:
    own = ("And where are you?", "How much is it?", "Is there a lift?")
    assert not any(goes_on(words, "Are you open?", "en") for words in own)
    assert all(goes_on(words, "My first question is", "en") for words in own)
    assert goes_on("or is it closed", "Are you open?", "en")
    assert goes_on("when it rains", "Are you open?", "en")
