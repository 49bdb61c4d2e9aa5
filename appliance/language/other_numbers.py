"""Text of languages other than English with its figures and signs as words.

Where the words of a language are known (``figures.py``), by rules of our own around a reader of
numbers: damga where it knows the language, else num2words. Of others only numbers are read, as
most languages but English write them: ``1.250,5``.
"""

from __future__ import annotations

import re
from typing import Final

from num2words import CONVERTER_CLASSES, num2words

from appliance.language import damga_reader
from appliance.language.dutch_figures import DUTCH
from appliance.language.figure_rules import first_rules, last_rules
from appliance.language.figures import Figures
from appliance.language.french_figures import FRENCH
from appliance.language.german_figures import GERMAN
from appliance.language.italian_figures import ITALIAN
from appliance.language.portuguese_figures import PORTUGUESE
from appliance.language.rules import rewritten
from appliance.language.spanish_figures import SPANISH

FIGURES: Final[dict[str, Figures]] = {
    figures.code: figures for figures in (GERMAN, FRENCH, SPANISH, ITALIAN, DUTCH, PORTUGUESE)
}
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,12})(?:,\d{1,6})?(?!\w|\.\d)"
)


def in_words(text: str, code: str) -> str:
    """``text`` (no markup) with its numbers as words of the language ``code`` (``de-AT``), where
    it is known here or to num2words; else as it is, and the voice reads them itself. Idempotent."""
    figures = FIGURES.get(code[:2])
    if figures is None:
        return _numbers_in_words(text, code)
    text = rewritten(text, first_rules(figures))
    if figures.code in damga_reader.LANGUAGES:
        text = damga_reader.in_words(text, figures.code)
    return rewritten(_numbers_in_words(text, code), last_rules(figures))


def _numbers_in_words(text: str, code: str) -> str:
    code = code.replace("-", "_")
    code = code if code in CONVERTER_CLASSES else code[:2]
    if code not in CONVERTER_CLASSES:
        return text
    text = re.sub(r"€\s?(\d{1,12})", r"\1 €", text).replace("€", "Euro")
    text = re.sub(r"\b([01]?\d|2[0-3]):00\b", r"\1", text)
    text = re.sub(r"\b([01]?\d|2[0-3]):([0-5]\d)\b", r"\1 \2", text)
    return _NUMBER.sub(lambda match: _words(match.group(), code), text)


def _words(digits: str, code: str) -> str:
    digits = digits.replace(".", "").replace(",", ".")
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return " ".join(_words(digit, code) for digit in digits if digit != ".")
    try:
        return str(num2words(float(digits) if "." in digits else int(digits), lang=code))
    except (NotImplementedError, OverflowError):
        return digits
