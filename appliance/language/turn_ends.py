"""What a language's words tell about the end of a turn (rules: ``turns/completeness.py``).

Patterns rather than lists, because a word's company decides: nobody ends with "the", but "which
floor are you on" may end with "on" and "a quarter of an hour on" may not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

NEVER: Final = re.compile(r"(?!)")
"""Matches nothing."""
ANY: Final = re.compile("")
"""Matches everything."""


@dataclass(frozen=True, slots=True, eq=False)
class TurnEnds:
    """Searched in all words of a turn so far, in the canonical form. The first that is found holds,
    in this order; what is left out is never found."""

    over: re.Pattern[str] = NEVER
    """Nearly nobody goes on after this: a goodbye."""
    cut_short: re.Pattern[str] = NEVER
    """Cannot end a turn, in the written form (lower case, marks at the end taken off): a shortened
    verb that the canonical form writes out, "hello, i'm"."""
    whole: re.Pattern[str] = NEVER
    """May end a turn although it looks ``incomplete``."""
    incomplete: re.Pattern[str] = NEVER
    """Cannot end a turn."""
    doubtful: re.Pattern[str] = NEVER
    """Seldom ends a turn; or is what recognisers make of a last word without company."""
    invites: re.Pattern[str] = ANY
    """Asks for something. Longer words that do not are a statement, and doubtful: people add to
    those."""
    own_question: re.Pattern[str] = NEVER
    """A question that needs nothing before it: a second half only of words that cannot be all."""
    new_act: re.Pattern[str] = NEVER
    """Begins words that are no second half of a sentence: "no", "stop", "sorry, I meant"."""
