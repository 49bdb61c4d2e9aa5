"""What is put is written, in its order, or counted as lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from appliance.errors import StoreFault
from appliance.store import writer as module
from appliance.store.database import FILE_NAME, Database, open_database
from appliance.store.writer import Job, Writer, open_writer

pytestmark = pytest.mark.unit


def insert(value: int, written: Callable[[], None] | None = None) -> Job:
    async def write(connection: AsyncConnection) -> None:
        await connection.execute(text("INSERT INTO t VALUES (:x)"), {"x": value})

    return Job(write, written)


async def with_table(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE t (x)"))


async def values(database: Database) -> list[int]:
    async with database.transaction() as connection:
        return list((await connection.execute(text("SELECT x FROM t ORDER BY rowid"))).scalars())


async def test_jobs_are_written_in_their_order_and_say_when(database: Database) -> None:
    await with_table(database)
    written: list[int] = []
    async with open_writer(database, lambda _: None) as writer:
        for number in range(1200):
            writer.put(insert(number, lambda n=number: written.append(n)))  # type: ignore[misc]
    assert await values(database) == written == list(range(1200))


async def test_a_flush_waits_until_all_is_on_the_disk(database: Database, tmp_path: Path) -> None:
    await with_table(database)
    async with open_writer(database, lambda _: None) as writer:
        writer.put(insert(1))
        await writer.flush()
        async with open_database(tmp_path / FILE_NAME, migrations=False) as other:
            assert await values(other) == [1]


async def test_what_does_not_fit_is_lost_and_counted(
    database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await with_table(database)
    monkeypatch.setattr(module, "MOST_JOBS", 3)
    lost: list[int] = []
    async with open_writer(database, lost.append) as writer:
        for number in range(10):
            writer.put(insert(number))
    assert await values(database) == [0, 1, 2]
    assert sum(lost) == 7
    assert len(caplog.records) == 1


async def test_a_database_that_fails_for_a_while_loses_nothing(database: Database) -> None:
    writer = Writer(database, lambda _: None, retry_s=0.01)
    writer.put(insert(1))
    writer.put(insert(2))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(writer.run())
        with pytest.raises(StoreFault):
            await values(database)  # there is no table yet, so the writer fails too
        await with_table(database)
        await writer.flush()
        writer.close()
    assert await values(database) == [1, 2]


async def test_what_the_database_will_never_take_does_not_hold_up_the_rest(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE t (x UNIQUE)"))
    lost: list[int] = []
    told = asyncio.Event()

    def count(number: int) -> None:
        lost.append(number)
        told.set()

    async with open_writer(database, count) as writer:
        writer.put(insert(1))
        await writer.flush()
        writer.put(insert(1))
        await told.wait()
        writer.put(insert(2))
    assert await values(database) == [1, 2]
    assert lost == [1]
    assert "store_refused" in caplog.text


async def test_a_database_that_fails_to_the_end_does_not_keep_the_program(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    lost: list[int] = []
    writer = Writer(database, lost.append, retry_s=0.01)
    writer.put(insert(1))
    writer.close()
    await writer.run()
    assert lost == [1]
    assert "1 changes are lost" in caplog.text
