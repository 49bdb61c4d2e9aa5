"""Means of a teacher's phones, and what neighbours, stress and place change about them.

A phone's spectrum is mean[phone] + by_left[phone, left] + by_right[phone, right] +
by_stress[phone, stress]; its duration likewise, with one more table for the phones before a pause.
The tables are found by backfitting (each in turn explains what the others leave) and pulled towards
zero where there is little to go by, so that a pair that never came up falls back to the mean. Pitch
is a ridge regression on stress, the place in the phrase, and whether it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from models.recipes.piper.phones import PHONES
from models.recipes.piper.teacher import Floats, Indices, Row

COUNT: Final = len(PHONES)
PASSES: Final = 3
PAIR_SHRINKAGE: Final = 1
"""As if each pair had been seen so many times more with no effect."""
STRESS_SHRINKAGE: Final = 20
RIDGE: Final = 3.0
PITCH_TERMS: Final = 10
"""A constant, two stresses, place and its square, the last phrase and the place in it, a question,
the place in it and that place's cube; the phones come behind them."""


@dataclass(frozen=True, slots=True)
class Additive:
    """A value as a sum of tables; C phones, each value of D numbers."""

    mean: Floats  # [C, D]
    by_left: Floats  # [C * C, D]
    by_right: Floats  # [C * C, D]
    by_stress: Floats  # [C * 3, D]
    by_end: Floats  # [C * 2, D]
    residual: float
    """Standard deviation of what is left, over all values."""
    spread: float
    """The same for the means alone."""


@dataclass(frozen=True, slots=True)
class Tables:
    """All that a voice is."""

    spectrum: Additive
    """D = POINTS * (order + 1)."""
    log_duration: Additive
    """Of frames of ``teacher.FRAME_S``; D = 1."""
    log_pitch: Floats
    """Weights of the terms, then of the phones [PITCH_TERMS + C]."""
    pairs_seen: int


def fit(rows: Sequence[Row]) -> Tables:
    """The tables that explain ``rows`` best."""
    phone, left, right, stress, end = (
        np.array([getattr(row, name) for row in rows], dtype=np.int64)
        for name in ("phone", "left", "right", "stress", "near_end")
    )
    places = (
        phone,
        phone * COUNT + left,
        phone * COUNT + right,
        phone * 3 + stress,
        phone * 2 + end,
    )
    durations = np.array([[row.log_duration] for row in rows], dtype=np.float32)
    return Tables(
        spectrum=_additive(np.stack([row.spectrum for row in rows]), places, ends=False),
        log_duration=_additive(durations, places, ends=True),
        log_pitch=_pitch(rows),
        pairs_seen=len(np.unique(places[2])),
    )


def _additive(values: Floats, places: tuple[Indices, ...], ends: bool) -> Additive:
    phone, left, right, stress, end = places
    mean = _average(values, phone, COUNT, 0)
    centred = values - mean[phone]
    fitted: list[tuple[Indices, Floats, Callable[[Floats], Floats]]] = [
        (where, np.zeros((size, values.shape[1]), np.float32), _averaging(where, size, shrinkage))
        for where, size, shrinkage in (
            (left, COUNT * COUNT, PAIR_SHRINKAGE),
            (right, COUNT * COUNT, PAIR_SHRINKAGE),
            (stress, COUNT * 3, STRESS_SHRINKAGE),
            (end, COUNT * 2, STRESS_SHRINKAGE),
        )
    ]
    used = fitted if ends else fitted[:3]
    rest = centred.copy()
    for _ in range(PASSES):
        for where, table, average in used:
            rest += table[where]
            table[:] = average(rest)
            rest -= table[where]
    by_left, by_right, by_stress, by_end = (table for _, table, _ in fitted)
    spreads = float(rest.std(axis=0).mean()), float(centred.std(axis=0).mean())
    return Additive(mean, by_left, by_right, by_stress, by_end, *spreads)


def _averaging(where: Indices, size: int, shrinkage: int) -> Callable[[Floats], Floats]:
    return lambda values: _average(values, where, size, shrinkage)


def _average(values: Floats, where: Indices, size: int, shrinkage: int) -> Floats:
    sums = np.zeros((size, values.shape[1]), np.float32)
    np.add.at(sums, where, values)
    counts = np.bincount(where, minlength=size)[:, None] + shrinkage
    averages: Floats = (sums / np.maximum(counts, 1)).astype(np.float32)
    return averages


def _pitch(rows: Sequence[Row]) -> Floats:
    voiced = [row for row in rows if not np.isnan(row.log_pitch)]
    terms = np.array([_pitch_terms(row) for row in voiced])
    phones = np.eye(COUNT)[[row.phone for row in voiced]]
    known = np.concatenate([terms, phones], axis=1)
    pitches = np.array([row.log_pitch for row in voiced])
    penalty = RIDGE * np.eye(known.shape[1])
    weights = np.linalg.solve(known.T @ known + penalty, known.T @ pitches)
    return np.asarray(weights, np.float32)


def _pitch_terms(row: Row) -> list[float]:
    place, last, asked = row.place, float(row.last_phrase), float(row.question)
    return [
        1.0,
        float(row.stress == 1),
        float(row.stress == 2),
        place,
        place * place,
        last,
        last * place,
        asked,
        asked * place,
        asked * place**3,
    ]
