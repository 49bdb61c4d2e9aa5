"""What a teacher hands back, and how it becomes something to average: one row for each phone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from models.recipes.piper.labels import Phone
from models.recipes.piper.phones import NUMBER, PAUSE

Floats = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

FRAME_S: Final = 0.005
"""All teachers' step."""
POINTS: Final = 10
"""Of the spectrum of every phone."""


@dataclass(frozen=True, slots=True)
class Timbre:
    """How a teacher's mel-cepstra are to be read."""

    order: int
    """Coefficients, the one of the level included."""
    warping: float
    """Alpha of the mel scale."""
    rate_hz: int
    """The sample rate they describe."""
    full_scale: float
    """What the loudest sample would be, by the first coefficient."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as parameters; N frames, K phones."""

    phones: list[Phone]
    durations: Indices
    """Frames of each phone [K]."""
    spectrum: Floats
    """Mel-cepstra [N, order]."""
    voicing: Floats
    """0 for noise, 1 for voice [N]."""
    log_pitch: Floats
    """Natural logarithm of Hz [N]; nan where there is no voice."""
    question: bool


class Teacher(Protocol):
    """A parametric voice."""

    timbre: Timbre

    def speak(self, sentence: str) -> Iterator[Spoken]:
        """``sentence``, in one piece or several."""


@dataclass(frozen=True, slots=True)
class Row:
    """One phone and its surroundings, as numbers."""

    phone: int
    left: int
    right: int
    stress: int
    near_end: bool
    """Whether a pause comes two or three phones later."""
    place: float
    """0 at the start of its phrase, 1 at the end."""
    last_phrase: bool
    question: bool
    """Of its phrase."""
    log_duration: float
    """Of frames."""
    log_pitch: float
    """Mean; nan when unvoiced."""
    spectrum: Floats
    """POINTS x (order + 1): mel-cepstra and voicing, flat."""


def rows(spoken: Spoken) -> Iterator[Row]:
    """All phones of ``spoken`` that last at least one frame."""
    pause = NUMBER[PAUSE]
    phones = [NUMBER[phone.name] for phone in spoken.phones]
    is_pause = np.array(phones) == pause
    phrase = np.cumsum(is_pause) - is_pause  # a pause closes the phrase before it
    ends = np.cumsum(spoken.durations)
    for at, phone in enumerate(phones):
        start, end = int(ends[at] - spoken.durations[at]), min(int(ends[at]), len(spoken.voicing))
        if end <= start:
            continue
        mine = np.flatnonzero(phrase == phrase[at])
        last = bool(phrase[at] == phrase[-1])
        pitches = spoken.log_pitch[start:end]
        pitches = pitches[~np.isnan(pitches)]
        yield Row(
            phone=phone,
            left=phones[at - 1] if at else pause,
            right=phones[at + 1] if at + 1 < len(phones) else pause,
            stress=spoken.phones[at].stress,
            near_end=pause in phones[at + 2 : at + 4],
            place=(at - mine[0]) / max(1, len(mine) - 1),
            last_phrase=last,
            question=spoken.question and last,
            log_duration=float(np.log(spoken.durations[at])),
            log_pitch=float(pitches.mean()) if pitches.size else float("nan"),
            spectrum=_points(spoken, start, end),
        )


def _points(spoken: Spoken, start: int, end: int) -> Floats:
    """The spectrum at ``POINTS`` evenly spaced moments between two frames."""
    last = len(spoken.voicing) - 1
    at = start + (np.arange(POINTS) + 0.5) / POINTS * (end - start) - 0.5
    at = np.clip(at, 0, last)
    below = np.floor(at).astype(int)
    above, share = np.minimum(below + 1, last), (at - below)[:, None]
    spectrum = spoken.spectrum[below] * (1 - share) + spoken.spectrum[above] * share
    voicing = spoken.voicing[np.rint(at).astype(int)][:, None]
    return np.concatenate([spectrum, voicing], axis=1).astype(np.float32).ravel()
