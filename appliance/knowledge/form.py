"""Whether words ask, want something done, or only tell: "I have an appointment" is near "I need an
appointment" in words and in meaning, and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from appliance.knowledge.parts import parts
from appliance.language.registry import language_of
from appliance.language.turn_ends import NEVER
from appliance.text.canonical import canonical

Form = Literal["asks", "wants", "tells"]


@lru_cache(maxsize=4096)
def form(text: str, language: str) -> Form:
    """Of the whole ``text``: one clause that asks makes it a question."""
    known = language_of(language)
    if known.asks is NEVER or known.talk.wants is NEVER or "?" in text:
        return "asks"  # nobody has described that language's questions
    clauses = [canonical(clause, language) for clause in parts(text, language)]
    if any(map(known.asks.search, clauses)):
        return "asks"
    return "wants" if any(map(known.talk.wants.search, clauses)) else "tells"


def asks_for_another(said: str, questions: Sequence[str], language: str) -> bool:
    """Whether ``said`` is after something (why, how long) that none of ``questions`` is after."""
    wanted = _wanted(said, language)
    return bool(wanted) and not all(
        any(each in _wanted(question, language) for question in questions) for each in wanted
    )


@lru_cache(maxsize=4096)
def _wanted(text: str, language: str) -> frozenset[str]:
    """What ``text`` is after."""
    pattern = language_of(language).talk.asks_for
    return frozenset(found.group() for found in pattern.finditer(canonical(text, language)))


def same_form(said: str, question: str, language: str) -> bool:
    """False where ``said`` only tells something and ``question`` does not."""
    return form(said, language) != "tells" or form(question, language) == "tells"
