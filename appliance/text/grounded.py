"""Whether a reply's numbers and days come from what the model was told.

Small language models invent opening hours and prices as fluently as they repeat them. A figure that
stands neither in the persona, nor in the notes, nor in the caller's own words was made up.
In a language without ``figure_words``, figures written as digits alone are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from appliance.language.language import Language, any_of
from appliance.language.registry import language_of

_WEIGHTLESS: Final = {"0", "1"}  # "one moment", "no one"


def figures(text: str, language: str = "en") -> set[str]:
    """The numbers (as digits; of "twenty five", 20 and 5), weekdays and months in ``text``."""
    known = language_of(language)
    found = (match.group().lower() for match in _facts(known).finditer(text))
    return {known.figure_words.get(word, word.lstrip("0") or "0") for word in found} - _WEIGHTLESS


def is_grounded(reply: str, sources: Iterable[str], language: str = "en") -> bool:
    """True when every figure of ``reply`` stands in one of ``sources``."""
    claimed = figures(reply, language)
    return not claimed or claimed <= set().union(*(figures(each, language) for each in sources))


@lru_cache(maxsize=64)
def _facts(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\d+|{any_of(language.figure_words).pattern}", re.IGNORECASE)
