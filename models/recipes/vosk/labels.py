"""Which class each frame of an utterance has: from the times a synthesiser tells, or from a network
that has learned from such.

Labels are for every third frame of features (30 ms); every phone gets at least one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.recipes.corpus.phones import PHONES
from models.recipes.vosk.features import FRAME_S, STEP, WINDOW_S

LABEL_S = STEP * FRAME_S
Scores = npt.NDArray[np.floating]
Labels = npt.NDArray[np.int16]


def count(frames: int) -> int:
    """Labels for so many frames of features."""
    return -(-frames // STEP)


def from_times(frames: int, phones: Sequence[str], ends_s: Scores) -> Labels | None:
    """Labels of ``frames`` frames whose phones end at ``ends_s``; None if the phones are too many.
    What lies outside the phones counts as the first and the last."""
    middle = np.arange(count(frames))[:, None] * LABEL_S + WINDOW_S / 2
    starts = np.concatenate([[-np.inf], ends_s[:-1]])
    stops = np.concatenate([ends_s[:-1], [np.inf]])
    away = -np.maximum(0, np.maximum(starts - middle, middle - stops))
    segments = best_path(away, away)
    return None if segments is None else with_phones(segments, phones)


def from_scores(scores: Scores, phones: Sequence[str]) -> npt.NDArray[np.int64] | None:
    """The place in ``phones`` of every frame, by ``scores`` (labels, classes) of a network."""
    numbers = np.array([PHONES.index(phone) for phone in phones])
    return best_path(scores[:, 2 * numbers], scores[:, 2 * numbers + 1])


def ends_of(segments: npt.NDArray[np.int64]) -> tuple[float, ...]:
    """Where each phone of a path ends, in seconds: halfway between two labels."""
    last = np.flatnonzero(np.diff(segments, append=segments[-1] + 1))
    return tuple(float(at) for at in last * LABEL_S + WINDOW_S / 2 + LABEL_S / 2)


def best_path(first: Scores, others: Scores) -> npt.NDArray[np.int64] | None:
    """The best way through all columns in order, one row after the other (Viterbi).

    A column's first row scores ``first``, its further ones ``others``; both (rows, columns). None
    if there are fewer rows than columns.
    """
    rows, columns = first.shape
    if rows < columns:
        return None
    best = np.full(columns, -1e30)
    best[0] = first[0, 0]
    entered = np.zeros((rows, columns), dtype=bool)
    for row in range(1, rows):
        enter = np.concatenate([[-1e30], best[:-1]]) + first[row]
        stay = best + others[row]
        entered[row] = enter > stay
        best = np.where(entered[row], enter, stay)
    path = np.zeros(rows, dtype=np.int64)
    column = columns - 1
    for row in range(rows - 1, -1, -1):
        path[row] = column
        column -= entered[row, column]
    return path


def with_phones(segments: npt.NDArray[np.int64], phones: Sequence[str]) -> Labels:
    """The labels of a path through ``phones``."""
    numbers = np.array([PHONES.index(phone) for phone in phones])
    begins = np.diff(segments, prepend=-1) != 0
    return (2 * numbers[segments] + np.where(begins, 0, 1)).astype(np.int16)
