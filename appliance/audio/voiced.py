"""Where in a sound the voice is, and how loud it is.

What a synthesizer gives has silence of any length around it, which a caller would hear as a late
answer. Pure.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from appliance.audio.frame import FULL_SCALE, Pcm

EDGE_S: Final = 0.03
"""Silence kept before and behind the voice."""
FADE_S: Final = 0.005
"""Long enough that no click is left, too short to take a consonant away."""
SILENCE_RMS: Final = 0.003  # -50 dBFS
BLOCK_S: Final = 0.005

Floats = npt.NDArray[np.float32]
"""Sound; 1.0 is full scale."""


class Trimmer:
    """Takes the silence around its voice off a sound that comes in pieces, but ``EDGE_S`` of it.
    One for each sound."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._edge = round(EDGE_S * rate_hz)
        self._held: Pcm = np.zeros(0, np.int16)
        self._begun = False

    def feed(self, pcm: Pcm) -> Pcm:
        """What surely belongs to it now; silence is held back until voice follows."""
        self._held = np.concatenate([self._held, pcm])
        start, stop = voiced_span(self._held / FULL_SCALE, self._rate_hz)
        if not stop:
            if not self._begun:
                self._held = self._held[-self._edge :]
            return self._held[:0]
        start, cut = 0 if self._begun else start, max(start, stop - self._edge)
        sound, self._held = self._held[start:cut], self._held[cut:]
        self._begun = True
        return sound

    def flush(self) -> Pcm:
        """The silence behind the last voice, ``EDGE_S`` of it."""
        return self._held[: self._edge if self._begun else 0]


def voiced_span(sound: npt.NDArray[np.floating[Any]], rate_hz: int) -> tuple[int, int]:
    """First and last-but-one sample of the voice in ``sound``, silence of ``EDGE_S`` included;
    (0, 0) when there is none."""
    voiced = np.flatnonzero(_block_rms(sound, rate_hz) > SILENCE_RMS)
    if voiced.size == 0:
        return 0, 0
    block, edge = int(BLOCK_S * rate_hz), int(EDGE_S * rate_hz)
    start, stop = int(voiced[0]) * block - edge, (int(voiced[-1]) + 1) * block + edge
    return max(0, start), min(sound.size, stop)


def faded(sound: Floats, rate_hz: int) -> Floats:
    """``sound`` that begins and ends at zero: what a synthesizer gives may end in mid-air, which
    clicks where silence follows."""
    size = min(int(FADE_S * rate_hz), sound.size // 2)
    ramp = np.linspace(0.0, 1.0, size, dtype=np.float32)
    level = np.ones(sound.size - 2 * size, np.float32)
    quietened: Floats = sound * np.concatenate([ramp, level, ramp[::-1]])
    return quietened


def speech_rms(sound: npt.NDArray[np.floating[Any]], rate_hz: int) -> float:
    """RMS of the blocks that are less than 25 dB below the loudest; 0 for silence."""
    rms = _block_rms(sound, rate_hz)
    if rms.size == 0:
        return 0.0
    voiced = rms[rms > rms.max() * 10 ** (-25 / 20)]
    return float(np.sqrt(np.mean(np.square(voiced)))) if voiced.size else 0.0


def _block_rms(sound: npt.NDArray[np.floating[Any]], rate_hz: int) -> npt.NDArray[np.float64]:
    block = int(BLOCK_S * rate_hz)
    blocks = sound[: sound.size // block * block].reshape(-1, block).astype(np.float64)
    rms: npt.NDArray[np.float64] = np.sqrt(np.mean(np.square(blocks), axis=1))
    return rms
