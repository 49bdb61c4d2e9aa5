"""Work that goes on beside the body of a ``with``."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
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
