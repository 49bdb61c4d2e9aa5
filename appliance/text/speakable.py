"""Makes text of a language model or of an administrator fit for a voice.

Markup goes out (``markup.py``); numbers, times, money and the like become the words that a person
would say (``english.py``, for other languages ``num2words`` alone), because the pronunciation of
``9:30`` or ``020 7946 0000`` must not be left to chance.
"""

from __future__ import annotations

import re

from num2words import CONVERTER_CLASSES, num2words

from appliance.text.english import english
from appliance.text.markup import plain

_PASSES = 4
"""Taking one thing out may uncover another; few texts need a second pass."""
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,\d{1,6})?(?!\w)")
"""As most languages but English write it: ``1.250,5``."""


def speakable(text: str, language: str = "en") -> str:
    """``text`` as it shall be spoken, one line; empty when it holds nothing to say. Idempotent."""
    for _ in range(_PASSES):
        before, text = text, _pass(text, language)
        if text == before:
            break
    return text if any(char.isalnum() for char in text) else ""


def _pass(text: str, language: str) -> str:
    text = plain(text)
    text = english(text) if language.startswith("en") else _other(text, language)
    return _tidy(text)


def _other(text: str, language: str) -> str:
    """Numbers as words, where num2words knows the language; else the voice reads them itself."""
    code = language.replace("-", "_")
    code = code if code in CONVERTER_CLASSES else code[:2]
    if code not in CONVERTER_CLASSES:
        return text
    text = re.sub(r"€\s?(\d+)", r"\1 €", text).replace("€", "Euro")
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


def _tidy(text: str) -> str:
    """Spaces and punctuation after all that was taken out."""
    text = text.translate({ord("’"): "'", ord("‘"): "'", ord("…"): "..."})
    text = re.sub(r"[“”„«»\"{}<>\[\]^]", " ", text)
    text = re.sub(r"\s*[()]\s*", ", ", text)
    text = re.sub(r"\s+[-–—]+\s+|\s*[–—]+\s*", ", ", text)
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = re.sub(r"[,;:]+(?=[,;:.!?])", "", text)
    text = re.sub(r"([.!?])[,;:]+", r"\1", text)
    return " ".join(text.split()).strip(" ,;:-")
