"""Brings what is spoken to one loudness: a voice makes some sentences 8 dB louder than others.

A caller compares sentences, so each gets a gain of its own; within a sentence that gain is one, so
that silence and breath stay as far below the voice as they were. Pure.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import soxr

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.audio.voiced import Floats, speech_rms

SPEECH_DBFS: Final = -20.0
"""RMS of voiced sound. Telephone speech is nominally -26; 6 dB more reach a caller in the street,
and the limiter still has little to do."""
MOST_GAIN_DB: Final = 20.0
"""Either way. What is still below SPEECH_DBFS then is no voice, and is left as it is."""
LIMITER_KNEE: Final = 0.6
"""Of full scale; louder samples are bent, not cut."""


def levelled(sound: Floats, rate_hz: int) -> Floats:
    """``sound`` (a sentence, at most) with its voice at SPEECH_DBFS, all of it below 1.0.

    Measured at 8 kHz, as a telephone carries it: above that band lies nothing that most callers
    hear, but up to 2 dB of a word with an "s" in it. Sound without voice comes back unchanged.
    """
    carried = soxr.resample(sound, rate_hz, WIRE_RATE_HZ) if sound.size else sound
    wanted = 10.0 ** (SPEECH_DBFS / 20.0)
    most = 10.0 ** (MOST_GAIN_DB / 20.0)
    level = speech_rms(carried, WIRE_RATE_HZ)
    if level * most < wanted:
        return sound
    gain = max(wanted / level, 1.0 / most)
    gain *= wanted / speech_rms(limited(carried * np.float32(gain)), WIRE_RATE_HZ)
    return limited(sound * np.float32(gain))


def limited(sound: Floats) -> Floats:
    """``sound`` with everything above the knee bent to stay below 1.0."""
    room = 1.0 - LIMITER_KNEE
    over = np.maximum(np.abs(sound) - LIMITER_KNEE, 0.0)
    bent = LIMITER_KNEE + room * np.tanh(over / room)
    return np.where(over > 0.0, np.copysign(bent, sound), sound).astype(np.float32)
