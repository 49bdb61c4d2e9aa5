"""One AudioSocket connection: the socket's side of a call.

Everything a peer can do wrong ends this connection and no other, by the same orderly way: stop
pacing, send 0x00 (Asterisk's dialplan goes on behind it), read on until the peer closes, for
closing with unread input would reset the connection and Asterisk would hang up on the caller. A
deadline bounds that. It is a long file because the life of one socket is one state machine.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from typing import Final, Literal, cast
from uuid import UUID

from appliance.audio.frame import FRAME_S, WIRE_RATE_HZ
from appliance.audio.framing import Framer
from appliance.audiosocket.codec import WireCodec, call_rate
from appliance.audiosocket.inbox import Inbound, Inbox
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Digit,
    Hangup,
    Identify,
    Message,
    PeerError,
    Unknown,
    encode_hangup,
)
from appliance.errors import CallRefused, ProtocolError
from appliance.turns.pacer import Pacer

log = logging.getLogger(__name__)

UUID_WAIT_S: Final = 2.0
"""Asterisk sends the UUID with the connection."""
FORM_WAIT_S: Final = 3 * FRAME_S
"""The first Frame waits for the caller's first packet, which tells the call's rate and the form of
the answers (codec.py). Asterisk's comes within 23 ms; a caller without RTP would keep us waiting
for ever."""
CLOSE_WAIT_S: Final = 2.0
"""From our 0x00 until the peer has closed."""
STALL_S: Final = 5.0
"""A peer that has not read for so long is gone."""
AHEAD_S: Final = 3.0
"""Sound may come so much faster than time, after a stall on its way; beyond, it is no telephone."""
CLOCKS_DIFFER: Final = 1.01
"""A telephone's clock may run so much faster than ours, or long calls would get ahead of time."""
READ_BYTES: Final = 8192
"""Taken in at once: bounds how long a flooding peer holds the loop."""
WRITE_AHEAD_BYTES: Final = 3 * (3 + 640)
"""Three Frames may wait for a slow reader (at 16 kHz); later ones are dropped."""
SEND_BUFFER_BYTES: Final = 8192
"""Asked of the kernel, so that a peer that stalls finds little stale sound afterwards."""

End = Literal[
    "hung_up",  # by us, or by the refusal's orderly end
    "refused",
    "peer_hung_up",
    "peer_reset",
    "peer_error",
    "peer_stalled",
    "no_uuid",
    "protocol_error",
    "internal_error",
]
"""Why a connection ended; stable, for metrics and records."""

Supplier = Callable[[], bytes | None]
"""Asked for the next Frame every 20 ms; None is silence. Must return at once."""


def _silence() -> bytes | None:
    return None


