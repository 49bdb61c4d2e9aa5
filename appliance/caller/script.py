"""When the simulated caller speaks, and what is measured of the answer: pure, in seconds.

The socket feeds it the level of every frame that arrives and asks it for a frame every 20 ms; it
never reads a clock. Position 0 is the moment the UUID was sent. The caller waits until the agent
has spoken and fallen silent, says the next line, and so on; after the last answer they hang up.

Voice to voice is counted from the moment the last voiced sample was spoken. A frame leaves when its
last sample has been spoken, so a voice that ends early in a frame ended that much before it was
sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm, frame_samples
from appliance.caller.line import Line
from appliance.caller.result import LineResult


@dataclass(frozen=True, slots=True)
class Manners:
    """How the caller behaves. All times in seconds."""

    gap_s: float = 0.7
    """Agent's silence after which it has finished speaking; longer than its pauses between
    sentences."""
    patience_s: float = 5.0
    """Its silence after which it has finished although the service, where it is asked, does not say
    so."""
    greeting_timeout_s: float = 5.0
    """The caller speaks anyway when no greeting came until then."""
    answer_timeout_s: float = 7.0
    """A line without an answer until then stays unanswered."""
    max_answer_s: float = 60.0
    """An agent that speaks longer than this is not waited for."""
    audible_dbfs: float = -50.0
    """A frame at or above this level is heard; comfort noise lies below."""
    stopped_s: float = 0.3
    """Agent's silence after which it has stopped for a barge-in; its own pauses are shorter."""
    hang_up_after_s: float | None = None
    """Hang up this long after the answer to the last line began, instead of hearing it out."""


LATE_S: Final = 0.6
"""A voice detector loses a voice that fades away so much earlier than we do."""


class Phase(Enum):
    """What the caller is doing."""

    LISTENING = "listening"
    SPEAKING = "speaking"
    OVER = "over"


class AgentVoice:
    """When the agent was heard: every stretch of speech as (onset, last audible moment)."""

    def __init__(self, audible_dbfs: float, stopped_s: float) -> None:
        self.stretches: list[tuple[float, float]] = []
        self._audible_dbfs = audible_dbfs
        self._stopped_s = stopped_s

    def heard(self, at_s: float, level_dbfs: float) -> None:
        """A frame of this level arrived."""
        if level_dbfs < self._audible_dbfs:
            return
        if self.stretches and at_s - self.stretches[-1][1] < self._stopped_s:
            self.stretches[-1] = (self.stretches[-1][0], at_s)
        else:
            self.stretches.append((at_s, at_s))

    def since(self, at_s: float) -> list[tuple[float, float]]:
        """Stretches that began at ``at_s`` or later."""
        return [stretch for stretch in self.stretches if stretch[0] >= at_s]

    @property
    def last_audible_s(self) -> float | None:
        return self.stretches[-1][1] if self.stretches else None


