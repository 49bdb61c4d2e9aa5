"""A Frame: the 20 ms of sound that travel on the wire at once, and the units every other file uses.

Sound inside the appliance is a one-dimensional numpy array of int16 samples, mono; its rate is told
by the name beside it (``rate_hz``). A call has one rate, 8 or 16 kHz, that of its caller's sound.
Nothing here knows about sockets, threads or time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

Pcm = npt.NDArray[np.int16]
"""Mono samples, int16, native byte order."""

WIRE_RATE_HZ: Final = 8000
"""What a telephone line carries: the rate of a call unless its caller's sound is wider."""
WIDE_RATE_HZ: Final = 16000
FRAME_MS: Final = 20
FRAME_S: Final = FRAME_MS / 1000
FRAME_SAMPLES: Final = WIRE_RATE_HZ * FRAME_MS // 1000  # 160
FRAME_BYTES: Final = FRAME_SAMPLES * 2  # 320
SILENCE: Final = bytes(FRAME_BYTES)
FULL_SCALE: Final = 32768.0


def frame_samples(rate_hz: int) -> int:
    """Samples of one Frame: 160 at 8 kHz, 320 at 16 kHz."""
    return rate_hz * FRAME_MS // 1000


def pcm_from_bytes(data: bytes) -> Pcm:
    """Samples of little-endian signed 16-bit ``data``; raises ValueError for an odd length."""
    return np.frombuffer(data, dtype="<i2").astype(np.int16, copy=False)


def pcm_to_bytes(pcm: Pcm) -> bytes:
    """Little-endian signed 16-bit bytes of ``pcm``."""
    return pcm.astype("<i2", copy=False).tobytes()


def rms_dbfs(pcm: Pcm) -> float:
    """Level of ``pcm`` in dB relative to a full-scale square wave; -120.0 for silence or no
    samples."""
    if pcm.size == 0:
        return -120.0
    power = float(np.mean(np.square(pcm.astype(np.float64) / FULL_SCALE)))
    return max(-120.0, 10.0 * float(np.log10(power))) if power > 0.0 else -120.0
