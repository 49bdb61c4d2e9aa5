"""A synthetic caller's sentences: flite's voice "rms", 8 kHz, peaks at -6 dBFS.

Neither the demo recogniser nor the demo voice were made with this voice. Made anew with
``flite -voice rms -t TEXT -o x.wav`` and ``sox x.wav -r 8000 tests/data/NAME.wav norm -6``
(``wide_opening_hours.wav`` with ``-r 16000``, as the voice speaks).
"""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from appliance.audio.frame import Pcm
from appliance.audio.g711 import decode, encode
from appliance.audio.resample import resample

DATA = Path(__file__).parents[1] / "data"
SENTENCES = (
    "what are your opening hours",
    "yes please",
    "i would like to speak to a person",
    "how are you today",
)
STRANGE = (
    "the volcano erupted shortly after the harvest festival",
    "farmers plant potatoes between rows of sunflowers",
    "our football team lost the final because of the goalkeeper",
)
"""What no front desk expects."""


def clip(sentence: str, rate_hz: int = 8000) -> Pcm:
    """One of ``SENTENCES`` or ``STRANGE`` as it comes off a telephone line, mu-law and back, then
    at ``rate_hz`` as a recogniser wants it."""
    with wave.open(str(DATA / f"{sentence.replace(' ', '_')}.wav")) as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return resample(decode(encode(pcm, "ulaw"), "ulaw"), 8000, rate_hz)
