"""Dates, as people say them and as recognisers write them: "the fourteenth of March nineteen eighty
seven", "March 14th, 1987", "14/03/87", "seventeen oh six seventy three"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from appliance.dictation.numbers import number_at
from appliance.dictation.tokens import Token, longest_of, tokens
from appliance.language.dictation_words import DictationWords

FIRST_HALVES: Final = ("19", "20", "1900", "2000")
"""Of years."""


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date, or the parts of it that have been said so far."""

    value: date | None
    start: int
    end: int
    """Places in the transcript."""
    may_go_on: bool
    """Whether the year may still come, or the rest of it: "nineteen ..."."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    """``month``, ``day`` (an ordinal) or ``number``."""
    digits: str
    token: Token
    last: Token


def read_date(
    text: str, known: DictationWords, *, today: date, month_first: bool = False
) -> ReadDate | None:
    """The date in ``text``; None where no part of one was said. A year of two digits is the last
    such year that is not after ``today``'s; a day without a year is one to come."""
    parts = _parts(tokens(text), known)
    if not parts:
        return None
    day, month, year = _understood(parts, month_first)
    value = _date(day, month, year, today)
    may_go_on = not year or (year in FIRST_HALVES and parts[-1].kind == "number")
    return ReadDate(value, parts[0].token.start, parts[-1].last.end, may_go_on)


def _parts(words: list[Token], known: DictationWords) -> list[_Part]:
    parts: list[_Part] = []
    at = 0
    while at < len(words):
        token, size = words[at], longest_of(words, at, known.ordinals)
        if size:
            phrase = " ".join(word.text for word in words[at : at + size])
            parts.append(_Part("day", str(known.ordinals[phrase]), token, words[at + size - 1]))
        elif token.raw[:1].isdigit() and not token.is_figures:
            parts.append(_Part("day", token.text[:-2], token, token))
        elif token.text in known.months and (token.text != "may" or _is_month(words, at, known)):
            parts.append(_Part("month", str(known.months[token.text]), token, token))
        else:
            digits, size = number_at(words, at, known)
            if size:
                parts.append(_Part("number", digits, token, words[at + size - 1]))
        at += max(1, size)
    return parts


def _is_month(words: Sequence[Token], at: int, known: DictationWords) -> bool:
    """ "may" between figures or ordinals, not "may I"."""
    beside = [*words[max(0, at - 2) : at], *words[at + 1 : at + 3]]
    return any(
        word.raw[:1].isdigit() or word.text in known.ordinals or word.text in known.numbers
        for word in beside
    )


def _understood(parts: Sequence[_Part], month_first: bool) -> tuple[str, str, str]:
    """Day, month and year as digits; empty where they were not said."""
    month_at = next((at for at, part in enumerate(parts) if part.kind == "month"), None)
    if month_at is None:
        return _in_figures(parts, month_first)
    before, after = list(parts[:month_at]), list(parts[month_at + 1 :])
    month = parts[month_at].digits
    for side in (before, after):
        for part in side:
            if part.kind == "day":
                side.remove(part)
                return part.digits, month, "".join(each.digits for each in before + after)
    if before and len(before) == 1 and len(before[0].digits) <= 2:
        return before[0].digits, month, "".join(each.digits for each in after)
    if after and len(after[0].digits) <= 2:
        return after[0].digits, month, "".join(each.digits for each in before + after[1:])
    return "", month, "".join(each.digits for each in before + after)


def _in_figures(parts: Sequence[_Part], month_first: bool) -> tuple[str, str, str]:
    ordinals = [part.digits for part in parts if part.kind == "day"]
    rest = "".join(part.digits for part in parts if part.kind != "day")
    if len(ordinals) == 2:
        return ordinals[0], ordinals[1], rest
    groups = [part.digits for part in parts]
    if len(groups) == 3 and len(groups[0]) == 4:
        return groups[2], groups[1], groups[0]
    digits = "".join(groups)
    if len(groups) == 3 and len(groups[2]) in (2, 4) and max(map(len, groups[:2])) <= 2:
        first, second, year = groups
    elif len(digits) == 8 and digits[:2] in ("19", "20") and int(digits[4:6]) <= 12:
        return digits[6:], digits[4:6], digits[:4]
    elif len(digits) in (6, 8):
        first, second, year = digits[:2], digits[2:4], digits[4:]
    else:
        return "", "", ""
    return (second, first, year) if month_first else (first, second, year)


def _date(day: str, month: str, year: str, today: date) -> date | None:
    if not (day and month and len(year) in (0, 2, 4)):
        return None
    if not year:
        years = (_date(day, month, str(today.year + later), today) for later in range(9))
        return next((found for found in years if found is not None and found >= today), None)
    number = int(year)
    if len(year) == 2:
        number += 2000 if 2000 + number <= today.year else 1900
    try:
        return date(number, int(month), int(day))
    except ValueError:
        if int(month) > 12 >= int(day):
            return _date(month, day, year, today)
        return None
