"""Who puts a caller through, and when."""

from __future__ import annotations

import logging

import pytest

from appliance.asterisk.ami import AmiError
from appliance.call.agent_turns import LAST_WORDS_S
from appliance.call.record import CallRecord
from appliance.config.agent import Agent
from tests.fakes.conversation import Script, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

AGENT = Agent.model_validate(
    {
        "name": "clinic",
        "persona": "You are a receptionist.",
        "greeting": "Clinic, good day.",
        "person": "6002@desk",
        "knowledge": [
            {
                "id": "person",
                "questions": ["i want to speak to a person"],
                "answer": "I will put you through.",
                "action": "transfer",
            },
            {
                "id": "booking",
                "questions": ["i want to make an appointment"],
                "answer": "I will put you through.",
                "action": "transfer",
                "transfer_to": "6003@booking",
            },
        ],
    }
)


def asks(words: str) -> Script:
    return Script().quiet(1.5).says(words).quiet(6.0)


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("i want to speak to a person", "6002@desk"),
        ("i want to make an appointment", "6003@booking"),
    ],
)
def test_an_entry_goes_to_its_own_place_or_to_the_agents(words: str, place: str) -> None:
    outcome = run(converse(AGENT, asks(words)))
    assert outcome.record.outcome == "transfer"
    assert outcome.record.transfer_to == place


def test_a_transfer_waits_until_it_was_announced() -> None:
    said_before: list[str] = []

    async def transfer(record: CallRecord) -> None:
        said_before.extend(turn.said for turn in record.turns)

    run(converse(AGENT, asks("i want to speak to a person"), transfer=transfer))
    assert said_before == ["I will put you through."]


def test_a_failed_transfer_leaves_the_caller_to_the_dialplan(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def transfer(record: CallRecord) -> None:
        raise AmiError("no such channel")

    with caplog.at_level(logging.ERROR):
        outcome = run(converse(AGENT, asks("i want to speak to a person"), transfer=transfer))
    assert outcome.record.outcome == "transfer"
    assert "ami_failed: no such channel" in caplog.text


def test_a_wish_from_outside_waits_for_the_agents_last_word() -> None:
    outcome = run(converse(AGENT, Script().quiet(5.0), wish=(0.2, "transfer", "7000@ward")))
    assert outcome.record.greeting == "Clinic, good day."
    assert (outcome.record.outcome, outcome.record.transfer_to) == ("transfer", "7000@ward")


def test_a_wish_while_nobody_speaks_is_done_at_once() -> None:
    outcome = run(converse(AGENT, Script().quiet(5.0), wish=(2.0, "hangup", None)))
    assert outcome.record.outcome == "agent_hangup"
    assert len(outcome.connection.heard) == pytest.approx(2.0 / 0.02, abs=4)


def test_a_wish_does_not_wait_for_a_speech_without_end() -> None:
    agent = AGENT.model_copy(update={"greeting": "word " * 60})
    outcome = run(converse(agent, Script().quiet(20.0), wish=(1.0, "hangup", None)))
    assert len(outcome.connection.heard) == pytest.approx((1.0 + LAST_WORDS_S) / 0.02, abs=4)
