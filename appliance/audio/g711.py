"""G.711, both laws, as table look-ups.

Asterisk's ``Dial(AudioSocket/...)`` without ``/c(slin)`` passes the caller's codec bytes through as
they are, so a G.711 caller must be decoded, and answered, here. The tables are computed from the
segment formulas of ITU-T G.711 (the 14-bit mu-law and 13-bit A-law scaled to 16 bits); they agree
with Python's former ``audioop`` for every value. All functions are pure and may run on any thread.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from appliance.audio.frame import Pcm

_Codes = npt.NDArray[np.int64]

Law = Literal["ulaw", "alaw"]

_ULAW_BIAS: Final = 132  # 33 in the 14-bit domain, times 4


def _ulaw_to_linear(code: _Codes) -> _Codes:
    code = ~code & 0xFF
    segment, step = (code >> 4) & 7, code & 15
    magnitude = ((step << 3) + _ULAW_BIAS << segment) - _ULAW_BIAS
    return np.where(code & 0x80, -magnitude, magnitude)


def _alaw_to_linear(code: _Codes) -> _Codes:
    code = code ^ 0x55
    segment, step = (code >> 4) & 7, code & 15
    linear_part = (step << 4) + 8
    magnitude = np.where(segment == 0, linear_part, linear_part + 256 << np.maximum(segment - 1, 0))
    linear: _Codes = np.where(code & 0x80, magnitude, -magnitude)
    return linear


def _segment(magnitude: _Codes, first_end: int) -> _Codes:
    """Number of the segment a magnitude lies in; segment n ends at ``(first_end + 1 << n) - 1``."""
    ends = (first_end + 1 << np.arange(8)) - 1
    segment: _Codes = np.searchsorted(ends, magnitude, side="left")
    return segment


def _linear_to_ulaw(linear: _Codes) -> _Codes:
    value = linear >> 2  # 14 bits
    magnitude = np.minimum(np.abs(value), 8158) + (_ULAW_BIAS >> 2)
    segment = _segment(magnitude, 0x3F)
    code = (segment << 4) | ((magnitude >> (segment + 1)) & 15)
    signed: _Codes = code ^ np.where(value < 0, 0x7F, 0xFF)
    return signed


def _linear_to_alaw(linear: _Codes) -> _Codes:
    value = linear >> 3  # 13 bits
    magnitude = np.where(value < 0, -value - 1, value)
    segment = _segment(magnitude, 0x1F)
    code = (segment << 4) | ((magnitude >> np.maximum(segment, 1)) & 15)
    signed: _Codes = code ^ np.where(value < 0, 0x55, 0xD5)
    return signed


def _decoder(law: Law) -> Pcm:
    codes = np.arange(256)
    table = _ulaw_to_linear(codes) if law == "ulaw" else _alaw_to_linear(codes)
    return table.astype(np.int16)


def _encoder(law: Law) -> npt.NDArray[np.uint8]:
    """65536 codes, indexed by the sample's bits read as unsigned; neither law sees the lowest
    two."""
    linear = np.arange(0, 65536, 4, dtype=np.uint16).view(np.int16).astype(np.int64)
    table = _linear_to_ulaw(linear) if law == "ulaw" else _linear_to_alaw(linear)
    return table.astype(np.uint8).repeat(4)


# Made at import (a few milliseconds), for a call must not hold the loop for them.
_DECODERS: Final = {law: _decoder(law) for law in get_args(Law)}
_ENCODERS: Final = {law: _encoder(law) for law in get_args(Law)}


def decode(payload: bytes, law: Law) -> Pcm:
    """One sample for each byte."""
    return _DECODERS[law][np.frombuffer(payload, dtype=np.uint8)]


def encode(pcm: Pcm, law: Law) -> bytes:
    """One byte for each sample."""
    return _ENCODERS[law][np.ascontiguousarray(pcm).view(np.uint16)].tobytes()
