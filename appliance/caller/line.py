"""A Line: what the simulated caller says at once, and where in it the voice begins and ends.

Honest timing hangs on the last *voiced* sample: a file with half a second of silence at its end
must not make an agent look half a second quicker or slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from appliance.audio.frame import FULL_SCALE, WIRE_RATE_HZ, Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.errors import AudioFileError

WINDOW_SAMPLES: Final = WIRE_RATE_HZ * 10 // 1000  # 80: 10 ms
KEY_SAMPLES: Final = WIRE_RATE_HZ * 240 // 1000  # 1920: a person's quick keying
VOICE_BELOW_PEAK_DB: Final = 35.0
"""A window this far below the loudest one is no voice: speech spans about 30 dB on a telephone."""
VOICE_FLOOR_DBFS: Final = -50.0
"""Nor is anything below this, however quiet the whole file is: line noise lies there."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Something the caller says, or keys that he presses."""

    name: str
    """The file's name, for reports."""
    pcm: Pcm
    """Mono int16 at 8 kHz."""
    voice_start: int
    """Index of the first voiced sample."""
    voice_end: int
    """Index just behind the last voiced sample."""
    words: str = ""
    """What is said, when known; shown, never used."""
    barge_in_ms: int | None = None
    """Spoken this long after the agent begins to speak, instead of after it has finished."""
    keys: str = ""
    """Telephone keys pressed while ``pcm`` (then silence) is sent, one every KEY_SAMPLES."""


def make_line(name: str, pcm: Pcm, *, words: str = "", barge_in_ms: int | None = None) -> Line:
    """A line from 8 kHz mono int16 samples; raises AudioFileError when there is no voice in
    them."""
    bounds = voice_bounds(pcm)
    if bounds is None:
        raise AudioFileError(f"{name}: no voice in it above {VOICE_FLOOR_DBFS:.0f} dBFS")
    return Line(name, pcm, bounds[0], bounds[1], words, barge_in_ms)


def make_keys(keys: str) -> Line:
    """A line of telephone keys (``0-9*#A-D``); answers to it count from the last key."""
    silence = np.zeros(KEY_SAMPLES * len(keys), dtype=np.int16)
    last_key = KEY_SAMPLES * (len(keys) - 1) + 1
    return Line(f"keys {keys}", silence, 0, last_key, words="", keys=keys)


def voice_bounds(pcm: Pcm) -> tuple[int, int] | None:
    """(first voiced sample, one behind the last), by the level of 10 ms windows; None when
    silent."""
    windows = -(-pcm.size // WINDOW_SAMPLES)
    padded = np.zeros(windows * WINDOW_SAMPLES)
    padded[: pcm.size] = pcm / FULL_SCALE
    power = np.mean(np.square(padded.reshape(windows, WINDOW_SAMPLES)), axis=1)
    level = 10.0 * np.log10(np.maximum(power, 1e-12))
    if windows == 0 or level.max() < VOICE_FLOOR_DBFS:
        return None
    voiced = np.flatnonzero(level >= max(VOICE_FLOOR_DBFS, level.max() - VOICE_BELOW_PEAK_DB))
    return int(voiced[0]) * WINDOW_SAMPLES, min(pcm.size, int(voiced[-1] + 1) * WINDOW_SAMPLES)


def load_line(path: Path, *, words: str = "", barge_in_ms: int | None = None) -> Line:
    """A line from a WAV file of any usual rate; raises AudioFileError naming the file."""
    pcm, rate_hz = read_wav(path)
    wire_pcm = resample(pcm, rate_hz, WIRE_RATE_HZ)
    return make_line(path.name, wire_pcm, words=words, barge_in_ms=barge_in_ms)
