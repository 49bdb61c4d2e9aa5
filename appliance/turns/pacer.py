"""One metronome for all calls.

Asterisk forwards each audio message the moment it arrives, so pacing is ours: one message every 20
ms by absolute deadlines, never "20 ms after the last one", which drifts. One timer for all calls
costs the loop far less than one sleeping task for each; a few phases spread the calls over the 20
ms so that none waits for two hundred others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from appliance.audio.frame import FRAME_S

PHASES: Final = 4
CATCH_UP_FRAMES: Final = 3
"""After a stall at most so many Frames are sent at once: what a telephone's jitter buffer takes."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a moment asks for."""

    frames: int
    """To be sent now: 0 before the deadline, 1 at it, more after a stall."""
    skipped: int
    """Deadlines given up: the listener hears a gap, nothing is lost."""
    lateness_s: float
    """Since the oldest deadline that is being served or given up."""


class Cadence:
    """Absolute deadlines ``start + n * period``. Pure: the caller tells the time."""

    def __init__(
        self, start_s: float, period_s: float = FRAME_S, catch_up: int = CATCH_UP_FRAMES
    ) -> None:
        self.deadline_s = start_s
        """The next one."""
        self._period_s = period_s
        self._catch_up = catch_up

    def due(self, now_s: float) -> Due:
        """Which deadlines have come; the next one lies behind ``now_s`` afterwards."""
        late_s = now_s - self.deadline_s
        if late_s < 0:
            return Due(0, 0, 0.0)
        passed = int(late_s / self._period_s) + 1
        if self.deadline_s + passed * self._period_s <= now_s:  # late_s was rounded down
            passed += 1
        self.deadline_s += passed * self._period_s
        frames = min(passed, self._catch_up)
        return Due(frames, passed - frames, late_s)


Beat = Callable[[float], None]
"""Called with the loop's time when one Frame is due. Must return at once and not raise."""


class _Phase:
    def __init__(self, cadence: Cadence) -> None:
        self.cadence = cadence
        self.beats: dict[Beat, None] = {}  # a dict keeps the order and forgets in no time
        self.timer: asyncio.TimerHandle | None = None


class Pacer:
    """Asks every member for a Frame each 20 ms. Event loop only; make it where the loop runs.

    Between the first member and the last it holds one timer for each phase in use, otherwise none.
    """

    def __init__(self, *, on_lateness: Callable[[float], None] | None = None) -> None:
        """``on_lateness`` is given, once for each phase and deadline, the seconds from the deadline
        until the last member's Frame was written (metric
        ``appliance_playout_lateness_seconds``)."""
        self._loop = asyncio.get_running_loop()
        self._on_lateness = on_lateness
        start_s = self._loop.time()
        self._phases = [_Phase(Cadence(start_s + FRAME_S * n / PHASES)) for n in range(PHASES)]
        self._phase_of: dict[Beat, _Phase] = {}
        self.skipped = 0
        """Deadlines given up after stalls, counted once for each phase."""

    def join(self, beat: Beat) -> None:
        """Call ``beat`` every 20 ms, first within 20 ms; in the phase with the fewest members, and
        of several such in the one that comes first."""
        now_s = self._loop.time()
        for phase in self._phases:
            if not phase.beats:
                phase.cadence.due(now_s)  # an idle phase's deadlines pass unserved
        phase = min(self._phases, key=lambda p: (len(p.beats), p.cadence.deadline_s))
        phase.beats[beat] = None
        self._phase_of[beat] = phase
        if phase.timer is None:
            self._arm(phase)

    def leave(self, beat: Beat) -> None:
        """No more calls, not even one that is due now. Idempotent; may be called from the beat
        itself."""
        phase = self._phase_of.pop(beat, None)
        if phase is None:
            return
        del phase.beats[beat]
        if not phase.beats and phase.timer is not None:
            phase.timer.cancel()
            phase.timer = None

    def _arm(self, phase: _Phase) -> None:
        phase.timer = self._loop.call_at(phase.cadence.deadline_s, self._tick, phase)

    def _tick(self, phase: _Phase) -> None:
        deadline_s = phase.cadence.deadline_s
        due = phase.cadence.due(self._loop.time())
        self.skipped += due.skipped
        for _ in range(due.frames):
            for beat in tuple(phase.beats):
                if beat in phase.beats:  # an earlier beat may have made this one leave
                    beat(self._loop.time())
        if due.frames and self._on_lateness is not None:
            self._on_lateness(self._loop.time() - deadline_s)
        if phase.beats:
            self._arm(phase)
