"""Numbers as words by ``num2words`` alone: for languages without rules of their own.

Written as most languages but English write them: ``1.250,5``.
"""

from __future__ import annotations

import re

from num2words import CONVERTER_CLASSES, num2words

_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:\.\d{3})+|\d{1,12})(?:,\d{1,6})?(?!\w)")


def in_words(text: str, code: str) -> str:
    """``text`` (no markup) with its numbers as words of the language ``code`` (``de-AT``), where
    num2words knows it; else as it is, and the voice reads them itself. Idempotent."""
    code = code.replace("-", "_")
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
