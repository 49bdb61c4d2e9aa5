"""Whose letter is sent next: one lane for each call that has letters waiting. Pure; no clock.

A lane has at most one letter on its way, which keeps the order of a call; a lane that waits for its
next attempt holds up no other.
"""

from __future__ import annotations

import heapq
from collections import deque
from uuid import UUID


class Lanes:
    """Calls with letters. Each is ready, waiting until a time, or taken."""

    def __init__(self) -> None:
        self._ready: deque[UUID] = deque()
        self._waiting: list[tuple[float, UUID]] = []
        self._known: set[UUID] = set()
        self._taken: dict[UUID, bool] = {}
        """True: something came while it was taken."""

    def __len__(self) -> int:
        return len(self._known)

    @property
    def taken(self) -> int:
        """How many are being served."""
        return len(self._taken)

    @property
    def next_due_s(self) -> float | None:
        """When the first waiting lane becomes ready; None when none waits."""
        return self._waiting[0][0] if self._waiting else None

    def add(self, call: UUID) -> None:
        """``call`` has letters, or one more."""
        if call in self._taken:
            self._taken[call] = True
        elif call not in self._known:
            self._known.add(call)
            self._ready.append(call)

    def discover(self, call: UUID) -> None:
        """``call`` has letters, maybe those that are being delivered just now."""
        if call not in self._known:
            self.add(call)

    def take(self, now_s: float) -> UUID | None:
        """The next lane to serve; None when all wait or are taken. Give it back."""
        while self._waiting and self._waiting[0][0] <= now_s:
            self._ready.append(heapq.heappop(self._waiting)[1])
        if not self._ready:
            return None
        call = self._ready.popleft()
        self._taken[call] = False
        return call

    def take_for(self, call: UUID) -> bool:
        """Take the lane of ``call`` before its first letter; False when it is known already."""
        if call in self._known:
            return False
        self._known.add(call)
        self._taken[call] = False
        return True

    def give_back(self, call: UUID, due_s: float) -> None:
        """Serve it again at ``due_s``; a time that has passed is the end of the row."""
        del self._taken[call]
        heapq.heappush(self._waiting, (due_s, call))

    def finish(self, call: UUID) -> None:
        """It had no letter left; forget it, unless one came meanwhile."""
        if self._taken.pop(call):
            self._ready.append(call)
        else:
            self._known.discard(call)
