"""What a caller does with their words: takes an offer, declines it, wants to hear it again.

People hardly ever say a bare yes. "Please don't", "of course not", "yes but not now" and "okay no"
begin like a yes, and whoever goes by the first word puts them through against their will. So the
whole phrase is read: each language lists what is said in pieces (``DialogueActs``), and the rules
of this file, which are the same in all of them, say what the pieces make together. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from appliance.language.act_pieces import (
    Piece,
    clauses_of,
    folded,
    names_in,
    pieces_of,
    table_of,
    words_of,
)
from appliance.language.act_replacements import LITTLE_WORDS, another, negates, replaces
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


@dataclass(frozen=True, slots=True)
class Act:
    """What a caller does."""

    kind: Kind
    """``yes_later``: agrees, but not now. ``question``: asks something before or instead of an
    answer ("okay but first ...", "no but ..."), so that nothing is taken yet."""
    rest: str = ""
    """The words (canonical) behind the act that are to be answered."""


@lru_cache(maxsize=512)
def act_of(
    words: str, language: Language, *, asked: bool = False, question_mark: bool = False
) -> Act:
    """What a caller does who says ``words`` (canonical) in ``language``. ``asked``: a yes/no
    question is open. ``question_mark``: the recogniser wrote one behind the words."""
    pieces = pieces_of(words, language.acts)
    act = _correction(pieces, language, asked) or _enquiry(pieces) or _special(pieces, language)
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
    return any(each.fullmatch(folded(words)) for each in table_of(acts)["repeat_alone"])


def _answer(pieces: list[Piece], language: Language, asked: bool) -> Act:
    """Yes, no or a question, clause by clause."""
    clauses = clauses_of(pieces)
    act = _clause(clauses[0], language, asked)
    for clause in clauses[1:]:
        tail = _clause(clause, language, asked)
        if act.kind == "yes" and tail.kind == "other" and "unsure" in names_in(clause):
            return Act("other", " ".join(each.words for each in clause))  # "yes, but I doubt it"
        if act.kind == "yes" and names_in(clause) & {"not_now", "hold"}:
            tail = Act("yes_later", tail.rest)
        act = _joined(act, tail)
    return act


def _left_over(pieces: Sequence[Piece]) -> str:
    """From the first word on that is in no piece; words that are an act only where they stand alone
    ("what", "I have") count among them."""
    first = next((i for i, piece in enumerate(pieces) if not piece.name), len(pieces))
    while 0 < first < len(pieces) and pieces[first - 1].name.endswith("_alone"):
        first -= 1
    return words_of(pieces[first:])


def _correction(pieces: list[Piece], language: Language, asked: bool) -> Act | None:
    """ "I meant Tuesday"; "no, for two, not three"."""
    for index, piece in enumerate(pieces):
        before = names_in(pieces[:index])
        if piece.name == "correct" and before <= {"no", "yes", "repeat_alone", "negation"}:
            rest = words_of(pieces[index + 1 :])
            inner = act_of(rest, language, asked=asked)
            bare = inner.kind in ("yes", "no") and not inner.rest
            return inner if bare else Act("correct", rest) if rest else None
    said = [piece for piece in pieces if piece.name not in ("polite", "repeat_alone")]
    opened = next((i for i, piece in enumerate(said) if not _opens(piece, language)), 0)
    named = said[opened:]
    spelled = [piece.name for piece in named][-1:] == ["spelled"] and not named[0].name
    if (spelled and len(named) <= LITTLE_WORDS) or another(named, language):
        return Act("correct", words_of(named))
    if replaces([p for p in pieces if p.name not in ("polite", "contrast")], language.acts):
        return Act("correct", words_of(pieces[1:]))
    return None


def _opens(piece: Piece, language: Language) -> bool:
    """Whether ``piece`` may stand before what is corrected: "no, it is ..."."""
    return piece.name in ("no", "yes_alone") and not negates(piece, language.acts)


def _enquiry(pieces: list[Piece]) -> Act | None:
    """ "No, I first want to know what it costs"."""
    for index, piece in enumerate(pieces[:-1]):
        if piece.name == "enquires" and _left_over(pieces[:index]).count(" ") == 0:
            return Act("question", words_of(pieces[index + 1 :]))
    return None


def _special(pieces: list[Piece], language: Language) -> Act | None:
    """What is about the conversation itself, whatever else is said with it."""
    names = names_in(pieces)
    if names and names <= {"repeat_alone"}:
        return Act("repeat")
    kinds: tuple[Kind, ...] = ("slower", "repeat", "help", "hold")
    kind = next((kind for kind in kinds if kind in names), None)
    answered = "contrast" in names and names & {"yes", "yes_alone", "no"}
    if kind is None or (kind == "hold" and answered):
        return None
    left = _left_over(pieces)
    if kind == "hold" and _is_question(left, language):
        return Act("question", left)
    most = {"hold": len(left), "help": 0}.get(kind, LITTLE_WORDS)
    return Act(kind) if len(left.split()) <= most else None


def _is_question(words: str, language: Language) -> bool:
    return any(pattern.match(words) for pattern in (language.asks, language.questions.frames))


def _clause(pieces: list[Piece], language: Language, asked: bool) -> Act:
    """What one clause does."""
    verdict, rest = _verdict(pieces), _left_over(pieces)
    if not rest:
        return Act(verdict)
    if _is_question(rest, language):
        return Act("question", rest)
    if not asked and pieces[0].name == "":
        return Act("other", rest)
    if verdict == "yes_later" and _told(pieces):
        return Act("other", rest)
    if verdict in ("no", "yes_later"):
        return Act(verdict, rest)
    first = next((piece.name for piece in pieces if piece.name != "polite"), "")
    if asked and first == "no_alone" and verdict == "other":
        return Act("no", rest)
    takes = first == "yes" or (pieces[-1].name == "yes" and rest.count(" ") <= LITTLE_WORDS)
    return Act("yes" if asked and verdict == "yes" and takes else "other", rest)


def _told(pieces: list[Piece]) -> bool:
    """Whether a day is only told in passing: "the letter came on Saturday"."""
    names = [piece.name for piece in pieces]
    before = names[: names.index("later")] if "later" in names else []
    goes_on = names[-1] == "" and before.count("") > 1
    told = goes_on or before.count("") >= LITTLE_WORDS
    return told and not set(before) & {"yes", "yes_alone"}


def _verdict(pieces: list[Piece]) -> Kind:
    """Yes or no of the pieces of one clause. A doubt is no yes: nobody is put through by it."""
    names = [piece.name for piece in pieces if piece.name != "polite"]
    known = set(names) - {""}
    if known & {"no", "negation", "no_alone"}:
        turned = "no" in known or _turned(names) or known <= {"no_alone", "repeat_alone"}
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
        told = head.kind == "other" and head.rest
        if told and tail.rest:
            return Act("other", f"{head.rest} {tail.rest}")
        return Act("question", tail.rest) if tail.rest else head
    return tail
