"""One call's words from an AVR ASR service: it ends utterances when it likes, a call at each pause.

What is fed is speech only, and ``finish()`` wants its words at once, 160 ms after the last voice.
The service does not know of that: AVR's Vosk connector writes its text when Kaldi has seen half a
second of silence, the one with a VAD of its own 500 ms after the voice by its own clock, and none
needs to flush when the request ends. So ``finish()`` gives the service the silence it waits for:
1.2 s of it as fast as it is taken, for those that count samples (their text comes in the time it
takes to decode it, and a turn loses nothing), and then in real time for those that look at a clock.

The first text that comes then is the utterance. Nothing at all comes for a cough: how long to wait
for words is learned from how long they took so far, between 1 and 3 s. Texts that came already
*before* the pause, or that begin with a space, are pieces of words from a service that streams
them; its words are over when no more have come for 0.7 s. A service that has never said anything
before the end of a request may be one that answers whole bodies: its request is ended, and if that
brings words each further utterance is a request of its own.

One request lasts for a call if the service lets it. When it ends between two utterances the next
one opens another; when it ends inside one, the utterance is sent again, once.

One file, because all of it is one conversation with a service whose habits are being learned.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from appliance.audio.frame import WIRE_RATE_HZ, Pcm, pcm_to_bytes
from appliance.engines.base import Transcript
from appliance.engines.remote.peer import RETRY_S
from appliance.engines.remote.transcript_pieces import joined
from appliance.errors import EngineError, RecognizerError, RemoteError

NAME: Final = "avr-asr"
BYTES_PER_S: Final = WIRE_RATE_HZ * 2
BURST: Final = bytes(BYTES_PER_S * 12 // 10)
"""Kaldi's rules end an utterance after 0.5 to 1.0 s of silence, by how sure it is."""
SHORTEST_WAIT_S: Final = 1.0
LONGEST_WAIT_S: Final = 3.0
DRIBBLE_S: Final = 0.7
"""Pieces of words come closer together than this."""
SPEECH_S: Final = 1.0
"""Sound of at least so much, the 0.4 s around the voice included, should have had words."""
MAX_KEPT_BYTES: Final = 60 * BYTES_PER_S
"""Of an utterance that may have to be sent again."""


class Stream(Protocol):
    """What a session needs of a ``SoundStream``."""

    def send(self, sound: bytes) -> None: ...
    def press(self, pressing: bool) -> None: ...
    def end(self) -> None: ...
    def leave(self) -> None: ...


OnEnd = Callable[[Stream, RemoteError | None], None]
Opener = Callable[[Callable[[str], None], OnEnd, float], Stream]
"""Begins a request after so many seconds."""


class Habits:
    """What is known of a service by its answers; shared by all calls."""

    def __init__(self, silence_s: float) -> None:
        self._silence_s = silence_s
        self.answers_at_end = False
        """Whether it only answers when the request has ended."""
        self.dribbles = False
        """Whether its texts are pieces of words."""
        self._delays_s: deque[float] = deque(maxlen=16)

    def answered(self, delay_s: float) -> None:
        """Words came so long after the end of an utterance."""
        self._delays_s.append(delay_s)

    @property
    def known(self) -> bool:
        """Whether it has ever answered."""
        return bool(self._delays_s)

    @property
    def failed_s(self) -> float:
        """So much of a call without a word, and it has failed: longer for one that has spoken
        before, for it may be the caller who cannot be understood."""
        return self._silence_s * (3 if self._delays_s else 1)

    @property
    def wait_s(self) -> float:
        """After so long there are no words in an utterance."""
        if not self._delays_s:
            return LONGEST_WAIT_S
        return min(LONGEST_WAIT_S, max(SHORTEST_WAIT_S, 2 * max(self._delays_s) + 0.5))


@dataclass(slots=True, eq=False)
class _Segment:
    """One utterance."""

    began_s: float
    stream: Stream
    """The request it was sent with."""
    sound: bytearray = field(default_factory=bytearray)
    texts: list[str] = field(default_factory=list)
    ended_s: float = 0.0
    deadline_s: float = 0.0
    dribbles: bool = False
    at_end: bool = False
    """Whether its request has been ended for it."""

    @property
    def over(self) -> bool:
        """Whether its words are surely complete."""
        return bool(self.texts) and not self.dribbles