class Connection(asyncio.BufferedProtocol):
    """A caller, as the call sees them. Made by the server; event loop only.

    ``async for event in connection`` gives Frames (20 ms of int16 samples at the call's rate, see
    ``rate()``) and ``Digit`` s in the order they came, and ends when the connection does; ``end``
    then says why. Frames come only while the caller's RTP does, and a digit makes a hole of about
    200 ms: they are no clock.
    """

    def __init__(
        self,
        pacer: Pacer,
        on_identified: Callable[[Connection], None],
        on_closed: Callable[[Connection], None],
    ) -> None:
        """``on_identified`` is called with the UUID known and may raise CallRefused; ``on_closed``
        when the socket is gone."""
        self._pacer = pacer
        self._on_identified = on_identified
        self._on_closed = on_closed
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._read_buffer = memoryview(bytearray(READ_BYTES))
        self._decoder = Decoder()
        self._codec = WireCodec()
        self._framer = Framer()
        self._inbox = Inbox()
        self._supplier: Supplier = _silence
        self._uuid: UUID | None = None
        self._end: End | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._identified_at = 0.0
        self._received_s = 0.0
        self._settled = asyncio.Event()
        self._blocked_since: float | None = None
        self._closed = asyncio.Event()
        self.peer = ""
        """Address of the other side, for logs."""
        self.frames_in = 0
        self.frames_out = 0
        self.refused_frames = 0
        """Frames of ours that were dropped because the peer did not read."""
        self.unknown_messages = 0

    # -- the call's side ---------------------------------------------------------------------

    @property
    def uuid(self) -> UUID:
        """The call's; known before the call gets the connection."""
        if self._uuid is None:
            raise RuntimeError("the connection has not been identified")
        return self._uuid

    @property
    def end(self) -> End | None:
        """Why the connection ended; None while it has not."""
        return self._end

    @property
    def dropped_frames(self) -> int:
        """The caller's Frames that were dropped because the call fell behind."""
        return self._inbox.dropped_frames

    async def rate(self) -> int:
        """The call's rate in Hz: 16000 for a caller whose sound is that wide, else 8000.

        Known with the caller's first sound; when none comes, it is 8000 three Frames after the
        UUID, or at the end of the connection.
        """
        await self._settled.wait()
        return self._codec.rate_hz

    def play_from(self, supplier: Supplier) -> None:
        """Send what ``supplier`` gives, from the next Frame on; until then, silence is sent."""
        self._supplier = supplier

    def __aiter__(self) -> Connection:
        return self

    async def __anext__(self) -> Inbound:
        event = await self._inbox.get()
        if event is None:
            raise StopAsyncIteration
        return event

    async def hang_up(self) -> None:
        """End the call in order; returns when the socket is closed, within two seconds. Idempotent.

        What was not written yet is not spoken; events that wait are dropped.
        """
        self.begin_hang_up("hung_up")
        await self._closed.wait()

    def begin_hang_up(self, end: End) -> None:
        """The same without waiting. Only the first reason given counts."""
        if self._end is not None or self._transport is None:
            return
        self._stop(end, discard=True)
        self._transport.write(encode_hangup())
        self._set_timer(CLOSE_WAIT_S, self._transport.abort)

    # -- the socket's side (called by asyncio) -------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=WRITE_AHEAD_BYTES, low=0)
        sock: socket.socket = transport.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        self.peer = "{}:{}".format(*(transport.get_extra_info("peername") or ("?", "?"))[:2])
        self._set_timer(UUID_WAIT_S, lambda: self.begin_hang_up("no_uuid"))

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._read_buffer

    def buffer_updated(self, nbytes: int) -> None:
        if self._end is not None:
            return  # reading to the end, nothing matters any more
        try:
            for message in self._decoder.feed(self._read_buffer[:nbytes]):
                self._take(message)
                if self._end is not None:
                    return
        except ProtocolError as error:
            log.warning("AudioSocket peer %s: %s (%s)", self.peer, error, error.code)
            self.begin_hang_up("protocol_error")
        except CallRefused as refusal:
            log.info("call refused: %s", refusal)
            self.begin_hang_up("refused")

    def eof_received(self) -> None:
        """The caller has gone: asyncio closes the socket after this."""
        if self._end is None:
            self._stop("no_uuid" if self._uuid is None else "peer_hung_up", discard=False)
            assert self._transport is not None
            self._set_timer(CLOSE_WAIT_S, self._transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._end is None:
            self._stop("peer_reset" if exc else "peer_hung_up", discard=False)
        self._cancel_timer()
        self._closed.set()
        self._on_closed(self)

    def pause_writing(self) -> None:
        self._blocked_since = self._loop.time()

    def resume_writing(self) -> None:
        self._blocked_since = None

    # -- inside ------------------------------------------------------------------------------

    def _take(self, message: Message) -> None:
        if isinstance(message, Audio) and self._uuid is not None:
            self._hear(message)
        elif isinstance(message, Identify) and self._uuid is None:
            self._identify(message.uuid)
        elif isinstance(message, Hangup):
            self.begin_hang_up("peer_hung_up")
        elif isinstance(message, PeerError):
            self.begin_hang_up("peer_error")
        elif self._uuid is None:
            raise ProtocolError("the first message is no UUID", code="uuid_missing")
        elif isinstance(message, Identify):
            raise ProtocolError("a second UUID", code="uuid_twice")
        elif isinstance(message, Digit):
            self._inbox.put_digit(message)
        elif isinstance(message, Unknown):
            self.unknown_messages += 1

    def _identify(self, uuid: UUID) -> None:
        self._uuid = uuid
        self._identified_at = self._loop.time()
        self._set_timer(FORM_WAIT_S, self._settle)
        self._on_identified(self)

    def _hear(self, audio: Audio) -> None:
        if not self._settled.is_set():
            self._settle(call_rate(audio.rate_hz))
        pcm = self._codec.decode(audio.payload, audio.rate_hz)
        self._received_s += pcm.size / self._codec.rate_hz
        passed_s = self._loop.time() - self._identified_at
        if self._received_s > passed_s * CLOCKS_DIFFER + AHEAD_S:
            raise ProtocolError("sound comes faster than it can be spoken", code="audio_too_fast")
        for frame in self._framer.feed(pcm):
            self.frames_in += 1
            self._inbox.put_frame(frame)

    def _settle(self, rate_hz: int = WIRE_RATE_HZ) -> None:
        """The call's rate is known: from now on a Frame is written every 20 ms."""
        self._cancel_timer()
        self._codec = WireCodec(rate_hz)
        self._framer = Framer(rate_hz)
        self._settled.set()
        self._pacer.join(self._beat)

    def _beat(self, now_s: float) -> None:
        """Write one Frame; while the peer does not read, time goes on and the Frame is lost."""
        assert self._transport is not None
        try:
            frame = self._supplier()
        except Exception:  # a mistake of ours: it must not take the other calls' Frames with it
            log.exception("the call's sound failed")
            self.begin_hang_up("internal_error")
            return
        if self._blocked_since is None:
            self._transport.write(self._codec.encode(frame))
            self.frames_out += 1
            return
        self.refused_frames += 1
        if now_s - self._blocked_since > STALL_S:
            self._stop("peer_stalled", discard=True)
            self._transport.abort()

    def _stop(self, end: End, *, discard: bool) -> None:
        """Neither speak nor listen any more."""
        self._end = end
        self._settled.set()
        self._pacer.leave(self._beat)
        self._cancel_timer()
        self._inbox.close(discard=discard)

    def _set_timer(self, delay_s: float, act: Callable[[], object]) -> None:
        """The one timer: for the UUID, then the first Frame, at last the close."""
        self._cancel_timer()
        self._timer = self._loop.call_later(delay_s, act)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
