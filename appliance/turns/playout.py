"""What is being said, and how much of it was heard.

The agent's sound is laid end to end on one timeline of 20 ms Frames. Whoever owns the wire asks for
the next Frame at each deadline; what has been asked for counts as heard, what has not can still be
taken back. Speech gets in through a Sink, one for each turn: when the turn is cancelled its Sink
dies, and a late synthesis that adds to it speaks to nobody.

Pure: time is the number of Frames asked for. Use it on the event loop alone. Timeline and sinks are
one file, because what was heard is known by both together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from appliance.audio.frame import (
    FRAME_MS,
    WIRE_RATE_HZ,
    Pcm,
    frame_samples,
    pcm_from_bytes,
    pcm_to_bytes,
)

REWIND_FRAMES: Final = 100 // FRAME_MS
"""A resumed speaker goes back this far, so that the word they were stopped in is whole."""
RECENT_FRAMES: Final = 1000 // FRAME_MS
"""How far ``recent()`` reaches back."""
AUDIBLE_PEAK: Final = 104
"""-50 dBFS: the first sample above it is where the caller can begin to hear an answer."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How much of one piece was written on the wire."""

    tag: object
    """What the piece was added with."""
    heard_ms: int
    """0..total_ms; what a resume repeats counts once."""
    total_ms: int


@dataclass(slots=True)
class _Piece:
    sound: bytes
    """Whole Frames, the last one filled up with zeros."""
    start: int
    """Place on the timeline, in Frames."""
    frames: int
    total_ms: int
    tag: object
    sink: Sink
    played: int = 0
    """Frames handed out; a rewind leaves it."""
    audible: bool = False
    """Whether an audible one was among them."""


def _nothing() -> None: ...


def _unnoticed(tag: object) -> None: ...


class Sink:
    """One turn's way to the caller's ear. Got from ``Playout.open_sink()``."""

    def __init__(
        self, playout: Playout, on_audible: Callable[[object], None], on_done: Callable[[], None]
    ) -> None:
        self._playout = playout
        self._pieces: list[_Piece] = []
        self._on_audible = on_audible
        self._on_done = on_done
        self._open = True
        self._done = False

    @property
    def alive(self) -> bool:
        """Whether what is added will be spoken."""
        return self._open

    @property
    def done(self) -> bool:
        """Whether everything was played after ``finish()``, or the sink died."""
        return self._done

    def add(self, pcm: Pcm, tag: object = None) -> bool:
        """Say ``pcm`` (any length) behind what was added before; False when the sink is dead.

        ``tag`` comes back in ``heard()``. A piece starts on a Frame of its own.
        """
        if not self._open:
            return False
        if pcm.size:
            self._pieces.append(self._playout._append(pcm, tag, self))
        return True

    def finish(self) -> None:
        """Nothing more will be added; ``on_done`` is called when the last Frame has been taken,
        which is at once when it already has been. Idempotent."""
        self._open = False
        if not self._playout._awaits(self):
            self._end()

    def heard(self) -> list[Heard]:
        """The pieces in the order they were added, the unheard ones with 0 ms."""
        return [
            Heard(piece.tag, min(piece.played * FRAME_MS, piece.total_ms), piece.total_ms)
            for piece in self._pieces
        ]

    def _hand_out(self, piece: _Piece, frame: bytes) -> None:
        """Notice the first audible Frame of each piece."""
        if piece.audible:
            return
        samples = pcm_from_bytes(frame)
        if max(int(samples.max()), -int(samples.min())) > AUDIBLE_PEAK:
            piece.audible = True
            self._on_audible(piece.tag)

    def _end(self) -> None:
        self._open = False
        if not self._done:
            self._done = True
            self._on_done()


