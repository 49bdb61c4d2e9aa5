"""The letters look like AVR's, field by field."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from appliance.call.events import (
    AgentSaid,
    CallEnded,
    CallerSaid,
    CallEvent,
    CallFailed,
    CallStarted,
    DigitPressed,
    Interrupted,
)
from appliance.webhooks.envelope import envelope, told

pytestmark = pytest.mark.unit

EXAMPLES = Path(__file__).parents[1] / "data" / "avr"
EVENTS: dict[str, CallEvent] = {
    "call_started": CallStarted(),
    "transcription": CallerSaid("hello"),
    "interruption": Interrupted(),
    "dtmf_digit": DigitPressed("1"),
    "call_ended": CallEnded("caller_hangup"),
    "error": CallFailed("tts unavailable"),
}


def example(event_type: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"webhook-{event_type}.json").read_text())
    return found


@pytest.mark.parametrize("event_type", [*EVENTS, "call_initiated"])
def test_a_letter_is_what_avr_sends(event_type: str) -> None:
    expected = example(event_type)
    payload = expected["payload"]
    if event_type in EVENTS:
        telling = told(EVENTS[event_type], errors=True)
        assert telling is not None
        assert telling[0] == event_type
        payload = telling[1]
    at = datetime.fromisoformat(expected["timestamp"])
    written = json.loads(envelope(UUID(expected["uuid"]), event_type, payload, at))
    assert written == expected
    assert list(written) == list(expected)


def test_the_agents_words_are_the_agents() -> None:
    expected = {"role": "agent", "text": "We are open"}
    assert told(AgentSaid("We are open"), errors=False) == ("transcription", expected)


def test_errors_are_told_only_where_they_are_wanted() -> None:
    assert told(CallFailed("engine_failed"), errors=False) is None


def test_a_letter_is_ascii_whatever_the_dialplan_pasted_together() -> None:
    text = envelope(UUID(int=1), "call_initiated", {"from": "\ud800 é"}, datetime.now(UTC))
    assert text.isascii()
    assert json.loads(text)["payload"] == {"from": "\ud800 é"}
