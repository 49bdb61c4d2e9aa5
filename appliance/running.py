"""The service while it runs: its servers and what they serve, all of it there or none.

``service.py`` puts it together and takes it apart; the HTTP interface asks it
(``http/backend.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.access.gate import Gate
from appliance.access.keys import ApiKey
from appliance.agents.loaded_agent import LoadedAgent
from appliance.audiosocket.server import AudioSocketServer
from appliance.clock import Clock
from appliance.metrics import Metrics
from appliance.services.offered import Stages
from appliance.store.keys import KeyStore
from appliance.store.probe import StoreProbe
from appliance.sts.server import StsServer
from appliance.switchboard.call_control import Control
from appliance.switchboard.switchboard import Switchboard


@dataclass(frozen=True, slots=True)
class Lines:
    """Both ways in which callers come, and who answers them."""

    audiosocket: AudioSocketServer
    sts: StsServer
    calls: Switchboard

    @property
    def active(self) -> int:
        """Calls that are going on."""
        return self.audiosocket.calls + self.sts.calls


@dataclass(frozen=True, slots=True)
class RunningService:
    """Implements ``http.backend.HttpBackend``. Event loop only."""

    lines: Lines
    control: Control
    stages: Stages
    loaded: Mapping[str, LoadedAgent]
    """By the agent's name."""
    metrics: Metrics
    gate: Gate
    key_store: KeyStore
    clock: Clock
    probe: StoreProbe

    @property
    def calls(self) -> Switchboard:
        """Telephone calls and whole sessions."""
        return self.lines.calls

    @property
    def sts(self) -> StsServer:
        """Whole calls, by speech to speech."""
        return self.lines.sts

    async def keys(self) -> tuple[ApiKey, ...]:
        """The API keys that are handed out. Raises StoreFault."""
        return await self.key_store.fresh(self.clock.now())

    def metrics_text(self) -> bytes:
        """The Prometheus exposition."""
        return self.metrics.render()

    def refuse_calls(self) -> None:
        """From now on no new call is taken; asked a second time, end those that are going on."""
        if self.calls.draining:
            self.lines.audiosocket.hang_up_all()
            self.sts.hang_up_all()
            self.stages.admission.stop_waiting()
        self.calls.draining = True

    async def drained(self) -> None:
        """Returns when the last call and the last request have ended."""
        await self.lines.audiosocket.drained()
        await self.sts.drained()
        await self.stages.admission.drained()
