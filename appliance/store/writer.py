"""The queue in front of the database: a call hands over what is to be written and goes on.

What has gathered while one transaction was written goes into the next, so a slow disk makes the
transactions larger and not the queue longer. The queue is bounded all the same; what does not fit,
or what the database does not take, is counted and the log says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from appliance.background import concurrently
from appliance.errors import StoreFault
from appliance.store.database import Database

MOST_JOBS: Final = 5000
"""Minutes of all calls' events while the disk does not answer."""
BATCH: Final = 500
RETRY_S: Final = 1.0
LAST_ATTEMPTS: Final = 3
"""At the end of the program."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to write."""

    write: Callable[[AsyncConnection], Awaitable[None]]
    """Executes statements; may be repeated after a failure. Raises what SQLAlchemy raises."""
    written: Callable[[], None] | None = None
    """Called when it is on the disk."""


class Writer:
    """Writes jobs in the order in which they were put. Event loop only; ``open_writer`` makes
    one."""

    def __init__(
        self, database: Database, on_lost: Callable[[int], None], retry_s: float = RETRY_S
    ) -> None:
        self._database = database
        self._on_lost = on_lost
        self._retry_s = retry_s
        self._jobs: deque[Job] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._full = False
        self._failing = False

    def put(self, job: Job) -> None:
        """Take ``job`` and return at once; a full queue loses it."""
        if len(self._jobs) >= MOST_JOBS:
            if not self._full:
                log.error("the database is too slow: %d changes wait, more are lost", MOST_JOBS)
            self._full = True
            self._on_lost(1)
            return
        self._jobs.append(job)
        self._wake.set()

    async def flush(self) -> None:
        """Wait until what was put until now is written."""
        done = asyncio.Event()
        self.put(Job(_nothing, done.set))
        await done.wait()

    def close(self) -> None:
        """``run`` ends when what was put until now is written, or cannot be."""
        self._closing = True
        self._wake.set()

    async def run(self) -> None:
        """Write until ``close``."""
        failures = 0
        while self._jobs or not self._closing:
            await self._wake.wait()
            if not self._jobs:
                self._wake.clear()
                if self._closing:
                    break
                continue
            if await self._write_some():
                failures = 0
                continue
            failures += 1
            if self._closing and failures >= LAST_ATTEMPTS:
                self._lose(list(self._jobs))
                return
            await asyncio.sleep(self._retry_s)

    def _lose(self, jobs: Sequence[Job]) -> None:
        """Give up the first ones in the queue."""
        log.error("%d changes are lost: the database does not take them", len(jobs))
        self._on_lost(len(jobs))
        for _ in jobs:
            self._jobs.popleft()

    async def _write_some(self) -> bool:
        """One transaction; whether it was written."""
        batch = list(islice(self._jobs, BATCH))
        try:
            async with self._database.transaction() as connection:
                for job in batch:
                    await job.write(connection)
        except StoreFault as error:
            if not self._failing:
                log.error("%s: %s", error.code, error)
            self._failing = True
            if error.code != "store_refused":
                return False
            self._lose(batch)
            return True
        self._full = self._failing = False
        for job in batch:
            self._jobs.popleft()
            if job.written is not None:
                job.written()
        return True


async def _nothing(_: AsyncConnection) -> None:
    """A job that only marks a place in the queue."""


@asynccontextmanager
async def open_writer(database: Database, on_lost: Callable[[int], None]) -> AsyncIterator[Writer]:
    """A running writer; its end waits until everything is written."""
    writer = Writer(database, on_lost)
    async with concurrently(writer.run()):
        try:
            yield writer
        finally:
            writer.close()
