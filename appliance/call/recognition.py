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

from appliance.audio.frame import (
    FRAME_MS,
    FRAME_S,
    FRAME_SAMPLES,
    WIRE_RATE_HZ,
    Pcm,
    rms_dbfs,
)
from appliance.audio.gain import InputGain
from appliance.audio.resample import resample, stream
from appliance.call.segment import Segment
from appliance.config.agent import Endpointing
from appliance.engines.base import RecognizerSession, Transcript
from appliance.turns.echo import WINDOW_SAMPLES, is_echo
from appliance.turns.endpointer import (
    STAY_MARGIN,
    Endpointer,
    Floor,
    FloorEvent,
    Judgement,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
)
from appliance.turns.far_voices import FarVoices
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
REJOIN_DICTATED_S: Final = 1.6
"""The same while something is dictated: a digit by itself is understood much worse than among
others, and who says them one by one rests for a second. Of 60 numbers of three voices, half of them
said so, Whisper base got 57 right instead of 49 (on the lines that it was chosen with)."""
REJOINED_S: Final = 6.0
"""A longer segment is not decoded again: it would keep other calls waiting, and a recogniser
refuses more than 10 s."""
ECHO_TAIL_S: Final = 0.7
"""How long after the agent's last sound its echo can still arrive."""
ECHO_FRAMES: Final = WINDOW_SAMPLES // FRAME_SAMPLES + 1
"""Frames of the caller's that the echo guard looks at."""
LEVEL_FRAMES: Final = 2
"""Frames that a window of the voice detector lies in."""


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
        self.dictating = False
        """Whether the caller is dictating, or asked to."""
        self.window_voiced = False
        """Whether the newest window was the caller's voice (no echo, and nobody else's)."""
        self._threshold = options.threshold
        self.far_voices = FarVoices()
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
        fed = self._speaks
        self._unfed += 1
        if fed:
            self._feed(1)
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

    def expect(self, hint: str, *, dictation: bool) -> None:
        """The caller is asked for something of which ``hint`` tells the recogniser."""
        self.dictating = dictation
        self._recognizer.expect(hint)

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
        worded = [segment for segment in segments if not segment.wordless] or segments
        said = [part for part in [await segment.words() for segment in worded] if part.text]
        return Transcript(
            " ".join(part.text for part in said),
            final=True,
            confidence=min((part.confidence for part in said), default=0.0),
        )

    def key_in(self, keys: str) -> None:
        """The caller keyed a part of what they are saying: it stands between what they said before
        and what they say next."""
        self._unanswered.append(Segment(_keyed(keys), self._tasks))

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
        least = self._threshold - (STAY_MARGIN if self._speaks else 0.0)
        voiced = probability >= least and not self._is_echo()
        callers = self.far_voices.push(
            seconds,
            rms_dbfs(np.concatenate(list(self._memory)[-LEVEL_FRAMES:])),
            voiced=voiced,
            agent_speaks=self._playout.speaking,
            caller_speaks=self._speaks,
        )
        self.window_voiced = callers and probability >= self._threshold
        if self.window_voiced:
            self.voiced_s += seconds
        ahead_s = self._heard_s - self.endpointer.now_s - seconds  # of the window: part of a Frame
        return self.endpointer.push(
            seconds,
            probability if callers or probability < least else 0.0,
            quiet_s=max(0.0, self._voice_end.quiet_s - ahead_s),
            agent_speaking=not self._playout.idle,
            agent_audible=self._playout.speaking,
        )

    @property
    def _speaks(self) -> bool:
        return self.endpointer.floor is Floor.SPEECH

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
            self._feed(self._unfed)
            return
        reach_ms = (self.endpointer.now_s - onset_s) * 1000 + PRE_ROLL_MS
        count = min(self._unfed, int(reach_ms // FRAME_MS))
        self._gain.expect(self._latest(count))
        self._to_recognizer = stream(self._playout.rate_hz, self._recognizer_hz)
        self._sound = []
        self._feed(count)

    def _goes_on(self, onset_s: float) -> bool:
        waiting = bool(self._unanswered) and self._unanswered[-1] is self._newest
        agent_spoke = self._since_agent_s < self.endpointer.now_s - self._paused_s
        size = sum(pcm.size for pcm in self._sound)
        rest_s, again_s = REJOIN_S, min(REJOINED_S, self._recognizer.again_s)
        if self.dictating:
            rest_s, again_s = REJOIN_DICTATED_S, self._recognizer.again_s
        return (
            self._recognizer.redecodes
            and waiting
            and not agent_spoke
            and onset_s - self._paused_s <= rest_s
            and size <= again_s * self._recognizer_hz
        )

    def _latest(self, count: int) -> list[Pcm]:
        """The last ``count`` Frames, as the caller alone would sound in them."""
        frames = self.far_voices.without(list(self._memory))
        return frames[max(0, len(frames) - count) :]

    def _feed(self, count: int) -> None:
        """Let the recogniser hear the last ``count`` Frames."""
        self._unfed = 0
        for frame in self._latest(count):
            sound = self._to_recognizer(self._gain.lift(frame))
            self._sound.append(sound)
            self._recognizer.feed(sound)


async def _keyed(keys: str) -> Transcript:
    return Transcript(" ".join(keys), final=True)
