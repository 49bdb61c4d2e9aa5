"""Calls over a restart, with and without their words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from appliance.call.record import CallRecord, TurnRecord
from appliance.store.calls import LOST, CallStore
from appliance.store.database import Database
from appliance.store.writer import open_writer

pytestmark = pytest.mark.unit

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def call(*, ended: bool = True, minute: int = 0) -> CallRecord:
    record = CallRecord(uuid4(), "receptionist", started=START)
    record.greeting = "Good day."
    record.turns = [
        TurnRecord("what time", "We are open", "knowledge", False, {"final": 180}),
        TurnRecord("thank you", "Goodbye", "language_model", True, {"final": 200}),
    ]
    if ended:
        record.ended = START + timedelta(minutes=minute)
        record.outcome = "transfer"
        record.transfer_to = "6002@internal"
    return record


def on_disk(folder: Path) -> bytes:
    """All there is."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def saved(database: Database, *records: CallRecord, keep: int = 50, words: bool) -> CallStore:
    async with open_writer(database, lambda _: None) as writer:
        store = CallStore(database, writer, keep, words=words)
        for record in records:
            store.save(record)
    return store


async def test_a_call_is_found_as_it_was(database: Database) -> None:
    record = call()
    store = await saved(database, record, words=True)
    assert await store.find(record.uuid) == record.as_json()


async def test_without_leave_no_word_reaches_the_disk(database: Database, tmp_path: Path) -> None:
    record = call()
    store = await saved(database, record, words=False)
    found = await store.find(record.uuid)
    assert found is not None
    assert found["greeting"] is None
    assert [(turn["heard"], turn["said"]) for turn in found["turns"]] == [(None, None)] * 2
    assert found["turns"][1]["timeline_ms"] == {"final": 200}
    assert (found["outcome"], found["transfer_to"]) == ("transfer", "6002@internal")
    written = on_disk(tmp_path)
    assert b"receptionist" in written
    for words in (b"Good day", b"what time", b"We are open", b"thank you"):
        assert words not in written


async def test_what_is_saved_again_replaces_what_was_there(database: Database) -> None:
    record = call(ended=False)
    store = await saved(database, record, words=True)
    del record.turns[1:]
    record.ended, record.outcome = START, "caller_hangup"
    await saved(database, record, words=True)
    assert await store.find(record.uuid) == record.as_json()


async def test_only_the_last_calls_are_kept_and_those_going_on(database: Database) -> None:
    records = [call(minute=minute) for minute in range(5)]
    running = call(ended=False)
    store = await saved(database, running, *records, keep=2, words=True)
    found = [await store.find(record.uuid) for record in (*records, running)]
    assert [each is not None for each in found] == [False, False, False, True, True, True]


async def test_a_call_that_was_cut_off_by_a_kill_has_an_end(database: Database) -> None:
    record = call(ended=False)
    store = await saved(database, record, words=True)
    await store.settle()
    found = await store.find(record.uuid)
    assert found is not None
    assert found["outcome"] == LOST
    assert found["ended"] is not None


async def test_half_a_character_is_no_reason_to_lose_a_call(database: Database) -> None:
    record = call()
    record.greeting = "Good \ud800 day."
    store = await saved(database, record, words=True)
    found = await store.find(record.uuid)
    assert found is not None
    assert found["greeting"] == "Good ? day."


async def test_an_unknown_call_is_none(database: Database) -> None:
    store = await saved(database, words=True)
    assert await store.find(UUID(int=5)) is None
