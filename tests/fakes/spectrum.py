"""How wide a sound is."""

from __future__ import annotations

import numpy as np

from appliance.audio.frame import Pcm

NARROW_DB = -60.0
"""``upper_half_db`` of speech that went through 8 kHz somewhere lies below this."""
WIDE_DB = -40.0
"""And above this of speech that did not: vowels have little there, an s has most of itself."""


def upper_half_db(pcm: Pcm, rate_hz: int = 16000) -> float:
    """Energy between 4.2 and 7.5 kHz beside that between 0.3 and 3.4 kHz, in dB; the first is what
    a wideband telephone carries and another does not."""
    power = np.square(np.abs(np.fft.rfft(pcm.astype(np.float64))))
    hz = np.fft.rfftfreq(pcm.size, 1 / rate_hz)
    upper, lower = (power[(hz > low) & (hz < high)].sum() for low, high in BANDS_HZ)
    return float(10 * np.log10((upper + 1e-9) / (lower + 1e-9)))


BANDS_HZ = ((4200, 7500), (300, 3400))
