"""Keys the caller presses, taken together until they are done. Pure and driven by audio time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

PAUSE_S: Final = 1.5
"""A string of keys is over after that; ``#`` ends it at once."""
MAX_KEYS: Final = 32


class Keypad:
    """The keys of one call."""

    def __init__(self) -> None:
        self._keys = ""
        self._pressed_at_s = 0.0

    def press(self, key: str, now_s: float) -> str:
        """Take ``key``; the finished string, or ``""`` while more may come."""
        self._pressed_at_s = now_s
        if key != "#":
            self._keys += key
        return self._take() if key == "#" or len(self._keys) >= MAX_KEYS else ""

    def passed(self, now_s: float) -> str:
        """Time has passed; the finished string, or ``""``."""
        return self._take() if self._keys and now_s - self._pressed_at_s >= PAUSE_S else ""

    def hand_over(self, take: Callable[[str], None]) -> None:
        """What was pressed so far goes to ``take``, if that is anything."""
        if self._keys:
            take(self._take())

    def _take(self) -> str:
        keys, self._keys = self._keys, ""
        return keys
