"""Sound arrives in lengths of its sender's choosing; everything behind the wire wants whole
Frames."""

from __future__ import annotations

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm, frame_samples


class Framer:
    """Cuts sound into Frames and keeps what is left over for the next piece."""

    def __init__(self, rate_hz: int = WIRE_RATE_HZ) -> None:
        self._frame_samples = frame_samples(rate_hz)
        self._rest: Pcm = np.empty(0, dtype=np.int16)

    def feed(self, pcm: Pcm) -> list[Pcm]:
        """The Frames complete with ``pcm`` (any length), in order; possibly none."""
        size = self._frame_samples
        if self._rest.size == 0 and pcm.size == size:
            return [pcm]
        whole = np.concatenate((self._rest, pcm)) if self._rest.size else pcm
        cut = whole.size - whole.size % size
        self._rest = whole[cut:].copy()  # a view would keep the caller's whole array alive
        return [whole[at : at + size] for at in range(0, cut, size)]

    def flush(self) -> list[Pcm]:
        """What is left over, filled up with zeros to one Frame; empty when nothing is."""
        if self._rest.size == 0:
            return []
        frame = np.zeros(self._frame_samples, dtype=np.int16)
        frame[: self._rest.size] = self._rest
        self._rest = self._rest[:0]
        return [frame]