class Playout:
    """The agent's mouth: one for each call."""

    def __init__(self, rate_hz: int = WIRE_RATE_HZ) -> None:
        self.rate_hz: Final = rate_hz
        """Of all sound that goes in and out: the call's."""
        self._frame_samples = frame_samples(rate_hz)
        self._silence = bytes(2 * self._frame_samples)
        self._pieces: deque[_Piece] = deque()
        self._position = 0
        self._end = 0
        self._sink: Sink | None = None
        self._paused = False
        self._dry = False
        self._tail: bytes | None = None
        self._recent: deque[bytes | None] = deque(maxlen=RECENT_FRAMES)
        self.underruns = 0
        """Times the wire ran dry after a turn's first Frame and before its ``finish()``."""

    # -- the turn's side ---------------------------------------------------------------------

    def open_sink(
        self,
        *,
        on_audible: Callable[[object], None] = _unnoticed,
        on_done: Callable[[], None] = _nothing,
    ) -> Sink:
        """A sink for the next turn. An earlier one that is still open is finished first: what it
        has added is played out, what it adds later is not.

        ``on_audible`` is called with each piece's tag, while its first audible Frame is being
        taken; ``on_done`` once, when the sink is ``done``. Both are called from ``next_frame()``,
        ``finish()`` or ``clear()``: they must return at once and not raise.
        """
        if self._sink is not None:
            self._sink.finish()
        self._sink = Sink(self, on_audible, on_done)
        self._dry = False
        return self._sink

    def pause(self) -> None:
        """Silence from the next Frame on (which fades, so that it does not click). The rest is
        kept."""
        if not self._paused:
            self._fade_out()
            self._paused = True

    def resume(self) -> None:
        """Go on after ``pause()``, from up to 100 ms before the place it stopped at."""
        if self._paused:
            self._paused = False
            self._tail = None
            if self.speaking:
                self._position = max(self._position - REWIND_FRAMES, self._turn_start())

    def clear(self) -> None:
        """Drop what has not been heard; every sink dies. ``Sink.heard()`` still tells what was."""
        self._fade_out()
        sinks = [piece.sink for piece in self._pieces]
        self._pieces.clear()
        self._position = self._end
        self._paused = False
        if self._sink is not None:
            sinks.append(self._sink)
            self._sink = None
        for sink in sinks:
            sink._end()

    @property
    def speaking(self) -> bool:
        """Whether the next Frame is speech."""
        return not self._paused and self._position < self._end

    @property
    def paused(self) -> bool:
        return self._paused

    @property
    def expecting(self) -> bool:
        """Whether a turn is open that may add more."""
        return self._sink is not None and self._sink.alive

    @property
    def idle(self) -> bool:
        """Whether nothing is left to say and nothing more is expected."""
        return self._position >= self._end and not self.expecting

    @property
    def pending_ms(self) -> int:
        """How much sound waits to be played."""
        return (self._end - self._position) * FRAME_MS

    # -- the wire's side ---------------------------------------------------------------------

    def next_frame(self) -> bytes | None:
        """The next Frame for the wire, or None for silence. What is returned counts as heard."""
        frame = self._take()
        self._recent.append(frame)
        return frame

    def recent(self, ms: int) -> Pcm:
        """The last ``ms`` (at most 1000, whole Frames) that went out, silence included;
        shorter at the start of a call. The echo guard compares the caller's sound with it."""
        frames = min(ms // FRAME_MS, len(self._recent))
        recent = list(self._recent)[len(self._recent) - frames :]
        return pcm_from_bytes(b"".join(frame or self._silence for frame in recent))

    # -- inside ------------------------------------------------------------------------------

    def _take(self) -> bytes | None:
        if self._tail is not None:
            tail, self._tail = self._tail, None
            return tail
        if self._paused:
            return None
        if self._position >= self._end:
            self._count_underrun()
            return None
        self._dry = False
        piece, frame = self._at(self._position)
        self._position += 1
        piece.played = max(piece.played, self._position - piece.start)
        piece.sink._hand_out(piece, frame)
        self._forget()
        if not piece.sink.alive and not self._awaits(piece.sink):
            piece.sink._end()
        return frame

    def _at(self, position: int) -> tuple[_Piece, bytes]:
        piece = next(p for p in self._pieces if position < p.start + p.frames)
        frame_bytes = len(self._silence)
        at = (position - piece.start) * frame_bytes
        return piece, piece.sound[at : at + frame_bytes]

    def _turn_start(self) -> int:
        """Where the sound of the turn that is being spoken begins, as far as it is kept: a resume
        does not repeat an earlier turn's last words."""
        now, _ = self._at(self._position)
        return next(p.start for p in self._pieces if p.sink is now.sink)

    def _append(self, pcm: Pcm, tag: object, sink: Sink) -> _Piece:
        frames = -(-pcm.size // self._frame_samples)
        sound = pcm_to_bytes(pcm).ljust(frames * len(self._silence), b"\0")
        total_ms = pcm.size * 1000 // self.rate_hz
        piece = _Piece(sound, self._end, frames, total_ms, tag, sink)
        self._pieces.append(piece)
        self._end += frames
        return piece

    def _awaits(self, sink: Sink) -> bool:
        """Whether sound of this sink is still to be played."""
        return any(
            p.sink is sink and self._position < p.start + p.frames for p in reversed(self._pieces)
        )

    def _forget(self) -> None:
        """Let go of pieces that no resume can reach any more."""
        keep_from = self._position - REWIND_FRAMES
        while self._pieces and self._pieces[0].start + self._pieces[0].frames <= keep_from:
            self._pieces.popleft()

    def _fade_out(self) -> None:
        if self.speaking and self._recent and self._recent[-1] is not None:
            _, frame = self._at(self._position)
            fade = np.linspace(1.0, 0.0, self._frame_samples)
            self._tail = pcm_to_bytes((pcm_from_bytes(frame) * fade).astype(np.int16))

    def _count_underrun(self) -> None:
        started = self._sink is not None and any(p.played for p in self._sink._pieces)
        if self.expecting and started and not self._dry:
            self.underruns += 1
            self._dry = True
