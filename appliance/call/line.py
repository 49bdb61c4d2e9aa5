"""A caller's line as the call sees it, whatever carries it.

Asterisk's AudioSocket is one (``audiosocket/connection.py``); a speech-to-speech client on a
WebSocket is another. The call neither knows nor asks which.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Final, Literal, Protocol
from uuid import UUID

from appliance.audio.frame import Pcm
from appliance.audiosocket.protocol import Digit

QUIET_LINE_S: Final = 0.1
"""A phone that suppresses silence sends nothing while its user is silent; without Frames for so
long the caller is taken to be silent, or a turn would never end."""

Supplier = Callable[[], bytes | None]
"""Asked for the next Frame every 20 ms; None is silence. Must return at once."""


class Line(Protocol):
    """One caller. Event loop only.

    ``async for event in line`` gives Frames at the line's ``rate()`` and ``Digit`` s in the order
    they came, and ends when the line does; ``end`` then says why.
    """

    @property
    def uuid(self) -> UUID:
        """The call's."""

    @property
    def end(self) -> str | None:
        """Why the line ended; None while it has not. ``hung_up``: by us."""

    @property
    def refused_frames(self) -> int:
        """Frames of ours that were dropped because the peer did not read."""

    @property
    def dropped_frames(self) -> int:
        """The caller's Frames that were dropped because the call fell behind."""

    def __aiter__(self) -> Line: ...

    async def __anext__(self) -> Pcm | Digit: ...

    async def rate(self) -> int:
        """The rate of the call's sound in Hz, both ways: 8000 or 16000. Known soon: with the
        caller's first sound, or when it has not come in time, or at the end."""

    def play_from(self, supplier: Supplier) -> None:
        """Send what ``supplier`` gives, from the next Frame on; until then, silence is sent."""

    def begin_hang_up(self, end: Literal["hung_up"]) -> None:
        """End the call without waiting for it. Idempotent."""

    async def hang_up(self) -> None:
        """End the call in order; returns when the line is closed. Idempotent."""


async def events(line: Line) -> AsyncGenerator[Pcm | Digit | None]:
    """What comes on ``line`` until it ends; None for each QUIET_LINE_S without anything."""
    while True:
        try:
            async with asyncio.timeout(QUIET_LINE_S):
                event: Pcm | Digit | None = await anext(line)
        except TimeoutError:
            event = None
        except StopAsyncIteration:
            return
        yield event
