"""Whether a reply's numbers, days and claims come from what the model was told.

Small language models invent opening hours and prices as fluently as they repeat them. A figure that
stands neither in the persona nor in the notes was made up, and so was a "we have" or a "free".
In a language without ``figure_words``, figures written as digits alone are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from appliance.language.language import Language, any_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

_WEIGHTLESS: Final = {"0", "1"}  # "one moment", "no one"


def figures(text: str, language: str = "en") -> set[str]:
    """The numbers (as digits; of "twenty five", 20 and 5), weekdays and months in ``text``."""
    known = language_of(language)
    found = (match.group().lower() for match in _facts(known).finditer(text))
    return {known.figure_words.get(word, word.lstrip("0") or "0") for word in found} - _WEIGHTLESS


def is_grounded(reply: str, sources: Iterable[str], language: str = "en") -> bool:
    """True when every figure and every claim of ``reply`` stands in one of ``sources``."""
    claimed = figures(reply, language) | claims(reply, language)
    if not claimed:
        return True
    known = (figures(each, language) | claims(each, language) for each in sources)
    return claimed <= set().union(*known)


def claims(text: str, language: str = "en") -> set[str]:
    """The words of ``text`` that say what the site has, does or allows."""
    words = canonical(text, language)
    return {found.group() for found in language_of(language).talk.claims.finditer(words)}


@lru_cache(maxsize=64)
def _facts(language: Language) -> re.Pattern[str]:
    return re.compile(rf"\d+|{any_of(language.figure_words).pattern}", re.IGNORECASE)
