"""Sound arrives in lengths of its sender's choosing; everything behind the wire wants whole
Frames."""

from __future__ import annotations

import numpy as np

from appliance.audio.frame import FRAME_SAMPLES, Pcm


class Framer:
    """Cuts 8 kHz sound into Frames of 160 samples and keeps what is left over for the next
    piece."""

    def __init__(self) -> None:
        self._rest: Pcm = np.empty(0, dtype=np.int16)

    def feed(self, pcm: Pcm) -> list[Pcm]:
        """The Frames complete with ``pcm`` (any length, 8 kHz), in order; possibly none."""
        if self._rest.size == 0 and pcm.size == FRAME_SAMPLES:
            return [pcm]
        whole = np.concatenate((self._rest, pcm)) if self._rest.size else pcm
        cut = whole.size - whole.size % FRAME_SAMPLES
        self._rest = whole[cut:].copy()  # a view would keep the caller's whole array alive
        return [whole[at : at + FRAME_SAMPLES] for at in range(0, cut, FRAME_SAMPLES)]

    def flush(self) -> list[Pcm]:
        """What is left over, filled up with zeros to one Frame; empty when nothing is."""
        if self._rest.size == 0:
            return []
        frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        frame[: self._rest.size] = self._rest
        self._rest = self._rest[:0]
        return [frame]
