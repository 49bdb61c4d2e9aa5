"""Work that goes on beside other work, and has an owner.

What the service does beside its calls (``Background``) may fail: that is no reason to end calls,
and none to go on without it in silence. What a part of it needs to work at all (``concurrently``)
ends that part.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, Self

AGAIN_S: Final = 10.0
"""Between a failure and the next try: no log fills up with one cause."""

log = logging.getLogger(__name__)


class Background:
    """Work for as long as the body of ``async with`` lasts; at its end all of it is cancelled and
    over. A failure is logged, and the work begins again."""

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


@asynccontextmanager
async def concurrently(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """``work`` runs while the body does; leaving waits for its end.

    A failure of ``work`` cancels the body. Whoever failed first, its error comes out as it is:
    a task group would wrap the operator's one clear line in a group.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(work)
            yield
    except BaseExceptionGroup as failures:
        raise failures.exceptions[0] from None
