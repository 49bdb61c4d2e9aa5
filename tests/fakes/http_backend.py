"""A service for the HTTP interface that remembers what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from appliance.call.afterwards import Afterwards
from appliance.errors import CallRefused
from appliance.http.backend import Readiness
from appliance.metrics import Metrics


class FakeBackend:
    """Answers from its public attributes."""

    def __init__(self) -> None:
        self.announced: dict[UUID, Mapping[str, Any]] = {}
        self.records: dict[UUID, Mapping[str, Any]] = {}
        self.steps: dict[UUID, Afterwards] = {}
        self.refuse: str | None = None
        self.broken = False
        self.state = Readiness(True, 1, 4)

    def announce(self, uuid: UUID, payload: Mapping[str, Any]) -> None:
        if self.broken:
            raise ZeroDivisionError("a secret of the house")
        if self.refuse is not None:
            raise CallRefused(self.refuse, f"no room: {self.refuse}")
        self.announced[uuid] = payload

    def readiness(self) -> Readiness:
        return self.state

    def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        return self.records.get(uuid)

    def afterwards(self, uuid: UUID) -> Afterwards | None:
        return self.steps.get(uuid)

    def metrics_text(self) -> bytes:
        return Metrics().render()
