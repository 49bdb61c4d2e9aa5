"""When each word of a synthesised text is over, by how long the voice made its phonemes. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

PUNCTUATION: Final = frozenset(".,;:!?-–—…¡¿\"'()«»")
WORD: Final = re.compile(r"\S*\w\S*")


class Alignment(Protocol):
    """One phoneme of ``piper.voice.PhonemeAlignment``."""

    phoneme: str
    num_samples: int


def group_ends(phonemes: Sequence[Alignment], rate_hz: int) -> list[float]:
    """Seconds at which each group of phonemes (they are parted by blanks: about a word) is over,
    without the pause of a comma or full stop behind it."""
    ends: list[float] = []
    samples, spoken = 0, None
    for alignment in phonemes:
        if alignment.phoneme == " " and spoken is not None:
            ends.append(spoken)
            spoken = None
        samples += int(alignment.num_samples)
        is_sound = alignment.phoneme.strip() and alignment.phoneme not in PUNCTUATION | {"^", "$"}
        if is_sound:
            spoken = samples / rate_hz
    return ends if spoken is None else [*ends, spoken]


def word_ends(text: str, ends: Sequence[float]) -> tuple[tuple[int, float], ...]:
    """(index just behind a word of ``text``, seconds at which it is over), rising in both.

    ``ends`` are those of the phoneme groups. There are as many groups as words in plain text; where
    espeak joins two words or reads a number as several, the groups are spread over the words.
    """
    words = [match.end() for match in WORD.finditer(text)]
    if not words or not ends:
        return ()
    groups = np.arange(1, len(ends) + 1) / len(ends)
    parts = np.arange(1, len(words) + 1) / len(words)
    seconds = np.interp(parts, np.concatenate(([0.0], groups)), np.concatenate(([0.0], ends)))
    return tuple((index, float(second)) for index, second in zip(words, seconds, strict=True))
