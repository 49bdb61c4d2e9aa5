"""Whether a reply's numbers and days come from what the model was told.

Small language models invent opening hours and prices as fluently as they repeat them. A figure that
stands neither in the persona, nor in the notes, nor in the caller's own words was made up.
English only: other languages are let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = (
    "january february april june july august september october november december"  # not may, march
).split()
_VALUES: Final = {word: str(value) for value, word in enumerate(_UNITS)} | {
    word: str(value * 10) for value, word in enumerate(_TENS, start=2)
}
_WEIGHTLESS: Final = {"0", "1"}  # "one moment", "no one"
_FACT: Final = re.compile(
    r"\d+|\b(?:" + "|".join([*_VALUES, *_DAYS, *_MONTHS]) + r")s?\b", re.IGNORECASE
)


def figures(text: str) -> set[str]:
    """The numbers (as digits; of "twenty five", 20 and 5), weekdays and months in ``text``."""
    found = (match.group().lower() for match in _FACT.finditer(text))
    stems = (word if word in _VALUES else word.removesuffix("s") for word in found)
    return {_VALUES.get(word, word.lstrip("0") or "0") for word in stems} - _WEIGHTLESS


def is_grounded(reply: str, sources: Iterable[str]) -> bool:
    """True when every figure of ``reply`` stands in one of ``sources``."""
    claimed = figures(reply)
    return not claimed or claimed <= set().union(*(figures(source) for source in sources))
