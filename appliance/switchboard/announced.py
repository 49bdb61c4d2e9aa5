"""Calls that were announced by ``POST /call`` and have not arrived yet. Pure; bounded in number and
age.

Where there is no room, whoever announced the most makes it, and those who are not trusted before
those who are: nobody pushes out the announcements of the PBX by making many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_network
from typing import Any, Final
from uuid import UUID

from appliance.access.gate import address_of

MOST: Final = 1000
ONE_SITE_BITS: Final = 64
"""Of an IPv6 address: a machine has as many of the others as it likes."""


@dataclass(frozen=True, slots=True)
class Announcer:
    """From where a call is announced."""

    address: str = ""
    trusted: bool = True
    """Whether that is a network whose programs need no key."""

    @property
    def source(self) -> tuple[bool, str]:
        """The same for all addresses of one machine; those who are not trusted come first."""
        known = address_of(self.address)
        if not isinstance(known, IPv6Address):
            return self.trusted, self.address
        return self.trusted, str(ip_network((known, ONE_SITE_BITS), strict=False))


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
        self._by: dict[UUID, tuple[bool, str]] = {}

    def put(
        self,
        uuid: UUID,
        announcement: Announcement,
        now_s: float,
        by: Announcer = Announcer(),  # noqa: B008 - frozen
    ) -> None:
        """A second announcement of the same uuid replaces the first."""
        self._forget(uuid)
        while self._waiting and self._oldest_is_stale(now_s):
            self._forget(next(iter(self._waiting)))
        self._waiting[uuid] = (now_s, announcement)
        self._by[uuid] = by.source
        if len(self._waiting) > MOST:
            self._forget(self._who_makes_room())

    def _who_makes_room(self) -> UUID:
        """The oldest of whoever announced the most."""
        number = Counter(self._by.values())
        source = min(number, key=lambda each: (each[0], -number[each]))
        return next(uuid for uuid in self._waiting if self._by[uuid] == source)

    def _forget(self, uuid: UUID) -> tuple[float, Announcement] | None:
        self._by.pop(uuid, None)
        return self._waiting.pop(uuid, None)

    def take(self, uuid: UUID, now_s: float) -> Announcement:
        """What was announced of ``uuid``, once; an empty Announcement when that was nothing, or too
        long ago."""
        at, announcement = self._forget(uuid) or (now_s, Announcement())
        return announcement if now_s - at <= self._keep_s else Announcement()

    def _oldest_is_stale(self, now_s: float) -> bool:
        at, _ = next(iter(self._waiting.values()))
        return now_s - at > self._keep_s
