"""Rates: soxr for whole pieces of sound, a half-band filter for a live stream.

soxr's streams give their output in blocks, 64 ms late in the median and 115 ms at worst at its good
qualities, which a conversation feels; one call on a whole piece has no such cost (5 ms for 3 s).
For what is live, 8 and 16 kHz are one octave apart, and a half-band filter of 47 taps does it
sample by sample: 23 taps of 16 kHz, 1.4 ms, late.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import soxr

from appliance.audio.frame import Pcm

_Floats = npt.NDArray[np.float64]

Stream = Callable[[Pcm], Pcm]
"""Takes a stream of sound in pieces of any length and gives it back at another rate."""

_TAPS: Final = 47  # 4 n - 1: then every second tap beside the middle one is zero
_MIDDLE: Final = _TAPS // 2  # 23
_KAISER_BETA: Final = 9.0
"""Computed: -0.3 dB at 3.4 kHz, -6 dB at 4 kHz, below -90 dB from 5 kHz on (of 16)."""


def resample(pcm: Pcm, from_hz: int, to_hz: int) -> Pcm:
    """All of ``pcm`` at another rate, in one go (soxr HQ, no delay). Any thread."""
    if from_hz == to_hz or pcm.size == 0:
        return pcm
    resampled: Pcm = soxr.resample(pcm, from_hz, to_hz)
    return resampled


def stream(from_hz: int, to_hz: int) -> Stream:
    """A new stream from one rate to another: 8 and 16 kHz 1.4 ms late, other rates some tens of
    milliseconds (soxr LQ: 32 ms in the median instead of HQ's 64, and good enough for a
    telephone)."""
    if from_hz == to_hz:
        return lambda pcm: pcm
    if from_hz == 2 * to_hz:
        return HalfBandDown().feed
    if to_hz == 2 * from_hz:
        return HalfBandUp().feed
    resampled: Stream = soxr.ResampleStream(
        from_hz, to_hz, 1, dtype="int16", quality="LQ"
    ).resample_chunk
    return resampled


def _half_band() -> _Floats:
    """The 24 taps that are neither zero nor the middle one (which is 0.5); they sum to 0.5."""
    at = np.arange(_TAPS) - _MIDDLE
    taps = np.sinc(at / 2) * np.kaiser(_TAPS, _KAISER_BETA)
    side: _Floats = taps[::2] / taps[::2].sum() / 2
    return side


_SIDE: Final = _half_band()


def _to_pcm(samples: _Floats) -> Pcm:
    return np.clip(np.rint(samples), -32768, 32767).astype(np.int16)


class HalfBandDown:
    """A stream at twice the rate, halved: 16 to 8 kHz. One for each stream; pieces of any
    length."""

    def __init__(self) -> None:
        self._even: _Floats = np.zeros(_MIDDLE)
        self._odd: _Floats = np.zeros(_MIDDLE // 2 + 1)
        self._rest: Pcm = np.empty(0, dtype=np.int16)

    def feed(self, pcm: Pcm) -> Pcm:
        """One sample for each two; an odd one waits for the next piece."""
        whole = np.concatenate((self._rest, pcm)) if self._rest.size else pcm
        self._rest = whole[whole.size & ~1 :].copy()
        if whole.size < 2:
            return whole[:0]
        even = np.concatenate((self._even, whole[: whole.size & ~1 : 2].astype(np.float64)))
        odd = np.concatenate((self._odd, whole[1::2].astype(np.float64)))
        count = whole.size // 2
        halved = np.convolve(even, _SIDE, mode="valid") + 0.5 * odd[:count]
        self._even, self._odd = even[count:], odd[count:]
        return _to_pcm(halved)


class HalfBandUp:
    """A stream at half the rate, doubled: 8 to 16 kHz. One for each stream; pieces of any
    length."""

    def __init__(self) -> None:
        self._past: _Floats = np.zeros(_MIDDLE)

    def feed(self, pcm: Pcm) -> Pcm:
        """Two samples for each."""
        if pcm.size == 0:
            return pcm
        samples = np.concatenate((self._past, pcm.astype(np.float64)))
        doubled = np.empty(pcm.size * 2)
        doubled[::2] = 2.0 * np.convolve(samples, _SIDE, mode="valid")
        delay = _MIDDLE // 2  # the middle tap: the samples as they were, 11 late
        doubled[1::2] = samples[_MIDDLE - delay : _MIDDLE - delay + pcm.size]
        self._past = samples[pcm.size :]
        return _to_pcm(doubled)
