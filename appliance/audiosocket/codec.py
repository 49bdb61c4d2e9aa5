"""What the bytes of an audio message are, and how to answer in kind.

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
import soxr

from appliance.audio import g711
from appliance.audio.frame import SILENCE, WIRE_RATE_HZ, Pcm, pcm_from_bytes, pcm_to_bytes
from appliance.audio.resample import HalfBandDown, HalfBandUp
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


class WireCodec:
    """Payloads to 8 kHz samples, and Frames to whole messages in the peer's form."""

    def __init__(self) -> None:
        self.form: Form = "slin"
        """The form of our answers as known so far."""
        self._cost = np.zeros(len(_NARROW))
        self._packets = 0
        self._down = HalfBandDown()
        self._up = HalfBandUp()
        self._stream: tuple[int, soxr.ResampleStream] | None = None
        self._silence: dict[Form, bytes] = {}

    def decode(self, payload: bytes, rate_hz: int) -> Pcm:
        """The samples at 8 kHz; from other rates than 8 and 16 kHz some tens of milliseconds late.

        ``payload`` has an even length. Its packet time may be any.
        """
        if rate_hz == WIRE_RATE_HZ:
            self.form = self._narrow_form(payload)
            return _read(payload, self.form)
        if rate_hz == 2 * WIRE_RATE_HZ:
            self.form = "slin16"
            return self._down.feed(pcm_from_bytes(payload))
        self.form = "slin"
        return self._resample(pcm_from_bytes(payload), rate_hz)

    def encode(self, frame: bytes | None) -> bytes:
        """The whole message for one Frame (320 bytes of 16-bit 8 kHz), or for 20 ms of silence."""
        if frame is not None:
            return self._message(frame)
        if self.form == "slin16":  # not kept: the filter still rings with what was said before
            return self._message(SILENCE)
        if self.form not in self._silence:
            self._silence[self.form] = self._message(SILENCE)
        return self._silence[self.form]

    def _message(self, frame: bytes) -> bytes:
        if self.form == "slin":
            return encode_audio(frame)
        pcm = pcm_from_bytes(frame)
        if self.form == "slin16":
            return encode_audio(pcm_to_bytes(self._up.feed(pcm)), 2 * WIRE_RATE_HZ)
        return encode_audio(g711.encode(pcm, self.form))

    def _narrow_form(self, payload: bytes) -> Form:
        if self._packets < EVIDENCE_PACKETS:
            if len(payload) not in G711_BYTES:
                return "slin"
            self._packets += 1
            self._cost += [_unlikeliness(_read(payload, form)) for form in _NARROW]
        return _NARROW[int(self._cost.argmin())]

    def _resample(self, pcm: Pcm, rate_hz: int) -> Pcm:
        if self._stream is None or self._stream[0] != rate_hz:
            # LQ: 32 ms late in the median instead of HQ's 64, and good enough for a telephone.
            stream = soxr.ResampleStream(rate_hz, WIRE_RATE_HZ, 1, dtype="int16", quality="LQ")
            self._stream = (rate_hz, stream)
        resampled: Pcm = self._stream[1].resample_chunk(pcm)
        return resampled


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
