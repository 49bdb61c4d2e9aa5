"""What the appliance hears of one caller: voice, pauses and words.

The recogniser is fed speech only, from a moment before it began: silence costs nothing, noise
cannot turn into words, and a first syllable that came before the voice detector was sure is not
lost. The words of one turn may come in several segments, because a pause asks for a final
transcript before anybody knows whether the turn is over. When the caller goes on soon, the segment
is decoded again together with what follows: a sentence in two halves is understood much worse than
a whole one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from appliance.audio.frame import FRAME_MS, FRAME_S, FRAME_SAMPLES, WIRE_RATE_HZ, Pcm
from appliance.audio.gain import InputGain
from appliance.audio.resample import resample, stream
from appliance.call.segment import Segment
from appliance.config.agent import Endpointing
from appliance.engines.base import RecognizerSession, Transcript
from appliance.turns.echo import WINDOW_SAMPLES, is_echo
from appliance.turns.endpointer import (
    Endpointer,
    Floor,
    FloorEvent,
    Judgement,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
)
from appliance.turns.playout import Playout
from appliance.turns.voice_end import VoiceEnd

PRE_ROLL_MS: Final = 320
"""Sound before the detected onset that the recogniser gets too: Silero reports soft onsets of quiet
callers up to 310 ms late."""
REMEMBERED_FRAMES: Final = (PRE_ROLL_MS + 400) // FRAME_MS
"""Frames kept while nobody speaks: the pre-roll, and what passes until an onset is certain."""
PREPARE_S: Final = 0.064
"""So much silence may become a pause: the recogniser works ahead. Two windows."""
REJOIN_S: Final = 1.0
"""A pause that is no longer than this does not part words to which the agent has said nothing yet.
Measured with the demo Vosk model and pauses of 0.2 to 0.45 s: of sentences that halt between two
words 2 % of the words are wrong instead of 20 %; where one sentence follows another, 9 % instead
of 6 %."""
REJOINED_S: Final = 6.0
"""A longer segment is not decoded again: it would keep other calls waiting, and a recogniser
refuses more than 10 s."""
ECHO_TAIL_S: Final = 0.7
"""How long after the agent's last sound its echo can still arrive."""
ECHO_FRAMES: Final = WINDOW_SAMPLES // FRAME_SAMPLES + 1
"""Frames of the caller's that the echo guard looks at."""


class VoiceDetector(Protocol):
    """One call's voice detection; ``turns/vad.py`` is the real one."""

    def push(self, pcm: Pcm) -> list[tuple[float, float]]:
        """(seconds, voice probability) for each window that one more Frame completes."""


