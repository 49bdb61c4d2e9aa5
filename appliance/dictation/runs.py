"""Where in a transcript characters were dictated, and which of them are the value.

Around a value people say why ("the best number is"), the name itself before its letters ("Quill, Q
U I double L"), or a single word that happens to be a digit ("the same one as always").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from appliance.dictation.characters import ZERO_OR_O, Alphabet, piece_at
from appliance.dictation.tokens import Token
from appliance.language.dictation_words import DictationWords

SHORT: Final = 2
"""So few characters among other words are no part of a longer value."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters without any other word between them."""

    characters: str
    start: int
    end: int
    """Places in the transcript."""
    sure: int
    """How many of the characters mean that anywhere, not only among others."""


def runs(words: Sequence[Token], alphabet: Alphabet, known: DictationWords) -> list[Run]:
    """All of ``words``, first to last."""
    found: list[Run] = []
    run: Run | None = None
    at = 0
    while at < len(words):
        piece = piece_at(words, at, alphabet, known)
        if piece.characters:
            sure = len(piece.characters) if piece.sure else 0
            start, end = words[at].start, words[at + piece.size - 1].end
            run = run or Run("", start, start, 0)
            run = Run(run.characters + piece.characters, run.start, end, run.sure + sure)
        elif not piece.size and run is not None:
            found.append(run)
            run = None
        at += piece.size or 1
    found += [] if run is None else [run]
    return [Run(_settled(each.characters), each.start, each.end, each.sure) for each in found]


def value_of(found: Sequence[Run]) -> Run | None:
    """The run that is the value, with what belongs to it; None where all are chance words."""
    likely = [run for run in found if run.sure]
    if not likely:
        return None
    longest = max(likely, key=lambda run: (len(run.characters), run.start))
    if len(longest.characters) <= SHORT:
        return longest if len(likely) == 1 else likely[-1]
    parts = [run for run in likely if len(run.characters) > SHORT or run.start > longest.end]
    joined = "".join(run.characters for run in parts)
    return Run(joined, parts[0].start, parts[-1].end, sum(run.sure for run in parts))


def _settled(characters: str) -> str:
    """With each "oh" a zero beside a digit, and else a letter."""
    plain = (
        characters.replace(ZERO_OR_O + ZERO_OR_O, "00")
        if re.search(r"\d", characters)
        else characters
    )
    while ZERO_OR_O in plain:
        at = plain.index(ZERO_OR_O)
        beside = plain[max(0, at - 1) : at] + plain[at + 1 : at + 2]
        plain = plain[:at] + ("0" if re.search(r"\d", beside) else "o") + plain[at + 1 :]
    return plain
