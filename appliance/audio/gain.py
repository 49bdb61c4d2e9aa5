"""Lifts quiet callers to the level that recognisers are made for.

Voice detection works far below it, but small acoustic models lose words when a caller is 20 dB down
(a handset held away, a long line). Callers of normal loudness pass unchanged.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from appliance.audio.frame import FULL_SCALE, Pcm, rms_dbfs

TARGET_DBFS: Final = -24.0
"""Loudest Frames of a caller's voice, after the lift; speech on a telephone has them at -15 to
-30."""
MAX_GAIN_DB: Final = 24.0
"""More would lift the line's noise to the level of a voice."""
DECAY_DB: Final = 0.05
"""How much the remembered level sinks with each Frame of voice: 2.5 dB a second, so that a caller
who moves away from the telephone is followed and a soft syllable is not."""


class InputGain:
    """The gain of one call. Pure; feed it Frames of voice only."""

    def __init__(self) -> None:
        self._level_dbfs: float | None = None

    def lift(self, frame: Pcm) -> Pcm:
        """``frame`` (int16, a Frame of voice) at the level a recogniser likes.

        A louder Frame than all before lowers the gain at once.
        """
        level = rms_dbfs(frame)
        before = level if self._level_dbfs is None else self._level_dbfs - DECAY_DB
        self._level_dbfs = max(before, level)
        gain_db = min(MAX_GAIN_DB, TARGET_DBFS - self._level_dbfs)
        if gain_db <= 0.0:
            return frame
        sound = frame.astype(np.float32) * 10.0 ** (gain_db / 20.0)
        lifted: Pcm = np.clip(sound, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
        return lifted

    def expect(self, frames: list[Pcm]) -> None:
        """Learn the level from sound that was heard before it could be lifted."""
        for frame in frames:
            self.lift(frame)
