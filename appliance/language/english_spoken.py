"""English text with all its figures, signs and abbreviations as the words that are said.

The order matters: whatever is most particular is read first, and leaves words behind in which no
later rule finds anything. So an address goes before a date, a date before a time, a time before a
code, and a plain number comes last.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Final

from appliance.language import english_abbreviations, english_codes, english_dates
from appliance.language.english_money import LEFT_OVER, MINUS, MONEY, SIGN_BEHIND
from appliance.language.english_numbers import AMOUNT, number, ordinal
from appliance.language.english_times import TIMES
from appliance.language.english_units import BEFORE_DATES, UNITS
from appliance.language.rules import Rule, rewritten, rule

_FIGURE: Final = re.compile(r"[\d½¼¾⅐-⅞²³⁰¹⁴-⁹]")
_RANGES: Final = (
    rule(r"\b24\s?/\s?7\b", "twenty four hours a day"),
    rule(r"(?<![\d.,-])50\s?[-–]\s?50(?![\d-])", "fifty fifty"),
    rule(r"\b24-7\b", "twenty four seven"),
    rule(r"\b365\b(?=\sdays)", "three hundred and sixty five"),
)
_SIGNS: Final = (
    rule(r"~\s?(?=[£$€]?\d)|≈\s?(?=[£$€]?\d)", "about "),
    rule(r"(?<=\d)\+(?=\s[a-z])", " or more"),
    rule(r"±\s?(?=\d)", " plus or minus "),
    rule(r"≥\s?(?=[£$€]?\d)|>=\s?(?=[£$€]?\d)", " at least "),
    rule(r"≤\s?(?=[£$€]?\d)|<=\s?(?=[£$€]?\d)", " at most "),
    rule(r"(?<=[\w%)])\s?>\s?(?=[£$€]?[\d])", " is greater than "),
    rule(r"(?<=[\w%)])\s?<\s?(?=[£$€]?[\d])", " is less than "),
    rule(r"(?<![\w<>])>\s?(?=[£$€]?\d)", " more than "),
    rule(r"(?<![\w<>])<\s?(?=[£$€]?\d)", " less than "),
    rule(r"√\s?(?=\d)", " the square root of "),
    rule(r"(?<=\d)\s[-−–]\s(?=\d[\d.]{0,9}\s?=)", " minus "),
    rule(r"(?<=\d)\s?[−]\s?(?=\d)", " minus "),
    rule(r"(?<=\d)\s?/\s?(?=\d[\d.]{0,9}\s?=)", " divided by "),
)
_JOINED: Final = (
    rule(r"(?<=\d)\s?[-–—]\s?(?=[£$€]?\d)", " to "),
    rule(r"(?<=\d[%°])\s?[-–—]\s?(?=\d)", " to "),
)
_HYPHENS: Final = (rule(r"(?<=\d)-(?=[A-Za-z])|(?<=[A-Za-z])-(?=\d)", " "),)
_ORDINALS: Final = (
    rule(r"(?<![\d.,])(\d{1,6})(?:st|nd|rd|th|ST|ND|RD|TH)\b",
         lambda match: f"{ordinal(match[1])} "),
    rule(r"(?<=\w)\s{2,}", " "),
)  # fmt: skip
_LEFT: Final = (
    rule(r"(?<![\w.])[-−](?=\.?\d)", "minus "),
    rule(r"(?<![\d.])\.(?=\d)", " point "),
    rule(AMOUNT, lambda match: f" {number(match.group())} "),
    rule(r"\d{1,15}", lambda match: f" {number(match.group())} "),
)
_SIGNS_LEFT: Final = (
    rule(r"\b(he|his|him|yes|true|male|man|mother|mum|mom|mr|s)/(she|hers?|him|no|false|female|woman"
         r"|father|dad|mrs|he)\b", r"\1 or \2", re.IGNORECASE),
    rule(r"(?<=\w)\s?(?:→|⇒|➔|➡|->|=>)\s?(?=\w)", " to "),
    rule(r"(?<=\w)\s?≠\s?(?=\w)", " is not equal to "),
    rule(r"(?<=\w)\s?≈\s?(?=\w)", " is about "),
    rule(r"\bmmHg\b", "millimeters of mercury"),
    rule("[×]", " times "), rule("÷", " divided by "), rule("∞", " infinity "),
    rule("π", " pi "), rule("µ", " micro "), LEFT_OVER,
    rule("&", " and "), rule(r"(?<=\bC)\+\+", " plus plus"), rule(r"\+", " plus "),
    rule("=", " equals "), rule("%", " percent "), rule("@", " at "), rule("°", " degrees "),
    rule("²", " squared "), rule("³", " cubed "),
    rule("[#/~→←↑↓⇒⇐≥≤≈≠±√¢‰§№−]", " "),
)  # fmt: skip


def in_words(text: str, region: str = "GB") -> str:
    """``text`` (no markup) with all its figures as words, dates as ``region`` (``US`` or another)
    writes them. Idempotent."""
    opening, figures, closing = _rules(region == "US")
    text = rewritten(text, opening)
    if _FIGURE.search(text):
        text = rewritten(text, figures)
    return rewritten(text, closing)


american: Final = partial(in_words, region="US")


@lru_cache(maxsize=2)
def _rules(american: bool) -> tuple[tuple[Rule, ...], ...]:
    """What goes first, what needs a figure, and what is left of abbreviations and signs."""
    keys = english_codes.key_rules("pound" if american else "hash")
    opening = (*english_codes.ADDRESSES, *english_abbreviations.FIRST)
    figures = (
        *_RANGES, *BEFORE_DATES, *_SIGNS,
        *english_dates.NAMES, *english_dates.day_rules(month_first=american), *TIMES,
        SIGN_BEHIND, MINUS, *keys, *english_codes.NUMBERS,
        *_JOINED, *MONEY, *UNITS, *_HYPHENS, *_ORDINALS, *english_dates.PLAIN_YEARS, *_LEFT,
    )  # fmt: skip
    closing = (
        *english_dates.NAMES, *keys,
        *english_abbreviations.LATER, *_SIGNS_LEFT,
    )  # fmt: skip
    return opening, figures, closing
