"""Who puts a caller through, and when."""

from __future__ import annotations

import logging

import pytest

from appliance.agent import Agent
from appliance.ami import AmiError
from appliance.call.record import CallRecord
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
