"""Calls as they are remembered over a restart: when, who, how it ended, how quick each turn was.

The words of a call are kept only where the site asks for it (setting ``keep_words``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from appliance.call.record import CallRecord
from appliance.store.database import Database
from appliance.store.tables import calls, turns
from appliance.store.writer import Job, Writer

LOST: Final = "service_stopped"
"""Outcome of a call that was going on when the program was killed."""


class CallStore:
    """The last ``keep`` finished calls, and those going on. Event loop only."""

    def __init__(self, database: Database, writer: Writer, keep: int, *, words: bool) -> None:
        self._database = database
        self._writer = writer
        self._keep = keep
        self._words = words

    async def settle(self) -> list[tuple[UUID, str]]:
        """At start: whatever has no end was cut off. Those calls, each with its agent. Raises
        StoreFault."""
        unfinished = calls.c.ended.is_(None)
        ended = {"ended": datetime.now(UTC).isoformat(), "outcome": LOST}
        async with self._database.transaction() as connection:
            rows = await connection.execute(select(calls.c.uuid, calls.c.agent).where(unfinished))
            cut_off = [(UUID(row.uuid), row.agent) for row in rows]
            await connection.execute(update(calls).where(unfinished).values(ended))
            await self._prune(connection)
        return cut_off

    def save(self, record: CallRecord) -> None:
        """Write the call as it is now, in place of what was written of it before; returns at
        once."""
        call, exchanges = self._rows(record)

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(delete(calls).where(calls.c.uuid == call["uuid"]))
            await connection.execute(insert(calls), call)
            if exchanges:
                await connection.execute(insert(turns), exchanges)
            await self._prune(connection)

        self._writer.put(Job(write))

    async def find(self, uuid: UUID) -> Mapping[str, Any] | None:
        """The call in the form of ``CallRecord.as_json``, its words None where they were not kept,
        and where in the call each turn was; None when it is unknown. Raises StoreFault."""
        async with self._database.transaction() as connection:
            of_call = select(calls).where(calls.c.uuid == str(uuid))
            call = (await connection.execute(of_call)).one_or_none()
            if call is None:
                return None
            of_turns = select(turns).where(turns.c.call_uuid == str(uuid)).order_by(turns.c.number)
            exchanges = (await connection.execute(of_turns)).all()
        exchanged = [_turn(row) for row in exchanges]
        return {**call._mapping, "turns": exchanged, "dictated": []}

    def _rows(self, record: CallRecord) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """What ``record`` is in the tables."""
        call = record.as_json()
        exchanges = call.pop("turns")
        del call["dictated"]  # asked for during a call or right after it
        if not self._words:
            call["greeting"] = None
        for number, turn in enumerate(exchanges):
            del turn["voice_ended_ms"], turn["taken_back"]  # asked for right after a call or never
            turn |= {
                "call_uuid": call["uuid"],
                "number": number,
                "timeline_ms": json.dumps(turn["timeline_ms"]),
            }
            if not self._words:
                turn |= {"heard": None, "said": None}
        return call, exchanges

    async def _prune(self, connection: AsyncConnection) -> None:
        over = (
            select(calls.c.uuid)
            .where(calls.c.ended.is_not(None))
            .order_by(calls.c.ended.desc(), calls.c.uuid)
            .limit(-1)
            .offset(self._keep)
        )
        await connection.execute(delete(calls).where(calls.c.uuid.in_(over)))


def _turn(row: Row[Any]) -> dict[str, Any]:
    names = ("heard", "said", "source", "interrupted")
    turn = {name: row._mapping[name] for name in names}
    stamps = json.loads(row._mapping["timeline_ms"])
    return turn | {"timeline_ms": stamps, "voice_ended_ms": None, "taken_back": ""}
