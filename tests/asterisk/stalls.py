"""For how long this machine let nobody run: what no program on it can be blamed for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from appliance.audio.frame import FRAME_S

BUFFERED_S: Final = 3 * FRAME_S
"""A stall that is shorter costs no frame: so many may wait for Asterisk."""


class Stalls:
    """What was seen by a timer that does nothing else, every 20 ms."""

    def __init__(self) -> None:
        self.total_s = 0.0
        """Of all stalls the part behind BUFFERED_S."""


@asynccontextmanager
async def stalls() -> AsyncIterator[Stalls]:
    """Look for stalls while the body runs, in which this process must have nothing to do."""
    seen = Stalls()

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        while True:
            due_s = loop.time() + FRAME_S
            await asyncio.sleep(FRAME_S)
            seen.total_s += max(0.0, loop.time() - due_s - BUFFERED_S)

    watching = asyncio.create_task(watch())
    try:
        yield seen
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
