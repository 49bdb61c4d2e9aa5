"""What a simulated call measured: values that print and turn into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LineResult:
    """One line of the caller and the answer to it. Seconds since the UUID was sent."""

    name: str
    words: str
    started_s: float
    """First voiced sample spoken."""
    ended_s: float | None = None
    """Last voiced sample spoken; None when the call ended before."""
    voice_to_voice_s: float | None = None
    """Last voiced sample spoken to the first audible frame of the answer; None without an answer.
    Negative when the agent cut in."""
    reaction_s: float | None = None
    """Barge-in lines only: first voiced sample to the agent's last audible frame; None when the
    agent was silent just then."""

    cut_in_s: float | None = None
    """First voiced sample to the agent's first audible frame, where it began to speak before the
    caller had finished."""

    @property
    def answered(self) -> bool:
        return self.voice_to_voice_s is not None


@dataclass(frozen=True, slots=True)
class CallResult:
    """One simulated call."""

    uuid: str
    outcome: str
    """``caller_hung_up``, ``agent_hung_up`` (an orderly 0x00 or end of stream), ``refused`` (ended
    before a sound), ``reset``, ``too_long``."""
    duration_s: float
    greeting_s: float | None
    """UUID sent to the first audible frame; None when nothing was heard."""
    lines: tuple[LineResult, ...]
    frames_received: int
    worst_gap_s: float
    """Longest time between two frames received; 0.02 is perfect."""
    recording: str | None = None
    """The stereo WAV: the caller left, the agent right, on the caller's clock."""

    @property
    def all_answered(self) -> bool:
        return bool(self.lines) and all(line.answered for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return {**asdict(self), "all_answered": self.all_answered}
