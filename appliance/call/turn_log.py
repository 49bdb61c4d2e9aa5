"""What stays of a turn: the call's record, the figures, a line in the log, and what those who
follow the call are told."""

from __future__ import annotations

import logging

from appliance.call.events import AgentSaid, CallerSaid, Listener
from appliance.call.record import CallRecord, DictatedValue, TurnRecord
from appliance.call.reply import FixedReply
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.metrics import Metrics

log = logging.getLogger(__name__)


class TurnLog:
    """Of one call, which begins now. Event loop only."""

    def __init__(self, record: CallRecord, clock: Clock, metrics: Metrics, tell: Listener) -> None:
        self._record = record
        self._metrics = metrics
        self._tell = tell
        self._began = clock.now()
        self._newest: tuple[Turn, TurnRecord] | None = None

    def asked(self, turn: Turn) -> None:
        """Tell, once, what the caller said; not before they have heard a word of the answer. Until
        then they may go on, and their words belong to a later turn."""
        if turn.text and not turn.told:
            turn.told = True
            confirmed = _confirmed(turn)
            known = None if confirmed is None else confirmed[:2]
            self._tell(CallerSaid(turn.text, known))

    def over(self, turn: Turn, said: str) -> None:
        """``turn`` is over and the caller heard ``said`` of it."""
        self.asked(turn)
        if said:
            self._tell(AgentSaid(said))
        if turn.text:
            self._write(turn, said)
        elif not self._record.greeting and not self._record.turns:
            self._record.greeting = said

    def _write(self, turn: Turn, said: str) -> None:
        if (confirmed := _confirmed(turn)) is not None:
            self._record.dictated.append(DictatedValue(*confirmed))
        source = turn.plan.source if isinstance(turn.plan, FixedReply) else "language_model"
        stamps = turn.timeline.ms()
        ended_ms = round((turn.timeline.last_voice - self._began) * 1000)
        written = TurnRecord(
            turn.text, said, source, turn.interrupted, stamps, ended_ms, turn.taken_back
        )
        self._drop_half(turn)
        self._record.turns.append(written)
        self._newest = (turn, written)
        answered_s, endpoint_s = turn.timeline.voice_to_voice_s, turn.timeline.endpoint_s
        if answered_s is not None and endpoint_s is not None:
            self._metrics.turn_answered(source, voice_to_voice_s=answered_s, endpoint_s=endpoint_s)
        steps = " ".join(f"{name}={ms}" for name, ms in stamps.items())
        log.info(
            "turn %d by %s: ms after the last voice: %s", len(self._record.turns), source, steps
        )

    def _drop_half(self, turn: Turn) -> None:
        """What was written of the first half of ``turn`` stands in what is written of it."""
        if self._newest is not None and self._newest[0] is turn.first_half:
            self._record.turns.remove(self._newest[1])


def _confirmed(turn: Turn) -> tuple[str, str, str | None] | None:
    """Kind, value and asking entry of what the caller has just confirmed."""
    asked = turn.confirmed
    if asked is None or asked.value is None:
        return None
    return asked.kind, asked.value, asked.entry
