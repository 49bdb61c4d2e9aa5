"""A service for the HTTP interface that remembers what it was told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from appliance.access.gate import Gate
from appliance.access.keys import ApiKey
from appliance.errors import CallRefused
from appliance.metrics import Metrics
from appliance.services.offered import Stages
from appliance.sts.line import StsLine
from appliance.sts.server import StsServer
from appliance.switchboard.afterwards import Afterwards
from appliance.switchboard.announced import Announcer
from appliance.switchboard.answers import Announced, Readiness
from appliance.switchboard.call_control import Control
from appliance.turns.pacer import Pacer
from tests.fakes.stages import ScriptedStages


async def _never(
    line: StsLine, provider_config: Mapping[str, str], metadata: Mapping[str, str]
) -> None:
    """No session is admitted, so no call is held."""


class FakeBackend:
    """Answers from its public attributes."""

    def __init__(self, stages: ScriptedStages | None = None) -> None:
        self.stages: Stages = (stages or ScriptedStages()).stages
        self.announced: dict[UUID, Mapping[str, Any]] = {}
        self.announcers: list[Announcer] = []
        self.records: dict[UUID, Mapping[str, Any]] = {}
        self.steps: dict[UUID, Afterwards] = {}
        self.refuse: str | None = None
        self.answer = Announced()
        self.broken = False
        self.control = Control(None)
        self.gate = Gate((), ())
        self.handed_out: tuple[ApiKey, ...] = ()
        self.state = Readiness(True, 1, 4)

    @property
    def calls(self) -> FakeBackend:
        """It is its own call desk."""
        return self

    @cached_property
    def sts(self) -> StsServer:
        return StsServer(pacer=Pacer(), on_call=_never, admit=self._admit)

    def _admit(self, uuid: UUID) -> None:
        raise CallRefused("full", "no calls over speech to speech here")

    async def announce(self, uuid: UUID, payload: Mapping[str, Any], by: Announcer) -> Announced:
        if self.broken:
            raise ZeroDivisionError("a secret of the house")
        if self.refuse is not None:
            raise CallRefused(self.refuse, f"no room: {self.refuse}")
        self.announced[uuid] = payload
        self.announcers.append(by)
        return self.answer

    def readiness(self) -> Readiness:
        return self.state

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        return self.records.get(uuid)

    async def afterwards(self, uuid: UUID) -> Afterwards | None:
        return self.steps.get(uuid)

    async def keys(self) -> tuple[ApiKey, ...]:
        return self.handed_out

    def metrics_text(self) -> bytes:
        metrics = Metrics()
        models = {"recognizer": "hears", "language_model": "thinks", "voice": "speaks"}
        metrics.agent_runs("clerk", models, default=True)
        return metrics.render()
