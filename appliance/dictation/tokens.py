"""The words of a transcript, one by one and with their places, so that what was dictated can be
written in place of the words it was dictated in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[+@]")
_WORD: Final = re.compile(r"[^\W\d_]")
MOST_CHARACTERS: Final = 400
"""Of a transcript that are looked at: nobody dictates more."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, some figures, ``+`` or ``@``."""

    text: str
    """In lower case."""
    raw: str
    start: int
    end: int
    """Where it stands in the transcript."""

    @property
    def is_figures(self) -> bool:
        return self.raw.isdigit()

    @property
    def is_word(self) -> bool:
        return _WORD.match(self.raw) is not None


def tokens(text: str) -> list[Token]:
    """All of ``text``, whose punctuation tells nothing: recognisers set it by the pauses."""
    text = text[:MOST_CHARACTERS].translate({ord("’"): "'", ord("‘"): "'"})
    return [
        Token(found.group().lower(), found.group(), found.start(), found.end())
        for found in _TOKEN.finditer(text)
    ]


def longest_of(words: list[Token], at: int, known: Iterable[str] | Mapping[str, object]) -> int:
    """How many tokens from ``at`` on are a phrase of ``known`` (three words at most); 0: none."""
    for size in (3, 2, 1):
        phrase = " ".join(token.text for token in words[at : at + size])
        if len(words) - at >= size and phrase in known:
            return size
    return 0
