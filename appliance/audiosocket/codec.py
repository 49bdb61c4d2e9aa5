"""What the bytes of an audio message are, and how to answer in kind.

A call has one rate, that of the caller's first packet. A peer that sends another one later (which
Asterisk does not), or none of the two that a call can have, is converted here.

Kind 0x10 should be 16-bit sound at 8 kHz, 320 bytes for 20 ms. But ``Dial(AudioSocket/...)``
without ``/c(slin)`` labels the caller's codec bytes so, and a G.711 caller then sends 160 bytes,
and wants 160 bytes back. 160 bytes can also be 10 ms of 16-bit sound, and a clock cannot tell them
apart on a busy host, so the sound itself decides: read all three ways, the right reading is the one
whose samples move least from one to the next. Of single packets of speech between -40 dB and full
scale one in a thousand is misread (of heavily clipped ones one in forty); of sums over ten packets
none was. Digital silence is decided by its level: 0x00 is linear, 0xff mu-law, 0xd5 A-law.

Pure; one WireCodec for each connection.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from appliance.audio import g711
from appliance.audio.frame import (
    WIDE_RATE_HZ,
    WIRE_RATE_HZ,
    Pcm,
    frame_samples,
    pcm_from_bytes,
    pcm_to_bytes,
)
from appliance.audio.resample import Stream, stream
from appliance.audiosocket.protocol import encode_audio

Form = Literal["slin", "slin16", "ulaw", "alaw"]
"""How we answer: 16-bit at 8 kHz, 16-bit at 16 kHz, G.711 under the 8 kHz kind."""

G711_BYTES: Final = frozenset((80, 160, 240))
"""10, 20 and 30 ms of G.711. Other lengths are 16-bit sound without a look, unless the reading is
settled already."""
EVIDENCE_PACKETS: Final = 10
"""After so many of them the reading is settled for the call."""

_NARROW: Final[tuple[Form, ...]] = ("slin", "ulaw", "alaw")
_LEVEL_SHARE: Final = 1 / 16
"""Weight of the level beside the movement: enough to decide silence, where nothing moves."""


def call_rate(rate_hz: int) -> int:
    """The rate of a call whose caller sends ``rate_hz``: 8 or 16 kHz."""
    return WIDE_RATE_HZ if rate_hz >= WIDE_RATE_HZ else WIRE_RATE_HZ


class WireCodec:
    """Payloads to samples at the call's rate, and Frames to whole messages in the peer's form."""

    def __init__(self, rate_hz: int = WIRE_RATE_HZ) -> None:
        """``rate_hz``: the call's."""
        self.rate_hz: Final = rate_hz
        self.form: Form = "slin16" if rate_hz == WIDE_RATE_HZ else "slin"
        """The form of our answers as known so far."""
        self._no_sound = bytes(2 * frame_samples(rate_hz))
        self._cost = np.zeros(len(_NARROW))
        self._packets = 0
        self._streams: dict[tuple[int, int], Stream] = {}
        self._silence: dict[Form, bytes] = {}

    def decode(self, payload: bytes, rate_hz: int) -> Pcm:
        """The samples at the call's rate; from other rates than 8 and 16 kHz some tens of
        milliseconds late.

        ``payload`` has an even length. Its packet time may be any.
        """
        if rate_hz == WIRE_RATE_HZ:
            self.form = self._narrow_form(payload)
        else:
            self.form = "slin16" if call_rate(rate_hz) == WIDE_RATE_HZ else "slin"
        return self._converted(_read(payload, self.form), rate_hz, self.rate_hz)

    def encode(self, frame: bytes | None) -> bytes:
        """The whole message for one Frame (16-bit at the call's rate), or for 20 ms of silence."""
        if frame is not None:
            return self._message(frame)
        if self._form_hz != self.rate_hz:  # not kept: the filter still rings with what was said
            return self._message(self._no_sound)
        if self.form not in self._silence:
            self._silence[self.form] = self._message(self._no_sound)
        return self._silence[self.form]

    @property
    def _form_hz(self) -> int:
        return WIDE_RATE_HZ if self.form == "slin16" else WIRE_RATE_HZ

    def _message(self, frame: bytes) -> bytes:
        form_hz = self._form_hz
        if form_hz != self.rate_hz:
            frame = pcm_to_bytes(self._converted(pcm_from_bytes(frame), self.rate_hz, form_hz))
        if self.form == "ulaw" or self.form == "alaw":
            frame = g711.encode(pcm_from_bytes(frame), self.form)
        return encode_audio(frame, form_hz)

    def _narrow_form(self, payload: bytes) -> Form:
        if self._packets < EVIDENCE_PACKETS:
            if len(payload) not in G711_BYTES:
                return "slin"
            self._packets += 1
            self._cost += [_unlikeliness(_read(payload, form)) for form in _NARROW]
        return _NARROW[int(self._cost.argmin())]

    def _converted(self, pcm: Pcm, from_hz: int, to_hz: int) -> Pcm:
        if from_hz == to_hz:
            return pcm
        if (from_hz, to_hz) not in self._streams:
            self._streams[from_hz, to_hz] = stream(from_hz, to_hz)
        return self._streams[from_hz, to_hz](pcm)


def _read(payload: bytes, form: Form) -> Pcm:
    if form == "ulaw" or form == "alaw":
        return g711.decode(payload, form)
    return pcm_from_bytes(payload)


def _unlikeliness(pcm: Pcm) -> float:
    """How far the samples jump, in octaves: the log keeps one loud packet from outvoting the
    rest."""
    samples = pcm.astype(np.float64)
    movement = float(np.sqrt(np.mean(np.square(np.diff(samples)))))
    level = float(np.sqrt(np.mean(np.square(samples))))
    return float(np.log2(1.0 + movement + level * _LEVEL_SHARE))
