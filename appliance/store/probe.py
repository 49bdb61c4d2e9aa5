"""Whether the disk still takes what the service writes.

A call goes on without the disk, and that is right; but then nobody notices that calls are not
written down and webhooks not told, until somebody asks for them. So a little is written now and
then, as everything else is, and what came of it is told wherever somebody looks.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from appliance.errors import StoreFault
from appliance.store.database import Database

LOOK_S: Final = 15.0
LEAST_FREE_BYTES: Final = 100_000_000
"""Less, and it is a question of time."""

log = logging.getLogger(__name__)


class StoreProbe:
    """Of one database. Event loop only."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        on_look: Callable[[bool, int], None],
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """``folder`` is where it lies. ``on_look`` is told whether it was written and how many
        bytes are free."""
        self._database = database
        self._folder = folder
        self._on_look = on_look
        self._free = free
        self.faults: tuple[str, ...] = ()
        """What is wrong now, a line each; empty when nothing is."""

    async def watch(self) -> None:
        """Look for as long as the service runs."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Write, and compare with before."""
        fault = await self._write()
        try:
            free = self._free(self._folder)
        except OSError:  # what holds the folder is gone
            free = 0
        self._on_look(not fault, free)
        faults = [fault] if fault else []
        if free < LEAST_FREE_BYTES:
            faults.append(f"{free // 1_000_000} MB are free on the disk of {self._folder}")
        self._tell(tuple(faults))

    async def _write(self) -> str:
        """A page of the database, the same as before, through its log to the disk."""
        try:
            async with self._database.transaction() as connection:
                await connection.exec_driver_sql("PRAGMA user_version = 0")
        except StoreFault as error:
            return f"{error}: calls go on, and nothing of them is kept"
        return ""

    def _tell(self, faults: tuple[str, ...]) -> None:
        """In the log, when another thing is wrong than before."""
        if len(faults) > len(self.faults):
            log.error("%s; make room in %s", "; ".join(faults), self._folder)
        elif self.faults and not faults:
            log.info("the disk takes what is written again")
        self.faults = faults
