"""Kaldi's MFCC features in numpy, by way of the mel bands they are computed from.

The cepstra that libvosk computes are a linear map of the logarithms of the mel bands. Training
keeps the bands, because that is where a telephone's frequency response and a lost band are simple
to imitate, and maps them just before the network. They differ from libvosk's by less than 0.001.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from models.recipes.corpus.utterance import LINE_HZ

BANDS: Final = 40
LOW_HZ, HIGH_HZ = 60, 3800
FRAME_S: Final = 0.010
STEP: Final = 3
"""Frames of features to one that the network names."""
WINDOW_S: Final = 0.025
PRE_EMPHASIS: Final = 0.97
LIFTER: Final = 22
SMALLEST: Final = 1.1920929e-07
"""Energies below are taken for this one."""

Bands = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]


def mfcc_conf(rate_hz: int = LINE_HZ) -> str:
    """``conf/mfcc.conf``: the same for libvosk."""
    return f"""--use-energy=false
--sample-frequency={rate_hz}
--num-mel-bins={BANDS}
--num-ceps={BANDS}
--low-freq={LOW_HZ}
--high-freq={HIGH_HZ}
--dither=0
"""


def mel_bands(sound: npt.NDArray[np.floating], rate_hz: int = LINE_HZ) -> Bands:
    """Logarithms of the energies, (whole frames of 25 ms every 10 ms, ``BANDS``), of ``sound`` (in
    the range of 16 bits)."""
    size, step = rate_hz * 25 // 1000, rate_hz // 100
    points = 1 << (size - 1).bit_length()
    if len(sound) < size:
        return np.zeros((0, BANDS), dtype=np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::step].astype(np.float64)
    frames -= frames.mean(1, keepdims=True)
    frames[:, 1:] -= PRE_EMPHASIS * frames[:, :-1].copy()
    frames[:, 0] *= 1 - PRE_EMPHASIS
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / (size - 1))
    power = np.abs(np.fft.rfft(frames * hann**0.85, points)) ** 2
    energies = power[:, : points // 2] @ _triangles(points, rate_hz)
    return np.log(np.maximum(energies, SMALLEST)).astype(np.float32)


@cache
def cepstral_map() -> Floats:
    """(``BANDS``, cepstra): bands @ map are the cepstra, liftered."""
    at = np.arange(BANDS)
    cosines = np.sqrt(2 / BANDS) * np.cos(np.pi / BANDS * (at[:, None] + 0.5) * at)
    cosines[:, 0] = np.sqrt(1 / BANDS)
    lifted: Floats = cosines * (1 + LIFTER / 2 * np.sin(np.pi * at / LIFTER))
    return lifted


@cache
def _triangles(points: int, rate_hz: int) -> Floats:
    """(half the points, bands)"""
    edges = np.linspace(_mel(LOW_HZ), _mel(HIGH_HZ), BANDS + 2)
    at = _mel(np.arange(points // 2) * rate_hz / points)[:, None]
    rising = (at - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - at) / (edges[2:] - edges[1:-1])
    triangles: Floats = np.maximum(0.0, np.minimum(rising, falling))
    return triangles


def white_noise() -> Floats:
    """Logarithms of the mean energies of white noise, the loudest band being 0."""
    points = 1 << (LINE_HZ * 25 // 1000 - 1).bit_length()
    at = np.exp(-2j * np.pi * np.arange(points // 2) / points)
    energies = np.abs(1 - PRE_EMPHASIS * at) ** 2 @ _triangles(points, LINE_HZ)
    found: Floats = np.log(energies / energies.max())
    return found


def band_hz() -> Floats:
    """The middle of each band."""
    return _hz(_mel(LOW_HZ) + (np.arange(BANDS) + 1) * _band_width())


def band_at(hz: npt.ArrayLike) -> Floats:
    """Between which bands a frequency lies: the inverse of ``band_hz``, 0 to ``BANDS`` - 1."""
    found: Floats = (_mel(hz) - _mel(LOW_HZ)) / _band_width() - 1
    return np.clip(found, 0, BANDS - 1)


def _band_width() -> float:
    return float((_mel(HIGH_HZ) - _mel(LOW_HZ)) / (BANDS + 1))


def _hz(mel: npt.ArrayLike) -> Floats:
    return np.asarray(700.0 * (np.exp(np.asarray(mel, dtype=np.float64) / 1127.0) - 1.0))


def _mel(hz: npt.ArrayLike) -> Floats:
    return np.asarray(1127.0 * np.log(1.0 + np.asarray(hz, dtype=np.float64) / 700.0))
