"""What lies between a mouth and the recogniser: throats of other sizes, rooms, telephones, noise.

Every change is drawn from the generator that is given. Sound is mono at 8 kHz, as floats in the
range of 16 bits, unless it says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import signal  # type: ignore[import-untyped,import-not-found,unused-ignore]

from models.recipes.corpus.utterance import LINE_HZ, RATE_HZ, Samples

Sound = npt.NDArray[np.float64]

THROATS: Final = (0.85, 1.18)
"""How much higher or lower all resonances of a throat may lie: voices differ in them most."""
APART: Final = 0.04
"""Standard deviation of the logarithm by which each resonance lies elsewhere on its own."""
RESONANCES_HZ: Final = (0, 500, 1000, 1500, 2000, 2500, 3000, 4000)


@dataclass(frozen=True, slots=True)
class Received:
    """An utterance as it comes off the line."""

    sound: Sound
    """8 kHz; whole numbers."""
    start_s: float
    """Where the utterance's first sample is heard."""
    speed: float
    """A moment t of the utterance is heard at start_s + t / speed."""


def received(
    samples: Samples, draw: np.random.Generator, babble: Samples | None = None
) -> Received:
    """``samples`` (16 kHz) over some telephone line; ``babble`` is who else speaks there."""
    speed = draw.uniform(0.82, 1.2) if draw.random() < 0.8 else 1.0
    sound = at_speed(samples, speed)
    lead = int(LINE_HZ * draw.uniform(0, 0.5))
    tail = int(LINE_HZ * (draw.uniform(0.3, 1.0) if draw.random() < 0.5 else draw.uniform(0, 0.3)))
    sound = np.concatenate([np.zeros(lead), sound, np.zeros(tail)])
    if draw.random() < 0.35:
        sound = _room(sound, draw)
    if draw.random() < 0.6:
        sound = _band(sound, draw)
    if draw.random() < 0.5:
        sound = signal.lfilter([1, draw.uniform(-0.6, 0.6)], [1], sound)
    if draw.random() < 0.7:
        sound = with_noise(sound, _noise(len(sound), draw, babble), draw.uniform(8, 40))
    sound = at_level(sound, -draw.uniform(0, 28))
    if draw.random() < 0.1:
        sound = np.clip(sound * draw.uniform(1, 3), -32768, 32767)  # overdriven
    return Received(mu_law(sound) if draw.random() < 0.7 else np.rint(sound), lead / LINE_HZ, speed)


def nobody(seconds: float, draw: np.random.Generator) -> Sound:
    """A line on which nobody speaks: noise of some kind and level, tones, or digital silence."""
    count = int(LINE_HZ * seconds)
    kind = draw.integers(8)
    if kind == 0:
        return np.zeros(count)
    sound = _tones(count, draw) if kind == 1 else _noise(count, draw, None)
    if kind == 2:  # a knock
        at = draw.integers(count - 400)
        sound[at : at + 400] += 30 * draw.normal(size=400) * np.exp(-np.arange(400) / 60)
    return mu_law(at_level(sound, -draw.uniform(5, 65)))


def at_speed(samples: Samples, speed: float) -> Sound:
    """``samples`` (16 kHz) at 8 kHz, played so many times as fast: pitch and formants rise."""
    up, down = 100, round(100 * speed) * (RATE_HZ // LINE_HZ)
    common = int(np.gcd(up, down))
    resampled: Sound = signal.resample_poly(
        samples.astype(np.float64), up // common, down // common
    )
    return resampled


def throat(frequencies_hz: npt.ArrayLike, draw: np.random.Generator) -> Sound:
    """Where in the spectrum of one throat lies what another throat has at ``frequencies_hz``; Hz.
    Resonances move together, and each a little on its own."""
    factors = draw.uniform(*THROATS) * np.exp(draw.normal(0, APART, len(RESONANCES_HZ)))
    heard = np.asarray(frequencies_hz, dtype=np.float64)
    moved: Sound = heard / np.interp(heard, RESONANCES_HZ, factors)
    return moved


def at_level(sound: Sound, peak_db: float) -> Sound:
    """``sound`` with its peak at ``peak_db`` relative to full scale."""
    levelled: Sound = sound * (32000 * _times(peak_db) / (np.abs(sound).max() + 1e-3))
    return levelled


def with_noise(sound: Sound, noise: Sound, snr_db: float) -> Sound:
    """``sound`` and ``noise``, whose powers differ by ``snr_db``."""
    power = np.sqrt(np.mean(np.square(sound))) + 1e-3
    level = power * _times(-snr_db) / (np.sqrt(np.mean(np.square(noise))) + 1e-9)
    noisy: Sound = sound + noise * level
    return noisy


def mu_law(sound: Sound) -> Sound:
    """``sound`` through G.711 mu-law (its continuous form) and back."""
    level = np.clip(sound / 32768, -1, 1)
    squeezed = np.sign(level) * np.log1p(255 * np.abs(level)) / np.log(256)
    coded = np.rint((squeezed + 1) / 2 * 255) / 255 * 2 - 1
    opened = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    opened[np.abs(opened) < 8e-5] = 0
    received: Sound = np.rint(opened * 32768)
    return received


def _times(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _room(sound: Sound, draw: np.random.Generator) -> Sound:
    size = int(LINE_HZ * draw.uniform(0.02, 0.2))
    echo = draw.normal(size=size) * np.exp(-5 * np.arange(size) / size)
    echo[0] = draw.uniform(3, 10)
    heard: Sound = signal.fftconvolve(sound, echo / echo[0])[: len(sound)]
    return heard


def _band(sound: Sound, draw: np.random.Generator) -> Sound:
    edges = [draw.uniform(80, 380), draw.uniform(2800, 3900)]
    heard: Sound = signal.lfilter(*signal.butter(2, edges, "band", fs=LINE_HZ), sound)
    return heard


def _noise(count: int, draw: np.random.Generator, babble: Samples | None) -> Sound:
    white = draw.normal(size=count)
    at = np.arange(count) / LINE_HZ
    kind = draw.integers(5 if babble is not None and len(babble) else 4)
    if kind == 0:
        return white
    if kind == 1:
        return np.asarray(signal.lfilter([1], [1, -0.95], white))
    if kind == 2:
        mains: Sound = np.sin(2 * np.pi * draw.choice([50, 60, 100, 120]) * at)
        return mains + 0.1 * white
    if kind == 3:  # a street: comes and goes
        swell = 1 + 0.8 * np.sin(2 * np.pi * draw.uniform(0.5, 4) * at)
        return np.asarray(signal.lfilter([1], [1, -0.6], white)) * swell
    assert babble is not None
    return np.resize(at_speed(babble, 1.0), count)


def _tones(count: int, draw: np.random.Generator) -> Sound:
    at = np.arange(count) / LINE_HZ
    tones = [np.sin(2 * np.pi * hz * at) for hz in draw.uniform(300, 1700, size=2)]
    on = (at % draw.choice([0.2, 0.5, 1.0, 10.0])) < draw.choice([0.1, 0.5])
    return np.asarray(sum(tones) * on + 0.001 * draw.normal(size=count))
