"""The database file: opened, brought up to date, closed.

SQLite in WAL mode: one writer and any number of readers, among them the command line while the
service runs. The service has one connection, hence one thread (aiosqlite's), and its transactions
queue for it; nothing of a call waits for them. Every commit is on the disk when it returns
(``synchronous=FULL``), because an outbox that forgets at a power cut is none.
"""

from __future__ import annotations

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from appliance.errors import StoreError, StoreFault
from appliance.store import migrate

FILE_NAME: Final = "appliance.sqlite3"
MODE: Final = 0o600
"""SQLite gives the files beside it (``-wal``, ``-shm``) the same."""
PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten with zeros
    "PRAGMA journal_size_limit=4194304",
)

logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # at debug it prints every value


class Database:
    """An open database. Event loop only."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """All of the block is written at its end, or nothing. Waits for other transactions of this
        process, and up to 5 s for those of others. Raises StoreFault."""
        try:
            async with self._engine.begin() as connection:
                yield connection
        except (OperationalError, PoolTimeout) as error:
            raise StoreFault(f"the database failed: {_reason(error)}") from error
        except SQLAlchemyError as error:
            raise StoreFault(
                f"the database refused: {_reason(error)}", code="store_refused"
            ) from error


@asynccontextmanager
async def open_database(path: Path, *, migrations: bool = True) -> AsyncIterator[Database]:
    """The database at ``path``, checked; made and brought up to date with ``migrations`` (the
    service), otherwise refused when it is not there or older (the command line).

    Raises StoreError, one line for the operator; the file is then as it was.
    """
    _own_file(path, create=migrations)
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # errors do not quote what callers said
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    try:
        try:
            async with engine.begin() as connection:
                await connection.run_sync(_check, path)
                await connection.run_sync(migrate.upgrade if migrations else migrate.check, path)
        except SQLAlchemyError as error:
            raise StoreError(_explain(path, error)) from error
        yield Database(engine)
    finally:
        await engine.dispose()


def _own_file(path: Path, *, create: bool) -> None:
    """Made for our eyes only before SQLite would make it for everybody's."""
    try:
        number = os.open(path, os.O_RDWR | (os.O_CREAT if create else 0), MODE)
        try:
            os.fchmod(number, MODE)
        finally:
            os.close(number)
    except FileNotFoundError as error:
        raise StoreError(
            f"there is no {path} yet; `appliance serve` makes it at its first start"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{path} cannot be opened: {error.strerror}; run `chown` on it for the user of the "
            "service"
        ) from error


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # Python's driver would begin only before some statements
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """IMMEDIATE: waits for another process here, where it can, and never in the middle."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _check(connection: Connection, path: Path) -> None:
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if found != "ok":
        raise StoreError(_damaged(path, str(found)))


def _explain(path: Path, error: SQLAlchemyError) -> str:
    reason = _reason(error)
    if isinstance(error, OperationalError):
        return f"{path} cannot be used: {reason}"
    return _damaged(path, reason)


def _damaged(path: Path, reason: str) -> str:
    reason = " ".join(reason.split())
    return (
        f"{path} is damaged ({reason}); nothing was changed in it: put back a backup, or move it "
        "away and start with an empty one"
    )


def _reason(error: SQLAlchemyError) -> str:
    """SQLite's own words, without the statement."""
    return str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
