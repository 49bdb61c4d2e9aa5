"""What lies between a caller's mouth and the agent's ear: each condition makes of a sentence the
line that is sent. The same sentence gives the same line every time.

Where the voice begins and ends is taken from the sentence as it was: noise has no end of its own,
and what is measured counts from the voice.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

import numpy as np

from appliance.audio.frame import FRAME_SAMPLES, WIRE_RATE_HZ, Pcm
from appliance.bench.asr import NOISE_SNR_DB, Clip, with_noise
from appliance.caller.line import VOICE_FLOOR_DBFS, Line, voice_bounds
from appliance.errors import AudioFileError

NOISE_LEAD_S: Final = 0.5
NOISE_TAIL_S: Final = 2.0
"""Noise around the sentence, so that its beginning and its end must be found in it too."""
LOSS: Final = 0.03
"""Share of the frames that do not arrive; Asterisk hands on silence in their place."""
SILENCE_S: Final = 20.0
PAUSE_S: Final = 0.5
PAUSED_S: Final = 1.6
PAUSED_WORDS: Final = 6
"""A sentence of fewer seconds of voice or fewer words has no middle to pause in."""
QUIET_SAMPLES: Final = WIRE_RATE_HZ * 30 // 1000

Disturb = Callable[[Clip], Line | None]
"""None: the condition makes no sense for this sentence."""


def clean(clip: Clip) -> Line:
    """As it comes off the line."""
    start, end = _voice(clip)
    return Line(clip.name, clip.pcm, start, end, clip.text)


def in_noise(clip: Clip) -> Line:
    """With white noise, NOISE_SNR_DB below it."""
    start, end = _voice(clip)
    lead, tail = round(NOISE_LEAD_S * WIRE_RATE_HZ), round(NOISE_TAIL_S * WIRE_RATE_HZ)
    pcm = with_noise(clip.pcm, NOISE_SNR_DB, lead=lead, tail=tail)
    return Line(clip.name, pcm, start + lead, end + lead, clip.text)


def with_loss(clip: Clip) -> Line:
    """With silence in place of LOSS of its frames."""
    start, end = _voice(clip)
    pcm = clip.pcm.copy()
    frames = -(-pcm.size // FRAME_SAMPLES)
    draw = np.random.default_rng(zlib.crc32(clip.name.encode()))
    for frame in np.flatnonzero(draw.random(frames) < LOSS):
        pcm[frame * FRAME_SAMPLES : (frame + 1) * FRAME_SAMPLES] = 0
    return Line(clip.name, pcm, start, end, clip.text)


def after_silence(clip: Clip) -> Line:
    """After SILENCE_S of nothing at all."""
    start, end = _voice(clip)
    lead = round(SILENCE_S * WIRE_RATE_HZ)
    return Line(clip.name, np.pad(clip.pcm, (lead, 0)), start + lead, end + lead, clip.text)


def with_pause(clip: Clip) -> Line | None:
    """With PAUSE_S of silence at the quietest place of its middle third."""
    start, end = _voice(clip)
    if end - start < PAUSED_S * WIRE_RATE_HZ or len(clip.words) < PAUSED_WORDS:
        return None
    third = (end - start) // 3
    power = np.square(clip.pcm[start + third : end - third].astype(np.float64))
    window = np.convolve(power, np.ones(QUIET_SAMPLES), mode="valid")
    place = start + third + int(window.argmin()) + QUIET_SAMPLES // 2
    pause = np.zeros(round(PAUSE_S * WIRE_RATE_HZ), np.int16)
    pcm: Pcm = np.concatenate([clip.pcm[:place], pause, clip.pcm[place:]])
    return Line(clip.name, pcm, start, end + pause.size, clip.text)


CONDITIONS: Final[dict[str, Disturb]] = {
    "clean": clean,
    "noise": in_noise,
    "loss": with_loss,
    "silence": after_silence,
    "pause": with_pause,
}
MEANINGS: Final = {
    "clean": "as recorded",
    "noise": f"noise at {NOISE_SNR_DB:.0f} dB",
    "loss": f"{LOSS:.0%} of packets lost",
    "silence": f"after {SILENCE_S:.0f} s of silence",
    "pause": f"a pause of {1000 * PAUSE_S:.0f} ms inside",
}


def _voice(clip: Clip) -> tuple[int, int]:
    bounds = voice_bounds(clip.pcm)
    if bounds is None:
        raise AudioFileError(
            f"{clip.name}: no voice in it above {VOICE_FLOOR_DBFS:.0f} dBFS; record it louder, or "
            "take it out"
        )
    return bounds