class Recognition:
    """One call's hearing: Frames at the rate of ``playout``. Event loop only."""

    def __init__(
        self,
        detector: VoiceDetector,
        recognizer: RecognizerSession,
        playout: Playout,
        options: Endpointing,
        tasks: asyncio.TaskGroup,
        recognizer_hz: int = WIRE_RATE_HZ,
    ) -> None:
        """``recognizer_hz``: the rate at which the recogniser wants its sound."""
        self._detector = detector
        self._recognizer = recognizer
        self._recognizer_hz = recognizer_hz
        self._to_recognizer = stream(playout.rate_hz, recognizer_hz)
        self._playout = playout
        self._tasks = tasks
        self.endpointer = Endpointer(options)
        self.voiced_s = 0.0
        """Voice since the caller's turn began."""
        self.window_voiced = False
        """Whether the newest window was the caller's voice (and not an echo)."""
        self._threshold = options.threshold
        self._gain = InputGain()
        self._voice_end = VoiceEnd(playout.rate_hz)
        self._heard_s = 0.0
        self._memory: deque[Pcm] = deque(maxlen=REMEMBERED_FRAMES)
        self._unfed = 0  # Frames since the last one that the recogniser got
        self._sound: list[Pcm] = []  # what it got of the newest segment
        self._paused_s = 0.0
        self._prepared_s = 0.0  # the last voice before which the recogniser has worked ahead
        self._unanswered: list[Segment] = []
        self._newest: Segment | None = None
        self._since_agent_s = ECHO_TAIL_S

    def hear(self, frame: Pcm) -> list[FloorEvent]:
        """Take in one Frame and tell what it changed."""
        self._memory.append(frame)
        self._voice_end.push(frame)
        self._heard_s += FRAME_S
        self._since_agent_s = 0.0 if self._playout.speaking else self._since_agent_s + FRAME_S
        fed = self.endpointer.floor is Floor.SPEECH
        self._unfed += 1
        if fed:
            self._feed([frame])
        events: list[FloorEvent] = []
        for seconds, probability in self._detector.push(frame):
            for event in self._window(seconds, probability):
                events.append(event)
                if isinstance(event, SpeechStarted):
                    self.voiced_s = self.endpointer.now_s - event.at_s
                if isinstance(event, SpeechStarted | SpeechResumed):
                    self._take_up(event.at_s)
                elif isinstance(event, SpeechPaused):
                    self._paused_s = event.last_voice_s
                    self._newest = Segment(self._recognizer.finish(), self._tasks)
                    self._unanswered.append(self._newest)
        self._prepare()
        return events

    def _prepare(self) -> None:
        end = self.endpointer
        if end.floor is not Floor.SPEECH or end.silence_s < PREPARE_S - 1e-6:
            return
        if self._prepared_s != end.last_voice_s:
            self._prepared_s = end.last_voice_s
            self._recognizer.prepare()

    @property
    def partial(self) -> str:
        """What the segment being spoken sounds like so far."""
        return self._recognizer.partial.text

    @property
    def unanswered(self) -> tuple[Segment, ...]:
        """The caller's speech to which nothing has been said yet, oldest first."""
        return tuple(self._unanswered)

    def since(self, answered: Sequence[Segment]) -> tuple[Segment, ...]:
        """What of it is not among ``answered``: said into the answer to those."""
        return tuple(segment for segment in self._unanswered if segment not in answered)

    async def words(self, segments: Sequence[Segment]) -> Transcript:
        """The final transcript of ``segments``, joined.

        Cancelling it loses nothing: the words stay until ``forget()``. Raises RecognizerError.
        """
        said = [part for part in [await segment.words() for segment in segments] if part.text]
        return Transcript(
            " ".join(part.text for part in said),
            final=True,
            confidence=min((part.confidence for part in said), default=0.0),
        )

    def forget(self, segments: Sequence[Segment]) -> None:
        """These ``segments`` have been answered, or were nothing."""
        self._unanswered = [each for each in self._unanswered if each not in segments]

    def ignore(self, segments: Sequence[Segment]) -> None:
        """These ``segments`` were no turn of the caller's: nobody waits for its end."""
        self.forget(segments)
        self.endpointer.judge(Judgement.NO_TURN)

    def close(self) -> None:
        """The call is over: nobody waits for words any more."""
        for segment in self._unanswered:
            segment.cancel()

    def _window(self, seconds: float, probability: float) -> list[FloorEvent]:
        self.window_voiced = probability >= self._threshold and not self._is_echo()
        if self.window_voiced:
            self.voiced_s += seconds
        elif probability >= self._threshold:
            probability = 0.0
        ahead_s = self._heard_s - self.endpointer.now_s - seconds  # of the window: part of a Frame
        return self.endpointer.push(
            seconds,
            probability,
            quiet_s=max(0.0, self._voice_end.quiet_s - ahead_s),
            agent_speaking=not self._playout.idle,
            agent_audible=self._playout.speaking,
        )

    def _is_echo(self) -> bool:
        if self._since_agent_s >= ECHO_TAIL_S:
            return False
        heard = np.concatenate(list(self._memory)[-ECHO_FRAMES:])
        both = (heard, self._playout.recent(1000))
        return is_echo(*(resample(pcm, self._playout.rate_hz, WIRE_RATE_HZ) for pcm in both))

    def _take_up(self, onset_s: float) -> None:
        """The caller speaks: a new segment, or more of the one before the pause."""
        if self._goes_on(onset_s):
            del self._unanswered[-1]
            for pcm in self._sound:
                self._recognizer.feed(pcm)
            self._feed(self._latest(self._unfed))
            return
        reach_ms = (self.endpointer.now_s - onset_s) * 1000 + PRE_ROLL_MS
        frames = self._latest(min(self._unfed, int(reach_ms // FRAME_MS)))
        self._gain.expect(frames)
        self._to_recognizer = stream(self._playout.rate_hz, self._recognizer_hz)
        self._sound = []
        self._feed(frames)

    def _goes_on(self, onset_s: float) -> bool:
        waiting = bool(self._unanswered) and self._unanswered[-1] is self._newest
        agent_spoke = self._since_agent_s < self.endpointer.now_s - self._paused_s
        size = sum(pcm.size for pcm in self._sound)
        return (
            self._recognizer.redecodes
            and waiting
            and not agent_spoke
            and onset_s - self._paused_s <= REJOIN_S
            and size <= REJOINED_S * self._recognizer_hz
        )

    def _latest(self, count: int) -> list[Pcm]:
        """The last ``count`` Frames."""
        return list(self._memory)[max(0, len(self._memory) - count) :]

    def _feed(self, frames: list[Pcm]) -> None:
        self._unfed = 0
        for frame in frames:
            sound = self._to_recognizer(self._gain.lift(frame))
            self._sound.append(sound)
            self._recognizer.feed(sound)
