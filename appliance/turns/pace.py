"""How long this caller pauses inside their sentences.

Some people think while they speak. After two such pauses in a call the agent waits a little longer
than it would for others; a caller who never pauses shortens nothing, because the one pause that
comes is cut into all the same.
"""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import Final

REMEMBERED: Final = 5
ENOUGH: Final = 2
SHORTEST_S: Final = 0.3
"""A shorter gap lies between any two phrases and says nothing about the caller."""
LONGEST_S: Final = 2.0
"""After a longer one the caller began anew."""
MARGIN: Final = 1.25
MOST_MS: Final = 300
"""Added at the most: the longest pauses are the business of the words."""


class Pace:
    """The pauses of one call after which the caller went on."""

    def __init__(self) -> None:
        self._pauses: deque[float] = deque(maxlen=REMEMBERED)

    def went_on_after(self, pause_s: float) -> None:
        """The turn went on after ``pause_s`` of silence."""
        if SHORTEST_S <= pause_s <= LONGEST_S:
            self._pauses.append(pause_s)

    def at_least(self, wait_ms: float) -> float:
        """``wait_ms``, or what this caller needs, up to MOST_MS more."""
        if len(self._pauses) < ENOUGH:
            return wait_ms
        return max(wait_ms, min(1000 * MARGIN * median(self._pauses), wait_ms + MOST_MS))
