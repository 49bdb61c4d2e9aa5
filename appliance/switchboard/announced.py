"""Calls that were announced by ``POST /call`` and have not arrived yet. Pure; bounded in number and
age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

MOST: Final = 1000
"""The oldest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was told of a call before its sound."""

    payload: Mapping[str, Any] = field(default_factory=dict)
    """Any keys; ``from`` and ``to`` by convention."""
    sts_url: str | None = None
    """The speech-to-speech service of this call, the payload in its query: the agent's, or the one
    that a webhook's receiver chose; None: the agent answers here."""

    @property
    def extension(self) -> str | None:
        """The dialled number, as the dialplan told it."""
        dialled = self.payload.get("to")
        return str(dialled) if isinstance(dialled, str | int) else None


class Announcements:
    """By uuid, for ``keep_s`` seconds each."""

    def __init__(self, keep_s: float) -> None:
        self._keep_s = keep_s
        self._waiting: dict[UUID, tuple[float, Announcement]] = {}

    def put(self, uuid: UUID, announcement: Announcement, now_s: float) -> None:
        """A second announcement of the same uuid replaces the first."""
        self._waiting.pop(uuid, None)
        while self._waiting and (len(self._waiting) >= MOST or self._oldest_is_stale(now_s)):
            del self._waiting[next(iter(self._waiting))]
        self._waiting[uuid] = (now_s, announcement)

    def take(self, uuid: UUID, now_s: float) -> Announcement:
        """What was announced of ``uuid``, once; an empty Announcement when that was nothing, or too
        long ago."""
        at, announcement = self._waiting.pop(uuid, (now_s, Announcement()))
        return announcement if now_s - at <= self._keep_s else Announcement()

    def _oldest_is_stale(self, now_s: float) -> bool:
        at, _ = next(iter(self._waiting.values()))
        return now_s - at > self._keep_s
