"""Whether the caller has the floor: when speech starts, pauses, goes on, and when the turn is over.

Pure, and driven by audio time: every call of ``push`` brings a duration and a voice probability, so
a conversation can be written as a few lines of ``(seconds, probability)``. How long a silence must
be to end a turn is not fixed: at a pause the words are judged (``completeness.py``) and ``wait_ms``
is set from them, so that "yes" is answered at once and "my number is four two" is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from appliance.config.agent import Endpointing

STAY_MARGIN = 0.15
"""Speech goes on while the probability is above ``threshold - STAY_MARGIN``, as in Silero's own
iterator."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The caller began to speak at ``at_s`` of audio time; a new turn of theirs."""

    at_s: float


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """Silence since ``last_voice_s``, long enough to prepare an answer."""

    last_voice_s: float


@dataclass(frozen=True, slots=True)
class SpeechResumed:
    """The turn was not over: voice again from ``at_s`` on."""

    at_s: float


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The caller's turn is over; its last voice was at ``last_voice_s``."""

    last_voice_s: float


@dataclass(frozen=True, slots=True)
class NoInput:
    """Nobody has said anything for ``no_input_s``."""


FloorEvent = SpeechStarted | SpeechPaused | SpeechResumed | TurnEnded | NoInput


class Floor(Enum):
    """Where the caller's turn stands."""

    OPEN = "open"
    SPEECH = "speech"
    PAUSE = "pause"


class Endpointer:
    """The state machine of one call. Not thread-safe; reads no clock."""

    def __init__(self, options: Endpointing) -> None:
        self._options = options
        self.floor = Floor.OPEN
        self.now_s = 0.0
        """Audio heard so far."""
        self.last_voice_s = 0.0
        self.wait_ms: float = options.cap_ms
        """Silence that ends the turn. Set it after each SpeechPaused, when the words are known;
        until then the turn stays open, because nobody can tell whether it is over."""
        self._turn_since_s = 0.0
        self._run_s = 0.0  # voice in a row, not yet counted as speech
        self._quiet_s = 0.0  # silence that counts towards NoInput

    @property
    def silence_s(self) -> float:
        """Audio time since the last voice."""
        return self.now_s - self.last_voice_s

    @property
    def turn_s(self) -> float:
        """Audio time since the caller's turn began."""
        return self.now_s - self._turn_since_s

    def push(
        self, seconds: float, probability: float, *, agent_speaking: bool = False
    ) -> list[FloorEvent]:
        """Account for ``seconds`` of audio with voice ``probability`` (0..1).

        ``agent_speaking`` holds the no-input timer at zero.
        """
        self.now_s += seconds
        threshold = self._options.threshold
        if self.floor is Floor.SPEECH:
            threshold -= STAY_MARGIN
        voiced = probability >= threshold
        self._run_s = self._run_s + seconds if voiced else 0.0
        if self.floor is Floor.SPEECH:
            return self._in_speech(voiced)
        if self._run_s * 1000 >= self._options.min_speech_ms - 1e-6:
            return [self._begin()]
        if self.floor is Floor.PAUSE:
            return self._in_pause()
        return self._in_silence(0.0 if agent_speaking or voiced else self._quiet_s + seconds)

    def _begin(self) -> FloorEvent:
        onset_s = self.now_s - self._run_s
        resumed = self.floor is Floor.PAUSE
        self.floor = Floor.SPEECH
        self.last_voice_s = self.now_s
        if resumed:
            return SpeechResumed(onset_s)
        self._turn_since_s = onset_s
        self._quiet_s = 0.0
        return SpeechStarted(onset_s)

    def _in_speech(self, voiced: bool) -> list[FloorEvent]:
        if voiced:
            self.last_voice_s = self.now_s
        too_long = self.now_s - self._turn_since_s >= self._options.max_turn_s
        if not too_long and self.silence_s * 1000 < self._options.pause_ms - 1e-6:
            return []
        self.wait_ms = self._options.cap_ms
        self.floor = Floor.PAUSE
        paused = SpeechPaused(self.last_voice_s)
        return [paused, self._end()] if too_long else [paused]

    def _in_pause(self) -> list[FloorEvent]:
        wait_ms = min(self.wait_ms, self._options.cap_ms)
        return [self._end()] if self.silence_s * 1000 >= wait_ms - 1e-6 else []

    def _end(self) -> FloorEvent:
        self.floor = Floor.OPEN
        self._quiet_s = 0.0
        return TurnEnded(self.last_voice_s)

    def _in_silence(self, quiet_s: float) -> list[FloorEvent]:
        self._quiet_s = quiet_s
        if quiet_s < self._options.no_input_s:
            return []
        self._quiet_s = 0.0
        return [NoInput()]
