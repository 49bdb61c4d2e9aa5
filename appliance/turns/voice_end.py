"""Where a voice ended, by the level of the sound.

The voice detector lags: it reports voice for another 60 to 140 ms after the last sound, now more,
now less. A wait that is counted from there must be longer for the same safety. The level knows the
end to 10 ms, but not what a voice is; so the two are asked together (``endpointer.py``).
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from appliance.audio.frame import FULL_SCALE, Pcm

PIECE_S: Final = 0.01
BELOW_PEAK_DB: Final = 35.0
"""Speech spans about 30 dB on a telephone."""
ABOVE_NOISE_DB: Final = 6.0
STEADY_DB: Final = 12.0
"""What is never so far below the loudest is no voice in noise but one steady sound."""
FLOOR_DBFS: Final = -60.0
PEAK_FALLS_DB_PER_S: Final = 3.0
"""A quiet sentence behind a loud one, or a slammed door, is measured by itself after a while."""
NOISE_PIECES: Final = 200
"""The quietest of two seconds is the noise of the line."""


class VoiceEnd:
    """One call's levels. ``push`` every Frame."""

    def __init__(self, rate_hz: int) -> None:
        self._piece = round(rate_hz * PIECE_S)
        self._levels: deque[float] = deque(maxlen=NOISE_PIECES)
        self._peak_dbfs = FLOOR_DBFS
        self.quiet_s = 0.0
        """Since the last piece of sound that may have been a voice's."""

    def push(self, frame: Pcm) -> None:
        """Take in ``frame``: int16 at the call's rate, whole pieces. About 0.02 ms."""
        pieces = frame[: frame.size // self._piece * self._piece].reshape(-1, self._piece)
        power = np.mean(np.square(pieces.astype(np.float64) / FULL_SCALE), axis=1)
        for level in 10.0 * np.log10(np.maximum(power, 1e-9)):
            self._account(float(level))

    def _account(self, dbfs: float) -> None:
        self._levels.append(dbfs)
        fallen = self._peak_dbfs - PEAK_FALLS_DB_PER_S * PIECE_S
        self._peak_dbfs = max(dbfs, fallen, FLOOR_DBFS)
        noise = min(min(self._levels) + ABOVE_NOISE_DB, self._peak_dbfs - STEADY_DB)
        loud = dbfs > max(self._peak_dbfs - BELOW_PEAK_DB, noise, FLOOR_DBFS)
        self.quiet_s = 0.0 if loud else self.quiet_s + PIECE_S
