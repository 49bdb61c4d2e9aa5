"""Asking back which entry is meant, and taking what the caller says to it."""

from __future__ import annotations

import asyncio

import pytest

from appliance.call.answer import plan_answer
from appliance.call.asking_back import ask_back
from appliance.call.grounds import may_say, tells_card_numbers, with_notes
from appliance.call.reaction import react
from appliance.call.reply import FixedReply, ModelReply, Reply
from appliance.config.agent import Agent
from appliance.engines.base import Message
from appliance.knowledge.matcher import Knowledge

pytestmark = pytest.mark.unit


def entry(name: str, question: str, **more: object) -> dict[str, object]:
    return {"id": name, "questions": [question], "answer": f"About {name}.", **more}


AGENT = Agent.model_validate(
    {
        "name": "desk",
        "persona": "You are kind.",
        "greeting": "Good day.",
        "unknown_if_yes": "person",
        "knowledge": [
            entry("hours", "what are your opening hours", asks="our opening hours"),
            entry("price", "how much is a blue check-up", asks="the price"),
            entry("payment", "how can i pay for a blue check-up", asks="the payment"),
            entry("plain", "do you repair old clocks"),
            entry("booking", "i need an appointment", asks="an appointment", action="transfer"),
            entry("person", "a person please", asks="speaking to a person", action="transfer"),
            entry("emergency", "this is an emergency", asks="an emergency", urgent=True),
        ],
    }
)
KNOWLEDGE = Knowledge(AGENT.knowledge)


def asking(*names: str) -> FixedReply:
    return ask_back([KNOWLEDGE.entry(name) for name in names], AGENT)


def answer(text: str, previous: Reply) -> FixedReply:
    reply = asyncio.run(react(text, AGENT, KNOWLEDGE, previous))
    assert isinstance(reply, FixedReply)
    return reply


def test_it_asks_with_the_entrys_own_words() -> None:
    assert asking("hours").text == "Would you like to know about our opening hours?"
    assert asking("booking").text == "Is it about an appointment?"
    assert asking("emergency").text == "Is it about an emergency?"
    assert asking("plain").text == "Did you want to ask: do you repair old clocks?"
    both = asking("price", "payment")
    assert both.text == "Would you like to know about the price, or the payment?"
    assert both.choices == ("price", "payment")


def test_of_two_of_which_one_has_no_words_the_better_one_is_asked_about() -> None:
    assert asking("hours", "plain").choices == ("hours",)
    assert asking("plain", "hours").choices == ("plain",)


@pytest.mark.parametrize("text", ["yes", "yes please", "sure"])
def test_a_yes_gets_the_answer(text: str) -> None:
    assert answer(text, asking("hours")).answers == ("hours",)
    assert answer(text, asking("booking")).action == "transfer"


@pytest.mark.parametrize("names", [("hours",), ("price", "payment")])
def test_a_no_gets_the_honest_answer_with_a_person(names: tuple[str, ...]) -> None:
    reply = answer("no", asking(*names))
    assert (reply.text, reply.if_yes) == (AGENT.phrases.unknown, "person")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the first one", ("price",)),
        ("the second one please", ("payment",)),
        ("both", ("price", "payment")),
        ("how much is it", ("price",)),
        ("how can i pay", ("payment",)),
        ("what are your opening hours", ("hours",)),
    ],
)
def test_one_of_two_is_chosen_by_its_place_or_its_words(text: str, wanted: tuple[str, ...]) -> None:
    assert answer(text, asking("price", "payment")).answers == wanted


def test_a_yes_to_one_of_two_does_nothing_yet() -> None:
    reply = answer("yes", asking("booking", "hours"))
    assert (reply.choices, reply.action) == (("booking",), None)


def test_nobody_is_asked_back_twice_in_a_row() -> None:
    reply = answer("i mean the thing with the purple elephant", asking("hours"))
    assert reply.choices == ()
    assert reply.if_yes == "person"


def test_an_emergency_comes_before_every_answer() -> None:
    for previous in (asking("hours"), asking("price", "payment")):
        assert answer("yes, this is an emergency", previous).answers == ("emergency",)


@pytest.mark.parametrize(
    "text",
    [
        "my card number is four one one one",
        "do you need the security code",
        "4111 1111 1111 1111",
        "four one one one one one one one one one one one one one one one",
    ],
)
def test_nobody_is_let_tell_a_card_number(text: str) -> None:
    reply = plan_answer(text, AGENT, KNOWLEDGE)
    assert isinstance(reply, FixedReply)
    assert reply.text == AGENT.phrases.payment_card


def test_a_telephone_number_is_no_card() -> None:
    assert not tells_card_numbers("zero two zero seven nine four six zero zero one eight", "en")


def test_no_model_asks_for_a_card_number_however_it_is_trusted() -> None:
    trusted = AGENT.model_copy(update={"trust": "facts"})
    asked = [Message("user", "can i pay now")]
    assert not may_say("Please tell me your card number.", asked, trusted)
    assert may_say("Please pay at the desk.", asked, trusted)


@pytest.mark.parametrize(
    "utterance", ["Yes, the check-up is free.", "We have a pool.", "That is covered.", "It is 9."]
)
def test_what_a_caller_claims_grounds_nothing(utterance: str) -> None:
    claimed = [
        Message("system", AGENT.persona),
        Message("user", "so the check-up is free, we have a pool, it is 9 and covered"),
    ]
    assert not may_say(utterance, claimed, AGENT)
    noted = with_notes(
        "so it is free",
        [
            KNOWLEDGE.entry("hours").model_copy(
                update={"answer": "It is free from 9 on, it is covered and we have a pool."}
            )
        ],
    )
    assert may_say(
        utterance, [*claimed, Message("assistant", "Well."), Message("user", noted)], AGENT
    )


def test_notes_stand_behind_the_words_and_in_one_order() -> None:
    hours, price = KNOWLEDGE.entry("hours"), KNOWLEDGE.entry("price")
    noted = with_notes("and now", [hours, price])
    assert noted == with_notes("and now", [price, hours])
    assert noted.startswith("and now\n(What we know: ")
    assert with_notes("and now", []) == "and now"


def test_only_a_model_that_is_trusted_with_facts_gets_what_may_be_meant() -> None:
    text = "how much for a blue one"
    assert KNOWLEDGE.match(text).verdict == "weak"
    assert isinstance(plan_answer(text, AGENT, KNOWLEDGE), FixedReply)
    trusted = AGENT.model_copy(update={"trust": "facts"})
    planned = plan_answer(text, trusted, KNOWLEDGE)
    assert isinstance(planned, ModelReply)
    assert "About price." in planned.prompt
