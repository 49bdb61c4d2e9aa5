"""The one reader of time. State machines count audio instead; playout deadlines and metrics use
this."""

from __future__ import annotations

import time
from typing import Protocol


class Clock(Protocol):
    """Monotonic seconds; only differences mean anything."""

    def now(self) -> float: ...


class MonotonicClock:
    """The same clock as the event loop's ``time()``, so that its values can be used as
    deadlines."""

    def now(self) -> float:
        return time.monotonic()
