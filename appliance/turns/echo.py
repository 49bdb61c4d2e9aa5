"""Whether what comes in is the agent's own voice, sent back by a phone without echo cancelling.

An echo is a delayed, filtered, weaker copy of what was just played, so it correlates with it at
some lag; another person's voice does not, however loud the agent is. Comparing shapes instead of
levels keeps a quiet caller able to interrupt. It is done at 8 kHz for 16 kHz calls as well: the
lower half of a voice tells enough, and comparing all of it would take twice the time.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from appliance.audio.frame import WIRE_RATE_HZ, Pcm

WINDOW_SAMPLES: Final = WIRE_RATE_HZ * 192 // 1000  # 1536; shorter, voices are too alike
MAX_DELAY_SAMPLES: Final = WIRE_RATE_HZ * 600 // 1000  # 4800: two jitter buffers and a room
REFERENCE_SAMPLES: Final = WINDOW_SAMPLES + MAX_DELAY_SAMPLES
_FFT: Final = 8192  # the next power of two above 1536 + 6336 - 1

SIMILARITY: Final = 0.6
"""Normalised correlation above which sound is a copy. On synthetic voices over mu-law 99 % of an
echo's windows are above 0.85, and 99 % of another voice's below 0.4."""
ATTENUATION: Final = 0.7
"""An echo is weaker than what was played; a louder sound is somebody."""
PRE_EMPHASIS: Final = 0.95
"""Takes the weight off the lowest harmonics, in which all voices are alike."""


def is_echo(heard: Pcm, played: Pcm) -> bool:
    """True when ``heard`` is a weaker copy of some stretch of ``played``.

    Both 8 kHz int16: the last WINDOW_SAMPLES that came in and the last REFERENCE_SAMPLES that went
    out (shorter is allowed). About 0.3 ms; call it only while there is both voice and playout.
    """
    x = _emphasised(heard[-WINDOW_SAMPLES:])
    y = _emphasised(played[-REFERENCE_SAMPLES:])
    if len(x) == 0 or len(y) < len(x):
        return False
    energy = float(x @ x)
    totals = np.concatenate(([0.0], np.cumsum(y * y)))
    stretches = totals[len(x) :] - totals[: -len(x)]  # energy of y[lag : lag + len(x)]
    if energy == 0.0 or stretches.max() == 0.0:
        return False
    spectrum = np.fft.rfft(y, _FFT) * np.conj(np.fft.rfft(x, _FFT))
    correlation = np.abs(np.fft.irfft(spectrum, _FFT)[: len(stretches)])
    best = int(np.argmax(correlation / np.sqrt(np.maximum(stretches, stretches.max() * 1e-3))))
    similarity = correlation[best] / np.sqrt(energy * max(stretches[best], 1.0))
    return bool(similarity > SIMILARITY and energy < ATTENUATION**2 * stretches[best])


def _emphasised(pcm: Pcm) -> npt.NDArray[np.float64]:
    sound = pcm.astype(np.float64)
    return sound[1:] - PRE_EMPHASIS * sound[:-1]
