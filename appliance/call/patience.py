"""A caller who asks for a moment is waited for, and asked after once. Pure; in audio time."""

from __future__ import annotations

from typing import Final

JUST_BEGUN_S: Final = 4.0


class Patience:
    """The patience of one call."""

    def __init__(self, hold_s: float) -> None:
        self._hold_s = hold_s
        self._until_s: float | None = None
        self._began_s = 0.0

    @property
    def waiting(self) -> bool:
        """Whether the caller is away: nobody asks after them."""
        return self._until_s is not None

    def begin(self, now_s: float) -> None:
        """The caller has asked for a moment, maybe for another one."""
        self._until_s = now_s + self._hold_s
        self._began_s = now_s

    def just_begun(self, now_s: float) -> bool:
        """Whether what the caller says still belongs to their request: "okay, thanks"."""
        return self.waiting and now_s - self._began_s < JUST_BEGUN_S

    def end(self) -> None:
        """The caller is back."""
        self._until_s = None

    def passed(self, now_s: float) -> bool:
        """True once, when they have been waited for long enough."""
        if self._until_s is None or now_s < self._until_s:
            return False
        self._until_s = None
        return True
