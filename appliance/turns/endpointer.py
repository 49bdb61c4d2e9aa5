"""Whether the caller has the floor: when speech starts, pauses, goes on, and when the turn is over.

Pure, and driven by audio time: every call of ``push`` brings a duration and a voice probability, so
a conversation can be written as a few lines of ``(seconds, probability)``. How long a silence must
be to end a turn is not fixed: at a pause the words are judged (``completeness.py``), the judgement
is handed in (``judge``), and the wait is computed here, from it and from how this caller has paused
so far. So "yes" is answered at once, "I would like to come on" is waited for, and nobody outside
knows of milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from appliance.config.agent import Endpointing
from appliance.turns.pace import Pace

STAY_MARGIN = 0.15
"""Speech goes on while the probability is above ``threshold - STAY_MARGIN``, as in Silero's own
iterator."""
MOST_QUIET_S: Final = 0.16
"""A voice detector is sure of the silence up to so much later than the sound is silent; what was
silent for longer was no voice's end but a word's own gap."""
SILENT_S: Final = 0.05
"""Sound so long below a voice's level has fallen silent; what rises after that may be the first
syllable of more."""
HOLD_S: Final = 0.096
"""A sound that may become a voice puts off the end of a turn by no more than this."""
GOES_ON_S: Final = 1.5
"""Who speaks no later than this after the agent's first sound is not answering but going on."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The caller began to speak at ``at_s`` of audio time; a new turn of theirs."""

    at_s: float
    goes_on: bool = False
    """Whether the agent began to answer so short a time ago that this is more of the turn before:
    it was not over."""


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


class Judgement(Enum):
    """What the words before a pause say about the end of the turn."""

    NO_TURN = "no turn"
    """Nobody waits for its end: a backchannel, or nothing."""
    OVER = "over"
    """Hardly anybody goes on after this."""
    COMPLETE = "complete"
    """It can be all, and people do add to it."""
    DOUBTFUL = "doubtful"
    """It can be all, and mostly is not; or the words are uncertain."""
    INCOMPLETE = "incomplete"
    """It cannot be all."""
    DIGITS = "digits"
    """A number that is being dictated."""


