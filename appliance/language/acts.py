"""What a caller does with their words: takes an offer, declines it, wants to hear it again.

People hardly ever say a bare yes. "Please don't", "of course not", "yes but not now" and "okay no"
begin like a yes, and whoever goes by the first word puts them through against their will. So the
whole phrase is read: each language lists what is said in pieces (``DialogueActs``), and the rules
of this file, which are the same in all of them, say what the pieces make together. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Final, Literal

from appliance.language.dialogue_acts import DialogueActs
from appliance.language.language import Language

Kind = Literal[
    "yes",
    "no",
    "yes_later",
    "question",
    "repeat",
    "slower",
    "hold",
    "help",
    "correct",
    "other",
]
ANSWERS: Final = ("yes", "no", "yes_later")
LITTLE_WORDS: Final = 3
"""So many words may be left over beside "can you repeat that", and it is no more than that."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a caller does."""

    kind: Kind
    """``yes_later``: agrees, but not now. ``question``: asks something before or instead of an
    answer ("okay but first ...", "no but ..."), so that nothing is taken yet."""
    rest: str = ""
    """The words (canonical) behind the act that are to be answered."""


@dataclass(frozen=True, slots=True)
class _Piece:
    name: str
    """Of a field of ``DialogueActs``; empty for a word that is in none."""
    words: str


_Table = Mapping[str, Sequence[re.Pattern[str]]]


@lru_cache(maxsize=512)
def act_of(
    words: str, language: Language, *, asked: bool = False, question_mark: bool = False
) -> Act:
    """What a caller does who says ``words`` (canonical) in ``language``. ``asked``: a yes/no
    question is open. ``question_mark``: the recogniser wrote one behind the words."""
    pieces = _pieces(words, language.acts)
    act = _correction(pieces, language, asked) or _special(pieces, language)
    if act is None:
        act = _answer(pieces, language, asked)
    if question_mark and act.rest and act.kind in ("yes", "no", "other"):
        act = Act("question", act.rest)
    bare = act.kind == "other" or (act.kind == "yes" and not asked)
    if bare and _alone(words, language.acts):
        return Act("repeat")
    return act


def _alone(words: str, acts: DialogueActs) -> bool:
    """Whether ``words`` are one of those that, alone, want the last words again."""
    return any(each.fullmatch(_folded(words)) for each in _table(acts)["repeat_alone"])


def _answer(pieces: list[_Piece], language: Language, asked: bool) -> Act:
    """Yes, no or a question, clause by clause."""
    clauses = _clauses(pieces)
    act = _clause(clauses[0], language, asked)
    for clause in clauses[1:]:
        tail = _clause(clause, language, asked)
        if act.kind == "yes" and _names(clause) & {"not_now", "hold"}:
            tail = Act("yes_later", tail.rest)
        act = _joined(act, tail)
    return act


def _pieces(words: str, acts: DialogueActs) -> list[_Piece]:
    """``words`` from left to right, at each place the longest piece that fits; none goes beyond a
    word of contrast."""
    table = _table(acts)
    text, spoken = _folded(words), words.split()
    contrasts = [at.span() for pattern in table["contrast"] for at in pattern.finditer(text)]
    pieces, at, index = [], 0, 0
    while at < len(text):
        here = max((end for start, end in contrasts if start == at), default=0)
        until = min((start - 1 for start, _ in contrasts if start > at), default=len(text))
        name, end = ("contrast", here) if here else _longest(table, text, at, until)
        count = text[at:end].count(" ") + 1
        pieces.append(_Piece(name, " ".join(spoken[index : index + count])))
        at, index = end + 1, index + count
    return pieces


def _longest(table: _Table, text: str, at: int, until: int) -> tuple[str, int]:
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


def _names(pieces: Sequence[_Piece]) -> set[str]:
    return {piece.name for piece in pieces} - {"polite"}


def _rest(pieces: Sequence[_Piece]) -> str:
    return " ".join(piece.words for piece in pieces)


def _left_over(pieces: Sequence[_Piece]) -> str:
    """From the first word on that is in no piece; words that are an act only where they stand alone
    ("what", "I have") count among them."""
    first = next((i for i, piece in enumerate(pieces) if not piece.name), len(pieces))
    while 0 < first < len(pieces) and pieces[first - 1].name.endswith("_alone"):
        first -= 1
    return _rest(pieces[first:])


def _correction(pieces: list[_Piece], language: Language, asked: bool) -> Act | None:
    """ "I meant Tuesday"; "no, for two, not three"."""
    for index, piece in enumerate(pieces):
        before = _names(pieces[:index])
        if piece.name == "correct" and before <= {"no", "yes", "repeat_alone", "negation"}:
            rest = _rest(pieces[index + 1 :])
            inner = act_of(rest, language, asked=asked)
            bare = inner.kind in ("yes", "no") and not inner.rest
            return inner if bare else Act("correct", rest) if rest else None
    if _replaces([p for p in pieces if p.name not in ("polite", "contrast")], language.acts):
        return Act("correct", _rest(pieces[1:]))
    return None


