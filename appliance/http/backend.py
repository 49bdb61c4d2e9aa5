"""What the HTTP interface needs of the service: five questions, each answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from appliance.call.afterwards import Afterwards


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether another call would be answered now."""

    ready: bool
    calls_active: int
    calls_max: int
    reason: str | None = None
    """Why not, when ``ready`` is false: ``starting``, ``full``, ``draining``, ``engine_failed``."""


class HttpBackend(Protocol):
    """The service as HTTP sees it. Methods run on the event loop and return at once."""

    def announce(self, uuid: UUID, payload: Mapping[str, Any]) -> None:
        """Keep ``payload`` for the call that will arrive over AudioSocket with this ``uuid``.

        A second announcement of the same uuid replaces the first. Raises CallRefused when the call
        would be refused anyway (``full``, ``draining``).
        """

    def readiness(self) -> Readiness:
        """The service's state at this moment."""

    def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        """A call's record, JSON-able, while it runs and for some time after; None when unknown."""

    def afterwards(self, uuid: UUID) -> Afterwards | None:
        """What the dialplan shall do with the call now; None when it is unknown."""

    def metrics_text(self) -> bytes:
        """The Prometheus exposition, as ``Metrics.render()`` gives it."""