class AvrSession:
    """What one call holds of it; implements ``base.RecognizerSession``. Event loop only.

    Texts belong to the oldest utterance that waits for some. One that was not understood by the
    time its ``finish()`` gave up gets no words any more, whatever the service says later.
    """

    redecodes = False
    again_s = 0.0

    def __init__(self, begin: Opener, habits: Habits, fault: Callable[[str], RemoteError]) -> None:
        self._begin = begin
        self._habits = habits
        self._fault = fault
        self._now = asyncio.get_running_loop().time
        self._current: _Segment | None = None
        self._finishing: list[_Segment] = []
        self._given_up_s: float | None = None
        self._changed = asyncio.Event()
        self._error: EngineError | None = None
        self._retried = False
        self._wordless_s = 0.0
        self._closed = False
        self._stream: Stream | None = self._new_stream()

    def expect(self, hint: str) -> None:
        """AVR has no word for it."""

    def feed(self, pcm: Pcm) -> None:
        """As ``base.RecognizerSession``."""
        self._check()
        sound = pcm_to_bytes(pcm)
        if self._stream is None:
            self._stream = self._new_stream()
        if self._current is None:
            self._current = _Segment(self._now(), self._stream)
        self._current.stream = self._stream
        self._current.sound += sound
        del self._current.sound[:-MAX_KEPT_BYTES]
        self._stream.send(sound)
        self._stream.press(False)

    def prepare(self) -> None:
        """As ``base.RecognizerSession``: nothing to do, the service hears all along."""

    @property
    def partial(self) -> Transcript:
        """What a service that streams its words has sent of the present utterance; of most services
        nothing."""
        return Transcript(joined(self._current.texts) if self._current else "")

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        """As ``base.RecognizerSession``."""
        self._check()
        segment, self._current = self._current, None
        if segment is not None:
            self._end(segment)
        return self._finished(segment)

    def _end(self, segment: _Segment) -> None:
        """Nothing more belongs to ``segment``: let the service find its end."""
        segment.ended_s = self._now()
        segment.dribbles = bool(segment.texts) or self._habits.dribbles
        wait_s = DRIBBLE_S if segment.texts else self._habits.wait_s
        segment.deadline_s = segment.ended_s + wait_s
        self._finishing.append(segment)
        if self._habits.answers_at_end:
            self._end_request(segment)
        else:
            segment.stream.send(BURST)
            segment.stream.press(True)

    async def _finished(self, segment: _Segment | None) -> Transcript:
        if segment is None:
            return Transcript("", final=True)
        try:
            await self._wait(segment)
            if not segment.texts and not self._habits.known and self._error is None:
                self._end_request(segment)
                await self._wait(segment)
        finally:
            self._finishing.remove(segment)
            segment.stream.press(bool(self._finishing) and self._current is None)
        self._judge(segment)
        return Transcript(joined(segment.texts), final=True)

    async def close(self) -> None:
        """As ``base.RecognizerSession``. The service may still answer for a second, to nobody."""
        if self._closed:
            return
        self._closed = True
        self._changed.set()
        if self._stream is not None:
            self._stream.leave()

    def _check(self) -> None:
        if self._closed:
            raise RecognizerError(NAME, "the session is closed")
        if self._error is not None:
            raise self._error

    def _new_stream(self, after_s: float = 0.0) -> Stream:
        return self._begin(self._heard, self._ended, after_s)

    def _end_request(self, segment: _Segment) -> None:
        """Some services answer then, and only then."""
        segment.at_end = True
        segment.deadline_s = self._now() + LONGEST_WAIT_S
        segment.stream.end()
        if self._stream is segment.stream:
            self._stream = None

    async def _wait(self, segment: _Segment) -> None:
        """Until the words are there, or there are none."""
        while not (segment.over or self._error or self._closed):
            left_s = segment.deadline_s - self._now()
            if left_s <= 0:
                return
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(left_s):
                    await self._changed.wait()

    def _judge(self, segment: _Segment) -> None:
        """After an utterance: is the service still there, and how does it behave?"""
        self._check()
        self._habits.answers_at_end = segment.at_end and bool(segment.texts)
        if segment.texts:
            return
        self._given_up_s = segment.ended_s
        if len(segment.sound) < SPEECH_S * BYTES_PER_S:
            return
        self._wordless_s += self._now() - segment.began_s
        if self._wordless_s >= self._habits.failed_s:
            self._error = self._fault(f"has sent no words for {self._wordless_s:.0f} s of speech")
            raise self._error

    def _heard(self, text: str) -> None:
        """The service has sent a text."""
        now_s = self._now()
        self._wordless_s = 0.0
        self._retried = False
        self._habits.dribbles = self._habits.dribbles or text.startswith(" ")
        waiting = [
            segment
            for segment in self._finishing
            if not segment.texts or segment.dribbles or self._habits.dribbles
        ]
        if waiting:
            self._give(waiting, text, now_s)
        elif self._current is not None:
            self._current.texts.append(text)
        elif self._given_up_s is not None:  # too late, but good to know
            self._habits.answered(now_s - self._given_up_s)
            self._given_up_s = None

    def _give(self, waiting: Sequence[_Segment], text: str, now_s: float) -> None:
        """The first of the ``waiting`` gets its words."""
        first, *later = waiting
        first.texts.append(text)
        first.dribbles = first.dribbles or self._habits.dribbles
        first.deadline_s = now_s + DRIBBLE_S
        if not first.at_end:
            self._habits.answered(now_s - first.ended_s)
        for each in later:  # the service takes about as long for each, or has made one of two
            due_s = now_s + each.ended_s - first.ended_s + DRIBBLE_S
            each.deadline_s = min(each.deadline_s, due_s)
        self._changed.set()

    def _ended(self, stream: Stream, error: RemoteError | None) -> None:
        """A request has ended, by itself or because it was asked to."""
        if stream is self._stream:
            self._stream = None
        segments = [*self._finishing, *([self._current] if self._current else [])]
        lost = [each for each in segments if each.stream is stream and not each.texts]
        if lost and error is None and all(each.at_end for each in lost):
            for each in lost:
                each.deadline_s = self._now()
        elif lost and not self._retried:
            self._retried = True
            self._send_again(lost)
        elif lost:
            self._error = error or self._fault("ends its answers without words")
        self._changed.set()

    def _send_again(self, segments: Sequence[_Segment]) -> None:
        self._stream = self._new_stream(RETRY_S)
        for segment in segments:
            segment.stream = self._stream
            self._stream.send(bytes(segment.sound))
            if segment is not self._current:
                self._stream.send(BURST)
                self._stream.press(True)
