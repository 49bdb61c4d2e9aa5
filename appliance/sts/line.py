"""A caller who comes by speech-to-speech: the ``Line`` that a call talks to, whatever carries it.

The carrier (a WebSocket, or AVR's older HTTP exchange) puts in what arrives and sends what
``outgoing()`` gives. Frames go out by the pacer in real time, at most two ahead, so that a barge-in
stops what is not heard yet; the other side (AVR Core) fills its silences itself, so none is sent,
and its clock may differ from ours without a queue growing there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Final, Literal
from uuid import UUID

from appliance.audio.frame import FRAME_MS, WIRE_RATE_HZ, Pcm, pcm_from_bytes
from appliance.audio.framing import Framer
from appliance.audiosocket.connection import CLOCKS_DIFFER
from appliance.audiosocket.inbox import Inbound, Inbox
from appliance.audiosocket.protocol import Digit
from appliance.call.events import (
    AgentSaid,
    CallerSaid,
    CallEvent,
    CallFailed,
    Interrupted,
)
from appliance.call.line import Supplier
from appliance.errors import ProtocolError
from appliance.sts.messages import Fault, Interruption, Spoken
from appliance.turns.pacer import Pacer

AHEAD_S: Final = 10.0
"""A peer may send so much sound at once; more than that faster than time is no conversation."""
LEAD_FRAMES: Final = 2
"""Sent ahead when the agent begins to speak: the network's jitter does not tear the words."""
WAITING_FRAMES: Final = LEAD_FRAMES + 3
"""Frames that may wait for a slow reader; later ones are dropped."""
WAITING_MESSAGES: Final = 64
"""A peer that has left so many unread is gone."""
STALL_S: Final = 5.0
"""So is one to whom a message could not be sent for so long."""

End = Literal[
    "hung_up",  # by us
    "peer_hung_up",
    "peer_stalled",
    "protocol_error",
    "internal_error",
]

Outgoing = bytes | Spoken | Interruption | Fault
"""A Frame (320 bytes), or what is told besides."""

log = logging.getLogger(__name__)


class StsLine:
    """One caller; implements ``call.line.Line``. Event loop only."""

    def __init__(self, uuid: UUID, pacer: Pacer) -> None:
        self.uuid: Final = uuid
        self._pacer = pacer
        self._loop = asyncio.get_running_loop()
        self._began_s = self._loop.time()
        self._received_s = 0.0
        self._odd = b""
        self._framer = Framer()
        self._inbox = Inbox(most_frames=round(AHEAD_S * 1000 / FRAME_MS))
        self._outbox: asyncio.Queue[Outgoing | None] = asyncio.Queue()
        self._frames_waiting = 0
        self._lead = 0
        self._supplier: Supplier = lambda: None
        self._end: End | None = None
        self._closed = asyncio.Event()
        self.refused_frames = 0
        self.failed = False
        """Whether the call ended by a fault of ours."""
        pacer.join(self._beat)

    # -- the call's side (call/line.py says what is meant)

    @property
    def end(self) -> End | None:
        """Why the line ended; None while it has not."""
        return self._end

    @property
    def dropped_frames(self) -> int:
        """The caller's Frames that were dropped because the call fell behind."""
        return self._inbox.dropped_frames

    async def rate(self) -> int:
        """8000: the protocol knows no other."""
        return WIRE_RATE_HZ

    def play_from(self, supplier: Supplier) -> None:
        """Send what ``supplier`` gives, from the next Frame on; its silence is not sent."""
        self._supplier = supplier

    def __aiter__(self) -> StsLine:
        return self

    async def __anext__(self) -> Inbound:
        event = await self._inbox.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def begin_hang_up(self, end: End) -> None:
        """End it without waiting; what was said before is still sent. The first reason counts."""
        if self._end is None:
            self._stop(end)
            self._outbox.put_nowait(None)

    async def hang_up(self) -> None:
        """End it; returns when the carrier is closed. Idempotent."""
        self.begin_hang_up("hung_up")
        await self._closed.wait()

    def tell(self, event: CallEvent) -> None:
        """A listener to the call: what of it the other side is told."""
        match event:
            case CallerSaid(text):
                self._send(Spoken("user", text))
            case AgentSaid(text):
                self._send(Spoken("agent", text))
            case Interrupted():
                self._lead = 0
                self._send(Interruption())
            case CallFailed(code):
                self.failed = True
                self._send(Fault(f"the call cannot go on: {code}"))
            case _:
                pass

    # -- the carrier's side

    def hear(self, data: bytes) -> None:
        """Sound of the caller, any length: s16le at 8 kHz. Raises ProtocolError when it comes much
        faster than it can have been spoken."""
        data = self._odd + data
        whole = len(data) & ~1
        self._odd = data[whole:]
        pcm: Pcm = pcm_from_bytes(data[:whole])
        self._received_s += pcm.size / WIRE_RATE_HZ
        passed_s = self._loop.time() - self._began_s
        if self._received_s > passed_s * CLOCKS_DIFFER + AHEAD_S:
            raise ProtocolError("sound comes faster than it can be spoken", code="audio_too_fast")
        for frame in self._framer.feed(pcm):
            self._inbox.put_frame(frame)

    def press(self, digit: Digit) -> None:
        """A key of the caller's telephone."""
        self._inbox.put_digit(digit)

    def complain(self, message: str) -> None:
        """Tell the other side that it did something wrong."""
        self._send(Fault(message))

    async def outgoing(self) -> AsyncIterator[Outgoing]:
        """What the carrier has to send, in order; ends when it shall close."""
        while (item := await self._outbox.get()) is not None:
            if isinstance(item, bytes):
                self._frames_waiting -= 1
            yield item

    def closed(self, end: End = "peer_hung_up") -> None:
        """The carrier is closed: by the other side, if nobody here has hung up before."""
        if self._end is None:
            self._stop(end, discard=False)
            self._outbox.put_nowait(None)
        self._closed.set()

    # -- inside

    def _beat(self, now_s: float) -> None:
        """One Frame is due, at the beginning of speech some more."""
        try:
            if not self._send_frame():
                self._lead = 0
            while 0 < self._lead <= LEAD_FRAMES and self._send_frame():
                self._lead += 1
        except Exception:  # a mistake of ours: it must not take the other calls' Frames with it
            log.exception("the call's sound failed")
            self.begin_hang_up("internal_error")

    def _send_frame(self) -> bool:
        frame = self._supplier()
        if frame is None:
            return False
        self._lead = max(1, self._lead)
        if self._frames_waiting < WAITING_FRAMES:
            self._frames_waiting += 1
            self._outbox.put_nowait(frame)
        else:
            self.refused_frames += 1
        return True

    def _send(self, item: Outgoing) -> None:
        if self._end is None and self._outbox.qsize() < WAITING_MESSAGES:
            self._outbox.put_nowait(item)
        elif self._end is None:
            self.begin_hang_up("peer_stalled")

    def _stop(self, end: End, *, discard: bool = True) -> None:
        self._end = end
        self._pacer.leave(self._beat)
        self._inbox.close(discard=discard)
