"""English words for a number that has been found: cardinal, ordinal, year, digit by digit.

Which numbers a text holds is found by the rules of ``english_dates.py``, ``english_money.py`` and
their like; ``english_spoken.py`` says in which order.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from num2words import num2words

AMOUNT: Final = (
    r"(?<!\d)(?:[1-9]\d{0,2}(?:,\d{2,3}){0,5},\d{3}(?!\d)(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?)"
)
"""A number with or without separators of thousands and decimals."""
DOT: Final = r"(?:\.(?=\s+[a-z0-9(]|\s?[,;:!?]))?"
"""The full stop of an abbreviation, unless it also ends the sentence."""
COUNTED: Final = (
    r"(?=\s(?!(?:is|was|has|as|this|its|expires|works|does|always|yes|us|plus|unless|times)\b)"
    r"(?:[a-z]{2,15}s|people|children|men|women|staff)\b)"
)
"""What is counted stands behind, so the number before it is an amount and no code."""
_DIGITS: Final = "zero one two three four five six seven eight nine".split()
_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LONG: Final = 12
"""More digits than this are read one by one."""


@lru_cache(maxsize=2048)
def number(digits: str) -> str:
    """``1,250`` -> one thousand two hundred and fifty; ``3.50`` -> three point five zero."""
    whole, _, part = digits.replace(",", "").partition(".")
    if len(whole) > _LONG or (len(whole) > 1 and whole[0] == "0"):
        words = spelled(whole)
    else:
        words = _flat(num2words(int(whole)))
    return f"{words} point {spelled(part)}" if part else words


@lru_cache(maxsize=512)
def ordinal(digits: str) -> str:
    """``22nd`` -> twenty second."""
    return _flat(num2words(int(re.sub(r"\D", "", digits)), to="ordinal"))


@lru_cache(maxsize=512)
def year(digits: str) -> str:
    """``1984`` -> nineteen eighty four."""
    return _flat(num2words(int(digits), to="year"))


def spelled(digits: str) -> str:
    """``204`` -> two zero four."""
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def letters(code: str) -> str:
    """``BA245`` -> B A two four five."""
    return " ".join(_DIGITS[int(char)] if char.isdecimal() else char for char in code)


def plural(words: str) -> str:
    """Of the last of ``words``: nineteen ninety -> nineteen nineties."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def roman(numeral: str) -> int:
    """``VIII`` -> 8."""
    values = [_ROMAN[letter] for letter in numeral]
    after = [*values[1:], 0]
    return sum(-v if v < following else v for v, following in zip(values, after, strict=True))


def _flat(words: object) -> str:
    return str(words).replace("-", " ").replace(",", "")
