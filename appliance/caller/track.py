"""What the caller hears, laid out on the caller's own clock: the right channel of the recording."""

from __future__ import annotations

from typing import Final

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm

SLACK_S: Final = 0.06
"""A frame later than its predecessor's end by less than this is joined to it, as a telephone's
jitter buffer would; a later one leaves the hole that a person would hear."""
MAX_S: Final = 2 * 3600
"""No recording is longer than two hours."""


class Track:
    """Samples by position: 0 is the moment the UUID was sent, one position is one sample's time."""

    def __init__(self, rate_hz: int = WIRE_RATE_HZ) -> None:
        self._rate_hz = rate_hz
        self._samples: Pcm = np.zeros(rate_hz * 60, dtype=np.int16)
        self._end = 0

    def put(self, at_s: float, pcm: Pcm) -> None:
        """Lay down ``pcm`` that arrived at ``at_s``, behind what is there or where it
        fell."""
        arrived = int(at_s * self._rate_hz)
        start = self._end if arrived - self._end <= SLACK_S * self._rate_hz else arrived
        end = min(start + pcm.size, MAX_S * self._rate_hz)
        if end <= start:
            return
        if end > self._samples.size:
            self._samples = np.concatenate([self._samples, np.zeros(end, dtype=np.int16)])
        self._samples[start:end] = pcm[: end - start]
        self._end = end

    def cut(self, start: int, count: int) -> Pcm:
        """``count`` samples from position ``start`` on; silence where there is nothing."""
        cut = np.zeros(count, dtype=np.int16)
        first, last = max(0, start), min(start + count, self._end)
        if last > first:
            cut[first - start : last - start] = self._samples[first:last]
        return cut

    def samples(self) -> Pcm:
        """Everything so far."""
        return self._samples[: self._end].copy()