class Script:
    """One conversation. Call ``heard`` for each frame received and ``frame`` every 20 ms."""

    def __init__(
        self,
        lines: Sequence[Line],
        manners: Manners,
        settled: Callable[[], float] | None = None,
    ) -> None:
        """``lines`` are all of one rate: the call's. ``settled`` tells where the voice ended of the
        newest turn that the agent has answered to its end; without it silence is the end of an
        answer, be it behind a filler."""
        self.rate_hz: Final = lines[0].rate_hz if lines else WIRE_RATE_HZ
        self._frame_samples = frame_samples(self.rate_hz)
        self.voice = AgentVoice(manners.audible_dbfs, manners.stopped_s)
        self.results: list[LineResult] = []
        self._manners = manners
        self._settled = settled
        self._lines: Final = tuple(lines)
        self._index = -1  # the line being spoken or answered; -1 while the greeting is awaited
        self._phase = Phase.LISTENING
        self._sent = 0
        self._mark_s = 0.0  # listening since

    @property
    def over(self) -> bool:
        """The caller has nothing more to say and hangs up."""
        return self._phase is Phase.OVER

    @property
    def greeting_s(self) -> float | None:
        """UUID sent to the first audible frame; None when the caller had to speak first."""
        first = self.voice.stretches[0][0] if self.voice.stretches else None
        if first is None or (self.results and first > self.results[0].started_s):
            return None
        return round(first, 4)

    def heard(self, at_s: float, level_dbfs: float) -> None:
        """A frame from the agent arrived at ``at_s`` with this RMS level."""
        self.voice.heard(at_s, level_dbfs)

    def frame(self, at_s: float) -> tuple[Pcm, str]:
        """20 ms to send now (silence while listening) and the key pressed now, or ``""``."""
        if self._phase is Phase.LISTENING and self._turn_taken(at_s):
            self._next_line()
        if self._phase is Phase.SPEAKING:
            return self._speak(at_s)
        return np.zeros(self._frame_samples, dtype=np.int16), ""

    def _speak(self, at_s: float) -> tuple[Pcm, str]:
        line, size = self._lines[self._index], self._frame_samples
        if self._sent <= line.voice_start < self._sent + size:
            started_s = self._spoken_at(line.voice_start, at_s)
            self.results.append(LineResult(line.name, line.words, started_s))
        if self._sent < line.voice_end <= self._sent + size:
            self.results[-1] = replace(
                self.results[-1], ended_s=self._spoken_at(line.voice_end, at_s)
            )
        cut = line.pcm[self._sent : self._sent + size]
        key_due = line.keys and self._sent % line.key_samples == 0
        key = line.keys[self._sent // line.key_samples] if key_due else ""
        self._sent += size
        if self._sent >= line.pcm.size:
            self._phase = Phase.LISTENING
            self._mark_s = at_s
        return np.pad(cut, (0, size - cut.size)), key

    def _spoken_at(self, sample: int, sent_s: float) -> float:
        """When sample number ``sample`` of the line was spoken, its frame being sent at
        ``sent_s``."""
        return round(sent_s - (self._sent + self._frame_samples - sample) / self.rate_hz, 4)

    def _turn_taken(self, at_s: float) -> bool:
        """Whether it is the caller's turn again."""
        last = self._index + 1 >= len(self._lines)
        upcoming = None if last else self._lines[self._index + 1].barge_in_ms
        answers = self._answers()
        if not answers:
            limit = (
                self._manners.greeting_timeout_s
                if self._index < 0
                else self._manners.answer_timeout_s
            )
            return at_s - self._mark_s >= limit
        if upcoming is not None:
            return at_s - answers[0][0] >= upcoming / 1000
        if last and self._manners.hang_up_after_s is not None:
            return at_s - answers[0][0] >= self._manners.hang_up_after_s
        if at_s - self._mark_s >= self._manners.max_answer_s:
            return True
        return self._finished(at_s - max(answers[-1][1], self._mark_s))

    def _finished(self, silent_s: float) -> bool:
        """Whether the agent, silent for ``silent_s``, has said all."""
        if silent_s < self._manners.gap_s:
            return False
        ended_s = self.results[-1].ended_s if self.results else None
        if self._settled is None or ended_s is None:
            return True
        return self._settled() >= ended_s - LATE_S or silent_s >= self._manners.patience_s

    def _answers(self) -> list[tuple[float, float]]:
        """What the agent has said since the last line's voice ended, or the greeting.

        An agent that cut in while the caller was still speaking and goes on counts from where it
        did.
        """
        if self._index < 0:
            return self.voice.stretches
        result = self.results[-1]
        if result.ended_s is None:
            return []
        after = self.voice.since(result.ended_s)
        if after or not self.voice.stretches:
            return after
        onset, end = self.voice.stretches[-1]
        cut_in = onset > result.started_s and end > result.ended_s
        return [(onset, end)] if cut_in else []

    def _next_line(self) -> None:
        self._finish_line()
        self._index += 1
        self._sent = 0
        self._phase = Phase.SPEAKING if self._index < len(self._lines) else Phase.OVER

    def finish(self) -> None:
        """The agent hung up, or time is over: settle what was measured so far."""
        if self._phase is not Phase.OVER:
            self._finish_line()
            self._phase = Phase.OVER

    def _finish_line(self) -> None:
        if self._index < 0 or not self.results or len(self.results) <= self._index:
            return
        result = self.results[-1]
        if result.ended_s is None:
            return
        answers = self._answers()
        self.results[-1] = replace(
            result,
            voice_to_voice_s=round(answers[0][0] - result.ended_s, 4) if answers else None,
            reaction_s=self._reaction(result.started_s),
            cut_in_s=self._cut_in(result.started_s, result.ended_s),
        )

    def _cut_in(self, started_s: float, ended_s: float) -> float | None:
        """First voiced sample to the agent's first word into this line."""
        onsets = [onset for onset, _ in self.voice.stretches if started_s < onset < ended_s]
        return round(onsets[0] - started_s, 4) if onsets else None

    def _reaction(self, voice_start_s: float) -> float | None:
        """Caller's first voiced sample to the agent's last audible frame, when they spoke into its
        words."""
        if self._lines[self._index].barge_in_ms is None:
            return None
        spoken_into = [s for s in self.voice.stretches if s[0] < voice_start_s <= s[1]]
        return round(spoken_into[0][1] - voice_start_s, 4) if spoken_into else None
