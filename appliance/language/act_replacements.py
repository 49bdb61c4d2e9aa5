"""Whether a caller names one thing in place of another, in whatever words of the language: "no, for
two, not three", "not ten but eleven", "the last one is a nine, not a five". Pure."""

from __future__ import annotations

from typing import Final

from appliance.language.act_pieces import Piece, clauses_of, folded, names_in, table_of
from appliance.language.dialogue_acts import DialogueActs
from appliance.language.language import Language

LITTLE_WORDS: Final = 3
"""So many words may be a thing that is named, or may be left over beside "repeat that"."""


def replaces(pieces: list[Piece], acts: DialogueActs) -> bool:
    """Whether one thing is named in place of another: "no, for two, not three", "no, not Monday,
    Tuesday"."""
    names = [piece.name for piece in pieces]
    first = names[0] if names else ""
    turned = [i for i, piece in enumerate(pieces) if i and negates(piece, acts)]
    if not turned or turned[-1] == len(pieces) - 1:
        return False
    if first == "no" and turned == [1] and names[2:] == ["", ""]:
        return True
    if first in ("no", "hold"):
        last = len(pieces) - turned[-1] <= LITTLE_WORDS
        return last and len(pieces) > LITTLE_WORDS and names[1] == names[-1] == ""
    things = [names[index] for index in range(1, len(pieces)) if index not in turned]
    return first == "repeat_alone" and 2 <= len(things) <= 4 and set(things) <= {"", "later"}


def another(pieces: list[Piece], language: Language) -> bool:
    """Whether one thing is named in place of another without a no: "not ten but eleven", "the last
    one is a nine, not a five"."""
    negations = [i for i, piece in enumerate(pieces) if negates(piece, language.acts)]
    if len(negations) != 1:
        return False
    at = negations[0]
    head, tail = pieces[:at], pieces[at + 1 :]
    if not head:
        halves = clauses_of(tail)
        few = all(len(half) <= LITTLE_WORDS for half in halves)
        if len(halves) == 2:
            return few and all(names_in(half) <= {"", "later"} for half in halves)
        head = tail[:1]
    names = names_in([*head, *tail])
    short = 1 <= len(tail) <= LITTLE_WORDS and names <= {"", "later", "contrast", "spelled"}
    return short and head != tail and all(_exact(half, language) for half in (head, tail))


def _exact(pieces: list[Piece], language: Language) -> bool:
    """Whether the last of ``pieces`` is a number, a day or a letter."""
    last = pieces[-1].words.split()[-1] if pieces else ""
    return len(last) == 1 or last.isdigit() or last in {*language.digits, *language.figure_words}


def negates(piece: Piece, acts: DialogueActs) -> bool:
    return any(each.fullmatch(folded(piece.words)) for each in table_of(acts)["negation"])
