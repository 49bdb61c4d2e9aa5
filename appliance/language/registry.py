"""Which languages the appliance knows, and which value a code gets."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Final

from appliance.language import other_numbers
from appliance.language.dutch import DUTCH
from appliance.language.english import AMERICAN_ENGLISH, ENGLISH
from appliance.language.french import FRENCH
from appliance.language.german import GERMAN
from appliance.language.italian import ITALIAN
from appliance.language.language import Language
from appliance.language.portuguese import PORTUGUESE
from appliance.language.spanish import SPANISH

LANGUAGES: Final[dict[str, Language]] = {
    language.code: language
    for language in (
        *(ENGLISH, AMERICAN_ENGLISH, GERMAN, FRENCH),
        *(SPANISH, ITALIAN, DUTCH, PORTUGUESE),
    )
}
"""By code. A row ``de-AT`` goes before the row ``de``."""


def language_of(code: str) -> Language:
    """The language of an agent's ``language`` key: ``en``, ``en-GB``, ``de-AT``.

    One without a value of its own gets a neutral one: nothing English holds in it, its numbers are
    those of num2words. Only its phrases are English, because something must be said.
    """
    code = code[:2] + code[2:].upper()
    return LANGUAGES.get(code) or LANGUAGES.get(code[:2]) or _neutral(code)


@lru_cache(maxsize=64)
def _neutral(code: str) -> Language:
    return Language(code, partial(other_numbers.in_words, code=code), ENGLISH.phrases)
