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

WINDOW_MS: Final = 10
KEY_MS: Final = 240
"""A person's quick keying."""
VOICE_BELOW_PEAK_DB: Final = 35.0
"""A window this far below the loudest one is no voice: speech spans about 30 dB on a telephone."""
VOICE_FLOOR_DBFS: Final = -50.0
"""Nor is anything below this, however quiet the whole file is: line noise lies there."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Something the caller says, or keys that they press."""

    name: str
    """The file's name, for reports."""
    pcm: Pcm
    """Mono int16 at ``rate_hz``."""
    voice_start: int
    """Index of the first voiced sample."""
    voice_end: int
    """Index just behind the last voiced sample."""
    words: str = ""
    """What is said, when known; shown, never used."""
    caller: str = ""
    """Who says it, where a conversation has several callers."""
    barge_in_ms: int | None = None
    """Spoken this long after the agent begins to speak, instead of after it has finished."""
    keys: str = ""
    """Telephone keys pressed while ``pcm`` (then silence) is sent, one every KEY_MS."""
    rate_hz: int = WIRE_RATE_HZ
    """8000 or 16000: the rate of the call."""

    @property
    def key_samples(self) -> int:
        """From one key to the next."""
        return self.rate_hz * KEY_MS // 1000


def make_line(
    name: str,
    pcm: Pcm,
    *,
    words: str = "",
    caller: str = "",
    barge_in_ms: int | None = None,
    rate_hz: int = WIRE_RATE_HZ,
) -> Line:
    """A line from mono int16 samples; raises AudioFileError when there is no voice in them."""
    bounds = voice_bounds(pcm, rate_hz)
    if bounds is None:
        raise AudioFileError(f"{name}: no voice in it above {VOICE_FLOOR_DBFS:.0f} dBFS")
    return Line(name, pcm, *bounds, words, caller, barge_in_ms, rate_hz=rate_hz)


def make_keys(keys: str, rate_hz: int = WIRE_RATE_HZ) -> Line:
    """A line of telephone keys (``0-9*#A-D``); answers to it count from the last key."""
    key_samples = rate_hz * KEY_MS // 1000
    silence = np.zeros(key_samples * len(keys), dtype=np.int16)
    last_key = key_samples * (len(keys) - 1) + 1
    return Line(f"keys {keys}", silence, 0, last_key, words="", keys=keys, rate_hz=rate_hz)


def voice_bounds(pcm: Pcm, rate_hz: int = WIRE_RATE_HZ) -> tuple[int, int] | None:
    """(first voiced sample, one behind the last), by the level of 10 ms windows; None when
    silent."""
    window = rate_hz * WINDOW_MS // 1000
    windows = -(-pcm.size // window)
    padded = np.zeros(windows * window)
    padded[: pcm.size] = pcm / FULL_SCALE
    power = np.mean(np.square(padded.reshape(windows, window)), axis=1)
    level = 10.0 * np.log10(np.maximum(power, 1e-12))
    if windows == 0 or level.max() < VOICE_FLOOR_DBFS:
        return None
    voiced = np.flatnonzero(level >= max(VOICE_FLOOR_DBFS, level.max() - VOICE_BELOW_PEAK_DB))
    return int(voiced[0]) * window, min(pcm.size, int(voiced[-1] + 1) * window)


def load_line(
    path: Path,
    *,
    words: str = "",
    caller: str = "",
    barge_in_ms: int | None = None,
    rate_hz: int = WIRE_RATE_HZ,
) -> Line:
    """A line for a call of ``rate_hz`` from a WAV file of any usual rate; raises AudioFileError
    naming the file."""
    pcm, file_hz = read_wav(path)
    call_pcm = resample(pcm, file_hz, rate_hz)
    return make_line(
        path.name, call_pcm, words=words, caller=caller, barge_in_ms=barge_in_ms, rate_hz=rate_hz
    )
