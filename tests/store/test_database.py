"""The file: who may read it, what becomes of a broken one, what another version left there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from appliance.errors import StoreError, StoreFault
from appliance.store.database import FILE_NAME, Database, open_database
from appliance.store.tables import metadata

pytestmark = pytest.mark.unit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / FILE_NAME


def content(path: Path) -> bytes:
    return path.read_bytes()


def write(path: Path, data: bytes, mode: int = 0o600) -> None:
    path.write_bytes(data)
    path.chmod(mode)


async def make(path: Path) -> None:
    async with open_database(path):
        pass


async def execute(database: Database, *statements: str, **values: object) -> None:
    async with database.transaction() as connection:
        for statement in statements:
            await connection.execute(text(statement), values)


async def refusal(path: Path, *, migrations: bool = True) -> str:
    """What opening it says; one line."""
    with pytest.raises(StoreError) as caught:
        async with open_database(path, migrations=migrations):
            pass
    assert "\n" not in caught.value.message
    assert str(path) in caught.value.message
    return caught.value.message


async def test_nobody_else_may_read_it(path: Path) -> None:
    write(path, b"", mode=0o644)
    async with open_database(path) as database:
        async with database.transaction() as connection:
            await connection.execute(text("CREATE TABLE t (x)"))
        files = sorted(path.parent.iterdir())
        assert [file.name.removeprefix(FILE_NAME) for file in files] == ["", "-shm", "-wal"]
        assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert list(path.parent.iterdir()) == [path]


async def test_the_migrations_make_the_tables_that_the_program_uses(path: Path) -> None:
    async with open_database(path) as database, database.transaction() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
    assert differences == []


async def test_opening_it_again_changes_nothing(path: Path) -> None:
    await make(path)
    before = content(path)
    await make(path)
    assert content(path) == before


async def test_a_transaction_is_written_whole_or_not_at_all(path: Path) -> None:
    async with open_database(path) as database:
        with pytest.raises(StoreFault, match="no such table: missing"):
            await execute(database, "CREATE TABLE t (x)", "INSERT INTO missing VALUES (1)")
        async with database.transaction() as connection:
            found = await connection.execute(
                text("SELECT count(*) FROM sqlite_master WHERE name = 't'")
            )
            assert found.scalar_one() == 0


async def test_errors_do_not_quote_what_was_written(path: Path) -> None:
    async with open_database(path) as database:
        with pytest.raises(StoreFault) as caught:
            await execute(database, "INSERT INTO missing VALUES (:x)", x="private")
    assert "private" not in f"{caught.value} {caught.value.__cause__}"


async def test_a_newer_versions_file_is_refused(path: Path) -> None:
    await make(path)
    with sqlite3.connect(path) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    file.close()
    before = content(path)
    assert "was written by a newer version of the appliance (revision 9999)" in await refusal(path)
    assert content(path) == before


def _nonsense(path: Path) -> None:
    path.write_bytes(b"this is no database at all " * 200)


def _truncated(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _scribbled(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096:8192] = b"\xff" * 4096
    path.write_bytes(whole)


@pytest.mark.parametrize("damage", [_nonsense, _truncated, _scribbled])
async def test_a_damaged_file_is_refused_and_left_as_it_is(
    path: Path, damage: Callable[[Path], None]
) -> None:
    await make(path)
    damage(path)
    before = content(path)
    message = await refusal(path)
    assert "is damaged" in message
    assert "put back a backup" in message
    assert content(path) == before


async def test_a_file_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    assert "cannot be opened: Is a directory" in await refusal(tmp_path)


async def test_the_command_line_makes_no_database(path: Path) -> None:
    assert "`appliance serve` makes it" in await refusal(path, migrations=False)
    with pytest.raises(FileNotFoundError):
        content(path)


async def test_the_command_line_leaves_an_older_file_to_the_service(path: Path) -> None:
    write(path, b"")
    assert "restart the service" in await refusal(path, migrations=False)
