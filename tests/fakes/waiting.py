"""Waiting for something another process does, bounded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

POLL_S = 0.05


async def eventually(happened: Callable[[], Awaitable[bool]], within_s: float = 10.0) -> None:
    """Return when ``happened()`` is true; AssertionError when it is not within ``within_s``."""
    for _ in range(round(within_s / POLL_S)):
        if await happened():
            return
        await asyncio.sleep(POLL_S)
    raise AssertionError(f"{happened.__name__} did not become true within {within_s} s")
