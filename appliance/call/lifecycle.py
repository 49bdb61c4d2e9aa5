"""The beginning and the end of a call, whoever holds its conversation: the agent here
(``call.py``) or a service elsewhere (``sts/bridge.py``).

What is told, counted and written down when it starts, fails, is transferred and ends stands here
once.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from appliance.call.events import CallEnded, CallFailed, CallStarted, Listener
from appliance.call.line import Line
from appliance.call.record import CallRecord
from appliance.config.agent import Action, Agent
from appliance.errors import ApplianceError
from appliance.metrics import Metrics

Transfer = Callable[[CallRecord], Awaitable[None]]
"""Sends the caller where the record says. Raises ApplianceError."""

log = logging.getLogger(__name__)


class Lifecycle:
    """Of one call. Event loop only."""

    def __init__(
        self,
        line: Line,
        agent: Agent,
        record: CallRecord,
        metrics: Metrics,
        *,
        transfer: Transfer | None,
        tell: Listener,
    ) -> None:
        """``transfer`` puts a caller through; without it the dialplan does, when it asks."""
        self._line = line
        self._agent = agent
        self._record = record
        self._metrics = metrics
        self._transfer = transfer
        self._tell = tell

    def started(self, holder: str = "") -> None:
        """The caller is connected; ``holder`` tells the log who holds the conversation."""
        self._metrics.call_started()
        log.info("call started with agent %s%s", self._agent.name, holder)
        self._tell(CallStarted())

    def failed(self, error: ApplianceError) -> None:
        """It cannot go on."""
        log.error("%s: %s", error.code, error)
        self._record.outcome = error.code
        self._tell(CallFailed(error.code))

    def part(self, action: Action, transfer_to: str | None) -> bool:
        """Write down that the agent's part is over. Whether ``put_through()`` must follow, before
        the line ends."""
        if action == "transfer":
            self._record.transfer_to = transfer_to or self._agent.person
        if self._record.outcome == "in_progress":
            self._record.outcome = "transfer" if action == "transfer" else "agent_hangup"
        return action == "transfer" and self._transfer is not None

    async def put_through(self) -> None:
        """Transfer the caller; where that fails, the dialplan may still do it."""
        assert self._transfer is not None
        try:
            await self._transfer(self._record)
        except ApplianceError as error:
            log.error("%s: %s", error.code, error)

    async def ended(self, underruns: int) -> None:
        """The conversation is over: hang up, unless the line has ended, and close the record."""
        line, record = self._line, self._record
        if record.outcome == "in_progress":
            ended_by_us = line.end in (None, "hung_up")
            record.outcome = "drained" if ended_by_us else "caller_hangup"
        record.ended = datetime.now(UTC)
        self._metrics.call_ended(record.outcome)
        self._metrics.frames_lost(
            refused=line.refused_frames, dropped=line.dropped_frames, underruns=underruns
        )
        log.info("call ended: %s after %d turns", record.outcome, len(record.turns))
        self._tell(CallEnded(record.outcome))
        await line.hang_up()
