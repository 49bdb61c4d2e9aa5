"""AudioSocket as values: bytes in, messages out, and back. No sockets here.

A message is a kind (1 byte), the payload's length (2 bytes, big-endian) and the payload. Both sides
of the wire are covered, so that a simulated caller can use the same file.

What is decided about odd input (Asterisk 22's own behaviour in brackets):

* Kinds and lengths are judged as soon as the three header bytes are there, so that a peer that
  speaks another protocol is found out by its first bytes and nothing is buffered for it.
* An unknown kind is reported as ``Unknown`` when its payload is short, and can be passed over: 0x03
  and 0x11-0x18 came with later releases, and so may others. A long one means that the stream is out
  of step: ProtocolError.
* Audio of any packet time is taken, up to 200 ms; longer is ProtocolError. Length 0 carries nothing
  and is passed over [Asterisk hangs up; we never send it]. An odd length is ProtocolError: 16-bit
  samples cannot have one, while Opus bytes passed through by ``Dial(AudioSocket/...)`` without
  ``/c(slin)`` do, and would be loud noise.
* A UUID must have 16 bytes, a digit one: ProtocolError. A digit that is none of ``0-9*#A-D`` is
  Unknown.
* 0x00 and 0xff keep their meaning whatever short payload they carry.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.errors import ProtocolError

HANGUP: Final = 0x00
IDENTIFY: Final = 0x01
DIGIT: Final = 0x03
ERROR: Final = 0xFF

RATE_OF_KIND: Final = {
    0x10: 8000, 0x11: 12000, 0x12: 16000, 0x13: 24000, 0x14: 32000,
    0x15: 44100, 0x16: 48000, 0x17: 96000, 0x18: 192000,
}  # fmt: skip
KIND_OF_RATE: Final = {rate_hz: kind for kind, rate_hz in RATE_OF_KIND.items()}

HEADER_BYTES: Final = 3
LONGEST_AUDIO_S: Final = 0.2
LONGEST_OTHER_BYTES: Final = 255
DIGITS: Final = frozenset("0123456789*#ABCD")

_HEADER: Final = struct.Struct("!BH")


@dataclass(frozen=True, slots=True)
class Identify:
    """The call's UUID; always the first message of a caller's side."""

    uuid: UUID


@dataclass(frozen=True, slots=True)
class Digit:
    """A key was released."""

    digit: str
    """One of ``0-9*#A-D``."""


@dataclass(frozen=True, slots=True)
class Audio:
    """Sound: little-endian int16 mono, or the codec's own bytes (see ``codec.py``)."""

    payload: bytes
    """Even length, never empty."""
    rate_hz: int


@dataclass(frozen=True, slots=True)
class Hangup:
    """The peer ends the call in order."""


@dataclass(frozen=True, slots=True)
class PeerError:
    """The peer reports a failure."""

    code: int
    """First payload byte; 0 when there is none."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A well-formed message of a kind, or a digit, that this version knows nothing of."""

    kind: int


Message = Identify | Digit | Audio | Hangup | PeerError | Unknown


class Decoder:
    """Turns the bytes of one connection into messages, however they were split on the way."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes | memoryview) -> Iterator[Message]:
        """Take ``data`` in at once; the messages complete with it come as they are iterated over.

        Iterating raises ProtocolError where the stream goes wrong, after the good messages before
        that place. The decoder is of no use afterwards.
        """
        self._buffer += data
        return self._messages()

    @property
    def unfinished(self) -> bool:
        """Whether the bytes so far end in the middle of a message."""
        return bool(self._buffer)

    def _messages(self) -> Iterator[Message]:
        buffer = self._buffer
        while len(buffer) >= HEADER_BYTES:
            kind, length = _HEADER.unpack_from(buffer)
            _check(kind, length)
            end = HEADER_BYTES + length
            if len(buffer) < end:
                return
            payload = bytes(buffer[HEADER_BYTES:end])
            del buffer[:end]
            message = _message(kind, payload)
            if message is not None:
                yield message


def _check(kind: int, length: int) -> None:
    """Raise ProtocolError when a message of this kind cannot have this length."""
    if kind == IDENTIFY:
        wrong = length != 16
    elif kind == DIGIT:
        wrong = length != 1
    elif (rate_hz := RATE_OF_KIND.get(kind)) is not None:
        wrong = length > longest_audio_bytes(rate_hz)
        if length % 2:
            raise ProtocolError(
                f"audio of {length} bytes is not 16-bit sound; a dialplan that uses "
                "Dial(AudioSocket/...) must end it with /c(slin)",
                code="audio_length_odd",
            )
    else:
        wrong = length > LONGEST_OTHER_BYTES
    if wrong:
        raise ProtocolError(f"kind 0x{kind:02x} with a length of {length}", code="length_invalid")


def _message(kind: int, payload: bytes) -> Message | None:
    """The message; None for audio that holds nothing."""
    if (rate_hz := RATE_OF_KIND.get(kind)) is not None:
        return Audio(payload, rate_hz) if payload else None
    if kind == IDENTIFY:
        return Identify(UUID(bytes=payload))
    if kind == DIGIT:
        digit = chr(payload[0]).upper()
        return Digit(digit) if digit in DIGITS else Unknown(kind)
    if kind == HANGUP:
        return Hangup()
    if kind == ERROR:
        return PeerError(payload[0] if payload else 0)
    return Unknown(kind)


def longest_audio_bytes(rate_hz: int) -> int:
    """Longest audio payload taken at this rate; the length field itself ends at 65535."""
    return min(int(rate_hz * LONGEST_AUDIO_S) * 2, 65534)


def encode_audio(payload: bytes, rate_hz: int = WIRE_RATE_HZ) -> bytes:
    """Header and payload in one piece: Asterisk drops a call whose payload is 5 ms behind its
    header.

    ``payload`` is one packet: 320 bytes are 20 ms at 8 kHz. Asterisk sends it on as it is, so an
    empty, odd or long one is a mistake of the caller's: ValueError.
    """
    if not payload or len(payload) % 2 or len(payload) > longest_audio_bytes(rate_hz):
        raise ValueError(f"an audio message cannot carry {len(payload)} bytes at {rate_hz} Hz")
    return _HEADER.pack(KIND_OF_RATE[rate_hz], len(payload)) + payload


def encode_hangup() -> bytes:
    """The orderly end: Asterisk's dialplan goes on behind AudioSocket()."""
    return _HEADER.pack(HANGUP, 0)


def encode_identify(uuid: UUID) -> bytes:
    """What a caller's side sends first."""
    return _HEADER.pack(IDENTIFY, 16) + uuid.bytes


def encode_digit(digit: str) -> bytes:
    """One key, one of ``0-9*#A-D``; ValueError for others."""
    if digit not in DIGITS:
        raise ValueError(f"{digit!r} is not a telephone key")
    return _HEADER.pack(DIGIT, 1) + digit.encode("ascii")


def encode_error(code: int) -> bytes:
    """A failure, 0..255. To Asterisk never: it hangs up the whole call."""
    return _HEADER.pack(ERROR, 1) + bytes([code])
