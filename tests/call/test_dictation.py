"""Numbers, names and addresses that callers dictate, in whole calls in virtual time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from appliance.call.answer import plan_answer
from appliance.call.dictation import take
from appliance.call.reply import FixedReply, Reply
from appliance.config.agent import Agent
from appliance.engines.base import ToolCall
from appliance.knowledge.matcher import Knowledge
from tests.fakes.conversation import Outcome, Script, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 1)


def agent(**changes: Any) -> Agent:
    entries: list[Mapping[str, Any]] = [
        {
            "id": "lost",
            "questions": ["where is my parcel", "my parcel is lost"],
            "answer": "What is your parcel number?",
            "expect": "digits",
            "then": "parcel",
            **changes,
        },
        {
            "id": "parcel",
            "questions": ["look up a parcel"],
            "answer": "I look for {value}.",
            "tool": "find_parcel",
            "arguments": {"number": "{value}", "depth": 2},
        },
        {
            "id": "call_back",
            "questions": ["please call me back"],
            "answer": "Please spell your name.",
            "expect": "name",
        },
        {
            "id": "hours",
            "questions": ["what time do you open"],
            "answer": "At nine.",
        },
        {
            "id": "person",
            "questions": ["i want to speak to a person", "0"],
            "answer": "I will put you through.",
            "action": "transfer",
        },
    ]
    return Agent.model_validate(
        {
            "name": "depot",
            "persona": "You are a receptionist.",
            "greeting": "Depot.",
            "unknown_if_yes": "person",
            "knowledge": entries,
        }
    )


class Talk:
    """An agent's answers to lines of a caller, one after the other."""

    def __init__(self, of: Agent | None = None) -> None:
        self.agent = of or agent()
        self.knowledge = Knowledge(self.agent.knowledge)
        self.reply: Reply | None = None
        self.text = ""

    def says(self, text: str) -> FixedReply:
        taken = take(text, self.agent, self.knowledge, self.reply, today=TODAY)
        self.text = taken.text
        planned = taken.reply or plan_answer(taken.text, self.agent, self.knowledge, self.reply)
        assert isinstance(planned, FixedReply)
        self.reply = planned
        return planned


def test_a_number_is_read_back_and_a_yes_brings_what_the_site_does_with_it() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    read = talk.says("Oh two oh, 7946, double oh one eight.")
    assert talk.text == "02079460018"
    assert read.text == ("zero two zero, seven nine four six, zero zero one eight; is that right?")
    done = talk.says("yes that's right")
    assert done.text == "I look for zero two zero, seven nine four six, zero zero one eight."
    assert done.tool == ToolCall("find_parcel", {"number": "02079460018", "depth": 2})
    assert done.confirmed is not None
    assert done.confirmed.value == "02079460018"


@pytest.mark.parametrize("yes", ["yes", "correct", "that's right", "right", "yeah perfect"])
def test_there_is_more_than_one_word_for_yes(yes: str) -> None:
    talk = Talk()
    talk.says("please call me back")
    talk.says("S M I T H")
    done = talk.says(yes)
    assert done.text == talk.agent.phrases.noted
    assert done.confirmed is not None
    assert done.confirmed.value == "SMITH"


def test_a_correction_is_read_back_letter_by_letter_and_with_words() -> None:
    talk = Talk()
    talk.says("please call me back")
    talk.says("S M I T H")
    assert talk.says("no, S M Y T H").text == (
        "S for Sierra, M for Mike, Y for Yankee, T for Tango, H for Hotel; is that right?"
    )


def test_a_correction_replaces_the_part_that_it_plainly_means() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    talk.says("02079460018")
    assert talk.says("no, seven five").text.startswith("zero two zero, seven five four six,")


def test_a_correction_that_may_mean_two_parts_asks_for_all_again() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    talk.says("11111111")
    assert talk.says("no, one two").text == talk.agent.phrases.say_it_again
    assert talk.says("1 2 1 1 1 1 1 1").text.startswith("one two one one")


def test_a_name_that_was_wrong_is_asked_for_with_a_word_for_each_letter() -> None:
    talk = Talk()
    talk.says("please call me back")
    talk.says("S M I T")
    assert talk.says("no").text == talk.agent.phrases.spell_it_again
    read = talk.says("Sierra, Mike, India, Tango, Hotel")
    assert read.text.startswith("S for Sierra, M for Mike,")
    assert talk.text == "SMITH"


