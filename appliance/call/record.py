"""What is remembered of a call: kept in memory for a while, asked for by ``GET /call/{uuid}``."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One exchange as it was."""

    heard: str
    """What the recogniser understood."""
    said: str
    """What the caller heard of the answer."""
    source: str
    interrupted: bool
    timeline_ms: Mapping[str, int]
    """Each step after the caller's last voiced sample."""
    voice_ended_ms: int | None = None
    """That sample, after the agent took the call; None when somebody else held the conversation,
    and after a restart."""
    taken_back: str = ""
    """What the caller heard of an answer to the first half of ``heard``, before they went on;
    empty after a restart."""

    def as_json(self) -> dict[str, Any]:
        """With the names that ``GET /call/{uuid}`` uses."""
        return {
            "heard": self.heard,
            "said": self.said,
            "source": self.source,
            "interrupted": self.interrupted,
            "timeline_ms": dict(self.timeline_ms),
            "voice_ended_ms": self.voice_ended_ms,
            "taken_back": self.taken_back,
        }


@dataclass(frozen=True, slots=True)
class DictatedValue:
    """A number, a name or an address that the caller dictated and said to be right."""

    kind: str
    value: str
    """``02079460018``, ``SMITH``, ``AB123``, ``anna.smith@example.com``, ``1987-03-14``."""
    entry: str | None
    """Id of the knowledge entry that had asked for it."""


@dataclass(slots=True)
class CallRecord:
    """One call, growing while it runs."""

    uuid: UUID
    agent: str
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    outcome: str = "in_progress"
    """``caller_hangup``, ``agent_hangup``, ``transfer``, ``no_input``, ``time_over``, ``drained``
    or the code of the error that ended it."""
    transfer_to: str | None = None
    """Where the agent transferred the caller: ``extension`` or ``extension@context``."""
    greeting: str = ""
    """What the caller heard of it."""
    turns: list[TurnRecord] = field(default_factory=list)
    dictated: list[DictatedValue] = field(default_factory=list)
    """What the caller has confirmed, in that order."""

    def as_json(self) -> dict[str, Any]:
        """With the names that ``GET /call/{uuid}`` uses."""
        return {
            "uuid": str(self.uuid),
            "agent": self.agent,
            "started": self.started.isoformat(),
            "ended": None if self.ended is None else self.ended.isoformat(),
            "outcome": self.outcome,
            "transfer_to": self.transfer_to,
            "greeting": self.greeting,
            "turns": [turn.as_json() for turn in self.turns],
            "dictated": [asdict(value) for value in self.dictated],
        }


class CallLog:
    """The running calls and the last ``keep`` ended ones, by uuid."""

    def __init__(self, keep: int) -> None:
        self._keep = keep
        self._records: OrderedDict[UUID, CallRecord] = OrderedDict()

    def open(self, uuid: UUID, agent: str) -> CallRecord:
        """A new record; one of the same uuid is replaced."""
        record = CallRecord(uuid, agent)
        self._records[uuid] = record
        self._records.move_to_end(uuid)
        over = [old for old, each in self._records.items() if each.ended is not None]
        for old in over[: max(0, len(over) - self._keep)]:
            del self._records[old]
        return record

    def find(self, uuid: UUID) -> CallRecord | None:
        """The record of ``uuid`` while it is kept."""
        return self._records.get(uuid)
