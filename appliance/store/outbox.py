"""Letters to the webhook's receiver: on the disk until delivered, set aside when they cannot be.

Bounded in number and age, because a receiver may be gone for good: dead letters make room first,
then the oldest. Age is what the service has run since, counted by it: a clock that jumps by years
makes no letter old. A delivered letter is deleted, and SQLite overwrites it with zeros.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from appliance.store.database import Database
from appliance.store.tables import letters

MOST_LETTERS: Final = 10_000
KEEP_S: Final = 7 * 24 * 3600.0
"""Of a running service."""


@dataclass(frozen=True, slots=True)
class NewLetter:
    """Something to tell, not written yet."""

    call: UUID
    type: str
    agent_id: str
    body: str = field(repr=False)
    """The JSON that is sent, in ASCII."""


@dataclass(frozen=True, slots=True)
class Letter(NewLetter):
    """One that is on the disk."""

    id: int
    created_s: float
    """Seconds since 1970."""
    attempts: int = 0
    """That have failed."""
    dead: bool = False
    error: str = ""
    """Why the last one failed: ``status 500``, ``timeout`` ..."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many letters there are."""

    waiting: int
    dead: int


class Outbox:
    """The letters of one database. Methods raise StoreFault."""

    def __init__(self, database: Database, *, most: int = MOST_LETTERS) -> None:
        self._database = database
        self._most = most

    async def add(self, connection: AsyncConnection, new: NewLetter) -> Letter:
        """Write a letter within a transaction of the caller's."""
        created_s = time.time()
        values = {
            "call_uuid": str(new.call),
            "type": new.type,
            "agent_id": new.agent_id,
            "body": new.body,
            "created_s": created_s,
            "age_s": 0.0,
            "attempts": 0,
            "dead": False,
            "error": "",
        }
        key = (await connection.execute(insert(letters), values)).inserted_primary_key
        assert key is not None
        return Letter(new.call, new.type, new.agent_id, new.body, key[0], created_s)

    async def head(self, call: UUID) -> Letter | None:
        """The oldest letter of ``call`` that waits."""
        waiting = [letters.c.call_uuid == str(call), ~letters.c.dead]
        found = await self._select(*waiting, limit=1)
        return found[0] if found else None

    async def calls(self) -> list[UUID]:
        """Calls that have letters waiting, the longest waiting first."""
        query = (
            select(letters.c.call_uuid)
            .where(~letters.c.dead)
            .group_by(letters.c.call_uuid)
            .order_by(func.min(letters.c.id))
        )
        async with self._database.transaction() as connection:
            return [UUID(value) for value in (await connection.execute(query)).scalars()]

    async def letters(self, *, dead: bool | None = None, limit: int = 1000) -> list[Letter]:
        """Letters in their order; only the dead ones, only the waiting ones, or all."""
        return await self._select(true() if dead is None else letters.c.dead == dead, limit=limit)

    async def counts(self) -> Counts:
        """How many there are."""
        query = select(letters.c.dead, func.count()).group_by(letters.c.dead)
        async with self._database.transaction() as connection:
            by_dead = {bool(row[0]): int(row[1]) for row in await connection.execute(query)}
        return Counts(by_dead.get(False, 0), by_dead.get(True, 0))

    async def delivered(self, letter: Letter) -> bool:
        """Forget it; whether another one of its call waits."""
        of_call = (letters.c.call_uuid == str(letter.call)) & ~letters.c.dead
        async with self._database.transaction() as connection:
            await connection.execute(delete(letters).where(letters.c.id == letter.id))
            another = await connection.execute(select(letters.c.id).where(of_call).limit(1))
            return another.first() is not None

    async def failed(self, letter: Letter, error: str, *, dead: bool) -> None:
        """An attempt failed; with ``dead`` there will be no other."""
        values = {"attempts": letter.attempts + 1, "error": error, "dead": dead}
        async with self._database.transaction() as connection:
            await connection.execute(
                update(letters).where(letters.c.id == letter.id).values(**values)
            )

    async def revive(self, ids: Sequence[int] | None) -> int:
        """Let dead letters (None: all) be tried again, as if for the first time; how many."""
        dead = letters.c.dead if ids is None else letters.c.dead & letters.c.id.in_(ids)
        again = update(letters).where(dead).values(dead=False, attempts=0)
        async with self._database.transaction() as connection:
            return (await connection.execute(again)).rowcount

    async def drop(self, ids: Sequence[int] | None, *, only_dead: bool = False) -> int:
        """Throw letters away (None: all, or all dead ones); how many."""
        which = true() if ids is None else letters.c.id.in_(ids)
        return await self._delete(which & letters.c.dead if only_dead else which)

    async def grow_older(self, seconds: float) -> None:
        """So much time has passed for all of them."""
        later = update(letters).values(age_s=letters.c.age_s + seconds)
        async with self._database.transaction() as connection:
            await connection.execute(later)

    async def prune(self) -> int:
        """Throw away what is too old or too much, dead letters first; how many."""
        too_old = letters.c.age_s > KEEP_S
        too_many = (
            select(letters.c.id)
            .order_by(letters.c.dead, letters.c.id.desc())
            .limit(-1)
            .offset(self._most)
        )
        return await self._delete(or_(too_old, letters.c.id.in_(too_many)))

    async def _select(self, *where: ColumnElement[bool], limit: int) -> list[Letter]:
        query = select(letters).where(*where).order_by(letters.c.id).limit(limit)
        async with self._database.transaction() as connection:
            return [_letter(row) for row in await connection.execute(query)]

    async def _delete(self, which: ColumnElement[bool]) -> int:
        async with self._database.transaction() as connection:
            return (await connection.execute(delete(letters).where(which))).rowcount


def _letter(row: Row[Any]) -> Letter:
    values = dict(row._mapping)
    del values["age_s"]
    return Letter(call=UUID(values.pop("call_uuid")), **values)
