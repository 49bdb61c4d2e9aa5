"""Work that goes on beside the calls for as long as the service runs, and has an owner.

A failure in it is no reason to end calls, and none to go on without it in silence: it is logged,
and the work begins again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, Self

AGAIN_S: Final = 10.0
"""Between a failure and the next try: no log fills up with one cause."""

log = logging.getLogger(__name__)


class Background:
    """An async context manager; at its end all of the work is cancelled and over."""

    def __init__(self, again_s: float = AGAIN_S) -> None:
        self._again_s = again_s
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def keep_up(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do ``work`` until it returns; begin it again when it fails."""
        self._tasks.add(asyncio.create_task(self._kept_up(work)))

    async def _kept_up(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                return await work()
            except Exception:
                name = getattr(work, "__qualname__", repr(work))
                log.exception("%s failed; it begins again in %.0f s", name, self._again_s)
            await asyncio.sleep(self._again_s)
