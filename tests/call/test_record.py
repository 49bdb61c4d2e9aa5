"""What is remembered of calls, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from appliance.call.record import CallLog, CallRecord, DictatedValue, TurnRecord

pytestmark = pytest.mark.unit


def uuid(number: int) -> UUID:
    return UUID(int=number)


def ended(log: CallLog, number: int) -> CallRecord:
    record = log.open(uuid(number), "clinic")
    record.ended = datetime.now(UTC)
    return record


def test_a_record_is_told_with_the_names_of_the_interface() -> None:
    record = CallRecord(uuid(1), "clinic", started=datetime(2026, 1, 2, tzinfo=UTC))
    record.turns.append(TurnRecord("how are you", "Fine.", "language_model", True, {"final": 190}))
    record.dictated.append(DictatedValue("digits", "0123", "number"))
    assert record.as_json() == {
        "uuid": str(uuid(1)),
        "agent": "clinic",
        "started": "2026-01-02T00:00:00+00:00",
        "ended": None,
        "outcome": "in_progress",
        "transfer_to": None,
        "greeting": "",
        "turns": [
            {
                "heard": "how are you",
                "said": "Fine.",
                "source": "language_model",
                "interrupted": True,
                "timeline_ms": {"final": 190},
                "voice_ended_ms": None,
                "taken_back": "",
            }
        ],
        "dictated": [{"kind": "digits", "value": "0123", "entry": "number"}],
    }


def test_the_oldest_ended_calls_are_forgotten_first() -> None:
    log = CallLog(keep=2)
    for number in range(4):
        ended(log, number)
    log.open(uuid(9), "clinic")
    assert [log.find(uuid(number)) is None for number in range(4)] == [True, True, False, False]


def test_a_running_call_is_never_forgotten() -> None:
    log = CallLog(keep=1)
    running = log.open(uuid(1), "clinic")
    for number in range(2, 9):
        ended(log, number)
    assert log.find(uuid(1)) is running


def test_a_second_call_of_a_uuid_replaces_the_first() -> None:
    log = CallLog(keep=2)
    first = ended(log, 1)
    second = log.open(uuid(1), "clinic")
    assert log.find(uuid(1)) is second is not first
