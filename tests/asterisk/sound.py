"""Whether one sound is in another."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.caller.line import voice_bounds

PIECE = 4000
"""Samples, half a second at 8 kHz: longer ones suffer from a phone's jitter buffer."""


def likeness(heard: Pcm, wav: Path) -> float:
    """The best correlation (0..1) of a piece of ``wav`` with any place in ``heard`` (8 kHz)."""
    pcm, rate_hz = read_wav(wav)
    said = resample(pcm, rate_hz, 8000)
    start, end = voice_bounds(said) or (0, 0)
    middle = (start + end - PIECE) // 2
    piece = said[middle : middle + PIECE].astype(np.float64)
    if len(heard) < PIECE:
        return 0.0
    track = heard.astype(np.float64)
    size = 1 << int(len(track) + PIECE).bit_length()
    products = np.fft.irfft(np.fft.rfft(track, size) * np.conj(np.fft.rfft(piece, size)), size)
    energy = np.convolve(track**2, np.ones(PIECE), "valid")
    power = np.sqrt(np.maximum(energy, 1.0) * np.sum(piece**2))
    return float(np.max(products[: len(energy)] / power))
