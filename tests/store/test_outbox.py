"""Letters on the disk."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import UUID

import pytest

from appliance.store import outbox as module
from appliance.store.database import FILE_NAME, Database, open_database
from appliance.store.outbox import Counts, Letter, NewLetter, Outbox

pytestmark = pytest.mark.unit

ONE, TWO = UUID(int=1), UUID(int=2)


def on_disk(folder: Path) -> bytes:
    """All there is."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def put(database: Database, *calls: UUID, body: str = "{}") -> list[Letter]:
    box = Outbox(database)
    async with database.transaction() as connection:
        return [
            await box.add(connection, NewLetter(call, "call_started", "desk", body))
            for call in calls
        ]


async def test_a_letter_is_read_as_it_was_written(database: Database) -> None:
    written = (await put(database, ONE, body='{"type": "x"}'))[0]
    assert await Outbox(database).head(ONE) == written
    assert (written.call, written.agent_id, written.body) == (ONE, "desk", '{"type": "x"}')


async def test_the_head_of_a_call_is_its_oldest_letter_that_is_not_dead(
    database: Database,
) -> None:
    box = Outbox(database)
    first, _, second = await put(database, ONE, TWO, ONE)
    assert await box.head(ONE) == first
    await box.failed(first, "status 400", dead=True)
    assert await box.head(ONE) == second
    assert not await box.delivered(second)
    assert await box.head(ONE) is None
    assert await box.calls() == [TWO]
    assert await box.counts() == Counts(waiting=1, dead=1)


async def test_a_delivered_letter_tells_whether_another_of_its_call_waits(
    database: Database,
) -> None:
    box = Outbox(database)
    first, _, second = await put(database, ONE, TWO, ONE)
    assert await box.delivered(first)
    assert not await box.delivered(second)


async def test_a_failed_letter_says_how_often_and_why(database: Database) -> None:
    box = Outbox(database)
    (letter,) = await put(database, ONE)
    await box.failed(letter, "timeout", dead=False)
    again = await box.head(ONE)
    assert again is not None
    assert (again.attempts, again.error, again.dead) == (1, "timeout", False)


async def test_dead_letters_are_revived_by_number_or_all(database: Database) -> None:
    box = Outbox(database)
    letters = await put(database, ONE, ONE, TWO)
    for letter in letters:
        await box.failed(letter, "status 500", dead=True)
    assert await box.revive([letters[0].id]) == 1
    assert [each.attempts for each in await box.letters(dead=False)] == [0]
    assert await box.revive(None) == 2
    assert await box.letters(dead=True) == []


async def test_letters_are_dropped_by_number_the_dead_or_all(database: Database) -> None:
    box = Outbox(database)
    letters = await put(database, ONE, ONE, TWO)
    await box.failed(letters[2], "status 500", dead=True)
    assert await box.drop(None, only_dead=True) == 1
    assert await box.drop([letters[0].id, 999]) == 1
    assert await box.drop(None) == 1
    assert await box.counts() == Counts(0, 0)


async def test_too_many_letters_make_room_the_dead_ones_first(database: Database) -> None:
    box = Outbox(database, most=3)
    letters = await put(database, *[ONE] * 5)
    await box.failed(letters[4], "status 400", dead=True)
    assert await box.prune() == 2
    assert [each.id for each in await box.letters()] == [each.id for each in letters[1:4]]
    assert await box.prune() == 0


async def test_a_letter_that_nobody_wanted_for_a_week_is_dropped(database: Database) -> None:
    box = Outbox(database)
    await put(database, ONE)
    await box.grow_older(module.KEEP_S - 60)
    assert await box.prune() == 0
    await put(database, TWO)
    await box.grow_older(120)
    assert await box.prune() == 1
    assert await box.calls() == [TWO]


@pytest.mark.parametrize("jump_s", [-50 * 365 * 86_400.0, -3600.0, 3600.0, 50 * 365 * 86_400.0])
async def test_a_clock_that_jumps_drops_no_letter(
    database: Database, monkeypatch: pytest.MonkeyPatch, jump_s: float
) -> None:
    box = Outbox(database)
    await put(database, ONE)
    now_s = time.time()
    monkeypatch.setattr(module.time, "time", lambda: now_s + jump_s)
    await put(database, TWO)
    assert await box.prune() == 0
    monkeypatch.undo()
    assert await box.prune() == 0
    assert await box.calls() == [ONE, TWO]


async def test_a_number_is_never_used_again(database: Database) -> None:
    box = Outbox(database)
    (first,) = await put(database, ONE)
    await box.delivered(first)
    (second,) = await put(database, ONE)
    assert second.id > first.id


async def test_what_was_delivered_is_not_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    async with open_database(path) as database:
        (letter,) = await put(database, ONE, body='{"text": "my secret illness"}')
        await Outbox(database).delivered(letter)
    assert b"illness" not in on_disk(tmp_path)


async def test_a_letter_does_not_show_its_words_when_it_is_printed(database: Database) -> None:
    (letter,) = await put(database, ONE, body="private")
    assert "private" not in repr(letter)