class Endpointer:
    """The state machine of one call. Not thread-safe; reads no clock."""

    def __init__(self, options: Endpointing) -> None:
        self._options = options
        self._pace = Pace()
        self.floor = Floor.OPEN
        self.now_s = 0.0
        """Audio heard so far."""
        self.last_voice_s = 0.0
        self._judgement: Judgement | None = None  # of the present pause; None: words not known yet
        self._fell_silent = False  # in the present pause
        self._turn_since_s = 0.0
        self._run_s = 0.0  # voice in a row, not yet counted as speech
        self._quiet_s = 0.0  # silence that counts towards NoInput
        self._answer_due = False  # the caller's turn has ended and nothing was heard since
        self._answered_s: float | None = None  # the agent's first sound after the caller's turn

    @property
    def silence_s(self) -> float:
        """Audio time since the last voice."""
        return self.now_s - self.last_voice_s

    @property
    def turn_s(self) -> float:
        """Audio time since the caller's turn began."""
        return self.now_s - self._turn_since_s

    @property
    def wait_ms(self) -> float:
        """Silence that ends the turn as it stands. Until the words are known it stays open, because
        nobody can tell whether it is over."""
        options, wait_ms = self._options, 0.0
        match self._judgement:
            case Judgement.NO_TURN:
                pass
            case Judgement.OVER:
                wait_ms = options.answered_ms
            case Judgement.COMPLETE:
                wait_ms = self._pace.at_least(options.complete_ms)
            case Judgement.DOUBTFUL:
                wait_ms = self._pace.at_least(options.doubtful_ms)
            case Judgement.INCOMPLETE:
                wait_ms = options.incomplete_ms
            case Judgement.DIGITS:
                wait_ms = options.digits_ms
            case None:
                wait_ms = options.cap_ms
        return min(wait_ms, options.cap_ms)

    def judge(self, judgement: Judgement) -> None:
        """The words before the present pause are known. Means nothing when the caller has gone on
        or their turn is over."""
        if self.floor is Floor.PAUSE:
            self._judgement = judgement

    def push(
        self,
        seconds: float,
        probability: float,
        *,
        quiet_s: float | None = None,
        agent_speaking: bool = False,
        agent_audible: bool = False,
    ) -> list[FloorEvent]:
        """Account for ``seconds`` of audio with voice ``probability`` (0..1).

        ``quiet_s``: for how long the sound has been below a voice's level, where that is known.
        ``agent_speaking`` holds the no-input timer at zero; ``agent_audible``: the agent is heard.
        """
        self.now_s += seconds
        self._notice_answer(agent_audible)
        threshold = self._options.threshold
        if self.floor is Floor.SPEECH:
            threshold -= STAY_MARGIN
        voiced = probability >= threshold
        self._run_s = self._run_s + seconds if voiced else 0.0
        if self.floor is Floor.SPEECH:
            return self._in_speech(voiced, quiet_s)
        if self._run_s * 1000 >= self._options.min_speech_ms - 1e-6:
            return [self._begin()]
        if self.floor is Floor.PAUSE:
            return self._in_pause(voiced or self._rises(quiet_s))
        return self._in_silence(0.0 if agent_speaking or voiced else self._quiet_s + seconds)

    def _notice_answer(self, audible: bool) -> None:
        if audible and self._answer_due:
            self._answer_due = False
            self._answered_s = self.now_s

    def _begin(self) -> FloorEvent:
        onset_s = self.now_s - self._run_s
        resumed = self.floor is Floor.PAUSE
        early = self._answered_s is not None and onset_s - self._answered_s <= GOES_ON_S
        if resumed or early:
            self._pace.went_on_after(onset_s - self.last_voice_s)
        self.floor = Floor.SPEECH
        self.last_voice_s = self.now_s
        self._answer_due, self._answered_s = False, None
        if resumed:
            return SpeechResumed(onset_s)
        self._turn_since_s = onset_s
        self._quiet_s = 0.0
        return SpeechStarted(onset_s, goes_on=early)

    def _rises(self, quiet_s: float | None) -> bool:
        """Whether sound begins after the silence of a pause."""
        if quiet_s is None:
            return False
        self._fell_silent = self._fell_silent or quiet_s >= SILENT_S
        return self._fell_silent and quiet_s < SILENT_S

    def _in_speech(self, voiced: bool, quiet_s: float | None) -> list[FloorEvent]:
        if voiced:
            silent_s = quiet_s if quiet_s is not None and quiet_s <= MOST_QUIET_S else 0.0
            self.last_voice_s = max(self.last_voice_s, self.now_s - silent_s)
        too_long = self.now_s - self._turn_since_s >= self._options.max_turn_s
        paused = not voiced and self.silence_s * 1000 >= self._options.pause_ms - 1e-6
        if not too_long and not paused:
            return []
        self._judgement = None
        self._fell_silent = False
        self.floor = Floor.PAUSE
        pause = SpeechPaused(self.last_voice_s)
        return [pause, self._end()] if too_long else [pause]

    def _in_pause(self, sound: bool) -> list[FloorEvent]:
        wait_s = self.wait_ms / 1000
        if sound and self._judgement is not Judgement.NO_TURN:
            wait_s += HOLD_S
        return [self._end()] if self.silence_s >= wait_s - 1e-9 else []

    def _end(self) -> FloorEvent:
        self.floor = Floor.OPEN
        self._quiet_s = 0.0
        self._answer_due = self._judgement is not Judgement.NO_TURN
        return TurnEnded(self.last_voice_s)

    def _in_silence(self, quiet_s: float) -> list[FloorEvent]:
        self._quiet_s = quiet_s
        if quiet_s < self._options.no_input_s:
            return []
        self._quiet_s = 0.0
        self._answer_due, self._answered_s = False, None
        return [NoInput()]
