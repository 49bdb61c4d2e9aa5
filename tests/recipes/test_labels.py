"""Which class each frame has."""

import numpy as np
import pytest

from models.recipes.corpus.phones import PHONES
from models.recipes.vosk import labels

pytestmark = pytest.mark.unit


def classes(*phones: str) -> list[int]:
    """First frame of a phone: ``aa``; further ones: ``aa+``."""
    return [2 * PHONES.index(phone.rstrip("+")) + phone.endswith("+") for phone in phones]


def test_times_give_every_frame_its_phone() -> None:
    found = labels.from_times(24, ["SIL", "aa", "b"], np.array([0.07, 0.16, 0.24]))
    assert found is not None
    assert found.tolist() == classes("SIL", "SIL+", "aa", "aa+", "aa+", "b", "b+", "b+")


def test_a_phone_shorter_than_a_frame_still_gets_one() -> None:
    found = labels.from_times(12, ["aa", "b", "k", "SIL"], np.array([0.05, 0.051, 0.052, 0.12]))
    assert found is not None
    assert found.tolist() == classes("aa", "b", "k", "SIL")


def test_more_phones_than_frames_cannot_be_labelled() -> None:
    assert labels.from_times(5, ["aa", "b", "k"], np.array([0.01, 0.02, 0.03])) is None


def test_what_lies_behind_the_last_phone_counts_as_it() -> None:
    found = labels.from_times(12, ["aa", "SIL"], np.array([0.03, 0.06]))
    assert found is not None
    assert found.tolist() == classes("aa", "SIL", "SIL+", "SIL+")


def test_the_best_path_takes_every_phone_in_order() -> None:
    scores = np.log(np.full((5, 2 * len(PHONES)), 0.01))
    for row, phone in enumerate(["aa", "aa+", "b", "k", "k+"]):
        scores[row, classes(phone)] = 0.0
    path = labels.from_scores(scores, ["aa", "b", "k"])
    assert path is not None
    assert path.tolist() == [0, 0, 1, 2, 2]
    assert labels.ends_of(path) == pytest.approx((0.0575, 0.0875, 0.1475))
    assert labels.with_phones(path, ["aa", "b", "k"]).tolist() == classes(
        "aa", "aa+", "b", "k", "k+"
    )