def test_after_three_tries_a_person_is_offered() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    for _ in range(2):
        talk.says("02079460018")
        assert talk.says("no").text == talk.agent.phrases.say_it_again
    talk.says("02079460018")
    given_up = talk.says("no")
    assert given_up.text == talk.agent.phrases.not_taken_down
    assert given_up.if_yes == "person"


def test_a_number_of_another_length_than_the_site_knows_is_asked_for_again() -> None:
    talk = Talk(agent(length=8))
    talk.says("where is my parcel")
    assert talk.says("1 2 3 4 5 6 7").text == talk.agent.phrases.say_it_again
    assert (
        talk.says("1 2 3 4 5 6 7 8").text
        == "one two three four, five six seven eight; is that right?"
    )


def test_the_rest_of_a_number_that_was_read_back_too_soon_is_added() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    talk.says("020 79")
    assert talk.says("46 0018").text.startswith("zero two zero, seven nine four six, zero zero")


def test_a_question_instead_of_the_number_is_answered() -> None:
    talk = Talk()
    talk.says("where is my parcel")
    assert talk.says("what time do you open").text == "At nine."


def test_a_key_that_the_site_knows_is_no_number() -> None:
    no_use = agent(then=None)
    unused = no_use.model_copy(
        update={"knowledge": tuple(e for e in no_use.knowledge if e.id != "parcel")}
    )
    talk = Talk(unused)
    talk.says("where is my parcel")
    assert talk.says("0").action == "transfer"


def test_an_entry_that_needs_a_value_is_answered_by_the_one_that_asks_for_it() -> None:
    assert Talk().says("look up a parcel").text == "What is your parcel number?"


def test_a_number_nobody_asked_for_is_read_back_and_used_when_it_is_told_for_what() -> None:
    talk = Talk()
    read = talk.says("Hello, my number is oh two oh, 7946, 0018.")
    assert talk.text == "Hello, my number is 02079460018."
    assert read.text.endswith("zero zero one eight; is that right?")
    phrases = talk.agent.phrases
    assert talk.says("yes").text == f"{phrases.noted} {phrases.what_is_it_for}"
    tool = talk.says("where is my parcel").tool
    assert tool == ToolCall("find_parcel", {"number": "02079460018", "depth": 2})


def test_an_address_nobody_asked_for_is_honestly_acknowledged() -> None:
    talk = Talk()
    talk.says("my email is anna dot smith at example dot com")
    assert talk.text == "my email is anna.smith@example.com"
    assert talk.says("yes").text == talk.agent.phrases.noted


@pytest.mark.parametrize(
    "text", ["can i come at four thirty", "is 020 7946 0018 your number", "i am 42 years old"]
)
def test_other_numbers_are_nobodys_dictation(text: str) -> None:
    talk = Talk()
    assert take(text, talk.agent, talk.knowledge, None, today=TODAY).reply is None


def test_a_name_that_is_said_and_not_spelt_is_read_back_in_letters() -> None:
    talk = Talk()
    talk.says("please call me back")
    assert talk.says("It's Baker.").text == "B, A, K, E, R; is that right?"


# -- in whole calls


def call(script: Script, **changes: Any) -> Outcome:
    return run(converse(agent(**changes), script))


def asked_for_a_number() -> Script:
    return Script().quiet(1.2).says("where is my parcel").quiet(3.0)


@pytest.mark.parametrize("pause_s", [0.35, 0.5, 0.8, 1.0])
def test_digits_said_one_by_one_are_one_turn(pause_s: float) -> None:
    script = asked_for_a_number()
    for word in "oh two oh seven nine four six double".split()[:7]:
        script.says(word).quiet(pause_s)
    outcome = call(script.quiet(8.0).says("yes").quiet(4.0))
    heard = [turn.heard for turn in outcome.record.turns]
    assert heard[:2] == ["where is my parcel", "0207946"]
    assert outcome.record.as_json()["dictated"] == [
        {"kind": "digits", "value": "0207946", "entry": "lost"}
    ]


def test_a_number_of_known_length_is_answered_sooner() -> None:
    def waited_ms(**changes: Any) -> int:
        script = asked_for_a_number().says("one two three four").quiet(6.0)
        return call(script, **changes).record.turns[1].timeline_ms["endpoint"]

    assert waited_ms() >= 1480
    assert waited_ms(length=4) <= 520


def test_keys_and_words_are_one_number_in_their_order() -> None:
    script = asked_for_a_number().says("one two").quiet(0.5).keys("34").quiet(0.4)
    script = script.says("five six").quiet(0.6).keys("78").quiet(8.0)
    assert [turn.heard for turn in call(script).record.turns][1:] == ["12345678"]
