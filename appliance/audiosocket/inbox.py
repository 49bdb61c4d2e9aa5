"""What a caller sent and their call has not looked at yet. Bounded: a call that falls behind loses
the oldest sound, never its digits, and never the host's memory."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from appliance.audio.frame import FRAME_MS, Pcm
from appliance.audiosocket.protocol import Digit

MOST_FRAMES: Final = 1000 // FRAME_MS
"""One second: older sound is of no use to a conversation."""
MOST_DIGITS: Final = 64

Inbound = Pcm | Digit


class Inbox:
    """A queue with one reader. Event loop only."""

    def __init__(self, most_frames: int = MOST_FRAMES) -> None:
        self._most_frames = most_frames
        self._waiting: deque[Inbound] = deque()
        self._frames = 0
        self._changed = asyncio.Event()
        self._closed = False
        self.dropped_frames = 0
        self.dropped_digits = 0

    def put_frame(self, frame: Pcm) -> None:
        """A Frame; the oldest one makes room for it."""
        if self._closed:
            return
        if self._frames == self._most_frames:
            del self._waiting[self._oldest_frame()]
            self._frames -= 1
            self.dropped_frames += 1
        self._waiting.append(frame)
        self._frames += 1
        self._changed.set()

    def put_digit(self, digit: Digit) -> None:
        """A digit, in its place between the Frames; refused when 64 are waiting."""
        if self._closed:
            return
        if len(self._waiting) - self._frames >= MOST_DIGITS:
            self.dropped_digits += 1
            return
        self._waiting.append(digit)
        self._changed.set()

    def close(self, *, discard: bool) -> None:
        """Nothing more comes; ``discard`` forgets what waits as well. Idempotent."""
        self._closed = True
        if discard:
            self._waiting.clear()
            self._frames = 0
        self._changed.set()

    async def get(self) -> Inbound | None:
        """The next one; None when the inbox is closed and empty."""
        while not self._waiting:
            if self._closed:
                return None
            self._changed.clear()
            await self._changed.wait()
        item = self._waiting.popleft()
        if not isinstance(item, Digit):
            self._frames -= 1
        return item

    def _oldest_frame(self) -> int:
        return next(at for at, item in enumerate(self._waiting) if not isinstance(item, Digit))
