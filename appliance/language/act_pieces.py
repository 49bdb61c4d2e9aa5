"""A caller's words in the pieces that a language lists (``DialogueActs``), from left to right.

The rules of ``acts.py`` say what the pieces make together. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from appliance.language.dialogue_acts import DialogueActs


@dataclass(frozen=True, slots=True)
class Piece:
    name: str
    """Of a field of ``DialogueActs``; empty for a word that is in none."""
    words: str


Table = Mapping[str, Sequence[re.Pattern[str]]]


def pieces_of(words: str, acts: DialogueActs) -> list[Piece]:
    """``words`` from left to right, at each place the longest piece that fits; none goes beyond a
    word of contrast."""
    table = table_of(acts)
    text, spoken = folded(words), words.split()
    contrasts = [at.span() for pattern in table["contrast"] for at in pattern.finditer(text)]
    pieces, at, index = [], 0, 0
    while at < len(text):
        here = max((end for start, end in contrasts if start == at), default=0)
        until = min((start - 1 for start, _ in contrasts if start > at), default=len(text))
        name, end = ("contrast", here) if here else _longest(table, text, at, until)
        count = text[at:end].count(" ") + 1
        pieces.append(Piece(name, " ".join(spoken[index : index + count])))
        at, index = end + 1, index + count
    return pieces


def _longest(table: Table, text: str, at: int, until: int) -> tuple[str, int]:
    """The field whose piece covers most of ``text`` from ``at`` on, and where that ends; no field
    and the end of the word, where there is none."""
    found = [
        (match.end(), name)
        for name, patterns in table.items()
        for pattern in patterns
        if (match := pattern.match(text, at, until))
    ]
    if found:
        end = max(end for end, _ in found)
        return next(name for its_end, name in found if its_end == end), end
    space = text.find(" ", at)
    return "", len(text) if space < 0 else space


def names_in(pieces: Sequence[Piece]) -> set[str]:
    return {piece.name for piece in pieces} - {"polite"}


def words_of(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.words for piece in pieces)


def clauses_of(pieces: list[Piece]) -> list[list[Piece]]:
    clauses: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.name == "contrast":
            clauses.append([])
        else:
            clauses[-1].append(piece)
    return [clause for clause in clauses if clause] or [[]]


@lru_cache(maxsize=64)
def table_of(acts: DialogueActs) -> Table:
    return {
        each.name: tuple(_compiled(piece) for piece in getattr(acts, each.name))
        for each in fields(acts)
    }


def _compiled(piece: str) -> re.Pattern[str]:
    pattern = folded(piece).replace(" … ", r"(?: \S+){0,4} ").replace(" ?…", " …")
    pattern = pattern.replace(" …(", "(?: .+)? (").replace(" …", "(?: .+)?").replace("…", ".*")
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


def folded(text: str) -> str:
    """Without accents: recognisers and people leave them out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
