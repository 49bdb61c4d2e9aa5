"""What a silent caller is told, time after time."""

import pytest

from appliance.call.reply import FixedReply
from appliance.call.reprompts import Reprompts
from appliance.config.agent import Agent
from appliance.config.offers import silence_offer, trouble_offer
from tests.call.test_call import agent

pytestmark = pytest.mark.unit


def asked(desk: Agent) -> list[str]:
    prompts = Reprompts(desk)
    return [reply.text for reply in iter(prompts.ask, None)]


def test_the_last_prompt_offers_a_person_and_the_key_for_one() -> None:
    first, last = asked(agent())
    assert first == "Are you still there?"
    assert last.endswith("put you through to a person? You can also press 0.")
    prompts = Reprompts(agent())
    prompts.ask()
    assert prompts.ask() == FixedReply(last, expect="yes_no", if_yes="person")


def test_an_agent_without_a_person_says_its_phrases_in_turn() -> None:
    alone = agent(
        unknown_if_yes=None,
        endpointing={"no_input_prompts": 3},
        phrases={"no_input": ["Hello?", "Are you there?"]},
    )
    assert asked(alone) == ["Hello?", "Are you there?", "Hello?"]
    assert (silence_offer(alone), trouble_offer(alone)) == ("", "")


def test_one_phrase_may_be_written_as_a_phrase() -> None:
    assert agent(phrases={"no_input": "Hello?"}).phrases.no_input == ("Hello?",)


def test_a_single_prompt_offers_nothing_but_asks() -> None:
    assert asked(agent(endpointing={"no_input_prompts": 1})) == ["Are you still there?"]


def test_after_a_caller_has_spoken_they_begin_anew() -> None:
    prompts = Reprompts(agent())
    first = prompts.ask()
    prompts.reset()
    assert prompts.ask() == first


def test_no_key_is_offered_that_asks_for_nothing() -> None:
    entries = [each.model_dump() for each in agent().knowledge]
    for entry in entries:
        entry["questions"] = [each for each in entry["questions"] if each != "0"]
    assert silence_offer(agent(knowledge=entries)).endswith("to a person?")