def _replaces(pieces: list[_Piece], acts: DialogueActs) -> bool:
    """Whether one thing is named in place of another: "no, for two, not three", "no, not Monday,
    Tuesday"."""
    names = [piece.name for piece in pieces]
    first = names[0] if names else ""
    negations = _table(acts)["negation"]
    turned = [
        index
        for index, piece in enumerate(pieces)
        if index and any(each.fullmatch(_folded(piece.words)) for each in negations)
    ]
    if not turned or turned[-1] == len(pieces) - 1:
        return False
    if first == "no" and turned == [1] and names[2:] == ["", ""]:
        return True
    if first in ("no", "hold"):
        last = len(pieces) - turned[-1] <= LITTLE_WORDS
        return last and len(pieces) > LITTLE_WORDS and names[1] == names[-1] == ""
    things = [names[index] for index in range(1, len(pieces)) if index not in turned]
    return first == "repeat_alone" and 2 <= len(things) <= 4 and set(things) <= {"", "later"}


def _special(pieces: list[_Piece], language: Language) -> Act | None:
    """What is about the conversation itself, whatever else is said with it."""
    names = _names(pieces)
    if names and names <= {"repeat_alone"}:
        return Act("repeat")
    kinds: tuple[Kind, ...] = ("slower", "repeat", "help", "hold")
    kind = next((kind for kind in kinds if kind in names), None)
    if kind is None or (kind == "hold" and "contrast" in names and names & {"yes", "yes_alone"}):
        return None
    left = _left_over(pieces)
    if kind == "hold" and _is_question(left, language):
        return Act("question", left)
    most = {"hold": len(left), "help": 0}.get(kind, LITTLE_WORDS)
    return Act(kind) if len(left.split()) <= most else None


def _is_question(words: str, language: Language) -> bool:
    return any(pattern.match(words) for pattern in (language.asks, language.questions.frames))


def _clauses(pieces: list[_Piece]) -> list[list[_Piece]]:
    clauses: list[list[_Piece]] = [[]]
    for piece in pieces:
        if piece.name == "contrast":
            clauses.append([])
        else:
            clauses[-1].append(piece)
    return [clause for clause in clauses if clause] or [[]]


def _clause(pieces: list[_Piece], language: Language, asked: bool) -> Act:
    """What one clause does."""
    verdict, rest = _verdict(pieces), _left_over(pieces)
    if not rest:
        return Act(verdict)
    if _is_question(rest, language):
        return Act("question", rest)
    if not asked and pieces[0].name == "":
        return Act("other", rest)
    if verdict in ("no", "yes_later"):
        return Act(verdict, rest)
    first = next((piece.name for piece in pieces if piece.name != "polite"), "")
    if asked and first == "no_alone" and verdict == "other":
        return Act("no", rest)
    takes = first == "yes" or (pieces[-1].name == "yes" and rest.count(" ") <= LITTLE_WORDS)
    return Act("yes" if asked and verdict == "yes" and takes else "other", rest)


def _verdict(pieces: list[_Piece]) -> Kind:
    """Yes or no of the pieces of one clause. A doubt is no yes: nobody is put through by it."""
    names = [piece.name for piece in pieces if piece.name != "polite"]
    known = set(names) - {""}
    if known & {"no", "negation", "no_alone"}:
        turned = "no" in known or _turned(names) or known == {"no_alone"}
        return "no" if turned else "other"
    if "not_now" in known:
        return "yes_later" if known & {"yes", "later"} else "no"
    if "later" in known:
        return "yes_later"
    if "unsure" in known:
        return "other"
    return "yes" if "yes" in known or (names and set(names) == {"yes_alone"}) else "other"


def _turned(names: list[str]) -> bool:
    """Whether a negation stands beside a yes, or alone."""
    places = [index for index, name in enumerate(names) if name == "negation"]
    beside = {name for at in places for name in names[max(0, at - 1) : at + 2]}
    alone = set(names) <= {"negation", "no_alone", "yes", "yes_alone", "not_now", "later"}
    return alone or bool(beside & {"yes", "yes_alone"})


def _joined(head: Act, tail: Act) -> Act:
    """Two clauses with a "but" between them."""
    if tail.kind == "yes":
        after = Act("question", tail.rest) if tail.rest else tail
        return head if head.kind == "no" else after
    if tail.kind == "other":
        return Act("question", tail.rest) if tail.rest else head
    return tail


@lru_cache(maxsize=64)
def _table(acts: DialogueActs) -> _Table:
    return {
        each.name: tuple(_compiled(piece) for piece in getattr(acts, each.name))
        for each in fields(acts)
    }


def _compiled(piece: str) -> re.Pattern[str]:
    pattern = _folded(piece).replace(" … ", r"(?: \S+){0,4} ").replace(" ?…", " …")
    pattern = pattern.replace(" …(", "(?: .+)? (").replace(" …", "(?: .+)?").replace("…", ".*")
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


def _folded(text: str) -> str:
    """Without accents: recognisers and people leave them out."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
