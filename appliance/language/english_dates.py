"""Dates, days, decades and years in English.

A date in figures is read as the country of the agent writes it (``3/5``: the third of May, or
March fifth in the United States), unless only one order makes a date of it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from appliance.language.english_numbers import COUNTED, DOT, number, ordinal, plural, year
from appliance.language.rules import Rule, rule

_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_DAYS: Final = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Weds": "Wednesday",
    "Thu": "Thursday", "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday",
    "Sun": "Sunday",
}  # fmt: skip
_DAY: Final = r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_MONTH: Final = rf"(?:{'|'.join([*_MONTHS, 'Sept', *(name[:3] for name in _MONTHS)])})\b{DOT}"
_ANY_YEAR: Final = r"(?:1\d|20)\d\d"
_YEAR: Final = rf"(?:,?\s(?P<year>{_ANY_YEAR})\b(?!:|\.\d))?"
_DAY_NAME: Final = rf"(?:{'|'.join([*dict.fromkeys(_DAYS.values()), *sorted(_DAYS)[::-1]])})\b"
_TO: Final = r"\s?(?:[-–—]|\bto\b|\buntil\b|\btill\b)\s?"
_THE: Final = r"(?P<article>\b[Tt]he\s)?"
_NOT_TIME: Final = r"(?![:.]\d|\s?[ap]\.?m\b)"
_ON: Final = (
    r"(?P<before>\b(?:on|by|until|till|from|before|after|since|closed|due|dated?"
    rf"|born|starting|starts|ends|expires|{_DAY_NAME}),?\s)"
)
_CENTURIES: Final = r"\b(?P<before>(?:in|since|from|until|till|before|after|by|around|year|of)\s)"
_PAST: Final = r"(?P<year>1[0-8]\d\d)(?=[.,;:!?)]?(?:\s(?:and|to|by|with|at|the|when|but|he|she|it"
_PAST_END: Final = r"|they|was|as|on|in|AD|A\.D|BC|CE)\b|\s[A-Z]|$|\s?[)-]))(?!,\d|\.\d)"


def _name(month: str) -> str:
    return next(full for full in _MONTHS if full.startswith(month.rstrip(".")[:3]))


def _full_year(digits: str | None) -> str:
    if not digits:
        return ""
    short = len(digits) == 2
    return " " + year(("20" if int(digits) < 50 else "19") + digits if short else digits)


def _said(day: str, month: str, year_digits: str | None, *, month_first: bool) -> str:
    if month_first:
        return f"{month} {ordinal(day)}{_full_year(year_digits)}"
    return f"the {ordinal(day)} of {month}{_full_year(year_digits)}"


def _date(match: re.Match[str]) -> str:
    """``3 May 2026`` -> the third of May twenty twenty six; ``May 3`` -> May third."""
    month, found = _name(match["month"]), match.groupdict()
    article = found.get("article")
    said = _said(match["day"], month, found.get("year"), month_first="article" not in found)
    return f"{article}{said[4:]}" if article else said


def _days_of(match: re.Match[str]) -> str:
    """``3-5 May`` -> the third to the fifth of May."""
    joint = "and" if match["joint"].strip() in ("and", "&") else "to"
    end = f"{_name(match['month'])}{_full_year(match['year'])}"
    article = match["article"] or "the "
    return f"{article}{ordinal(match['day'])} {joint} the {ordinal(match['last'])} of {end}"


def _month_days(match: re.Match[str]) -> str:
    """``December 24-26`` -> December twenty fourth to twenty sixth."""
    joint = "and" if match["joint"].strip() in ("and", "&") else "to"
    days = f"{ordinal(match['day'])} {joint} {ordinal(match['last'])}"
    return f"{_name(match['month'])} {days}{_full_year(match['year'])}"


def _iso(match: re.Match[str]) -> str:
    month, day = int(match["month"]), int(match["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match.group()
    said = _said(match["day"], _MONTHS[month - 1], match["year"], month_first=False)
    return f"{said} at " if match.group().endswith("T") else said


def _figures(match: re.Match[str], month_first: bool) -> str:
    """``14/03/2026`` in the order that makes a date; as it is where none does."""
    found = match.groupdict()
    before = found.get("before") or ""
    first, second = int(match["first"]), int(match["second"])
    if found.get("sign") == ".":
        month_first = False
    if first > 12 or second > 12:
        month_first = second > 12
    day, month = (second, first) if month_first else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return match.group()
    said = _said(str(day), _MONTHS[month - 1], found.get("year"), month_first=month_first)
    if before.lower().endswith("the ") and said.startswith("the "):
        said = said[4:]
    return before + said


def _clear(match: re.Match[str]) -> str:
    """``25/12`` and ``12/25``: one of both can be no month, so it is a date in any country."""
    first, second = int(match["first"]), int(match["second"])
    if (first > 12) == (second > 12) or not 1 <= min(first, second) <= 12:
        return match.group()
    return _figures(match, month_first=second > 12)


def _decade(match: re.Match[str]) -> str:
    digits = match["decade"]
    if len(digits) == 2 or digits[2:] != "00":
        return plural(year(digits) if len(digits) == 4 else number(digits))
    return plural("two thousand" if digits == "2000" else year(digits))


def _day_name(match: re.Match[str]) -> str:
    return _DAYS.get(match["day"], match["day"])


def _years(match: re.Match[str]) -> str:
    """``2019-21`` -> twenty nineteen to twenty twenty one."""
    last = match["last"]
    return f"{year(match['year'])} to {year(match['year'][:2] + last if len(last) == 2 else last)}"


def day_rules(month_first: bool) -> tuple[Rule, ...]:
    """Dates; ``month_first`` where ``3/5`` is in March."""
    figures = partial(_figures, month_first=month_first)
    first, second = r"(?P<first>\d{1,2})", r"(?P<second>\d{1,2})(?![\d%])"
    return (
        # in figures
        rule(rf"(?<![\d.,/-])(?P<year>{_ANY_YEAR})(?P<sign>[-/.])(?P<month>\d{{1,2}})(?P=sign)"
             r"(?P<day>\d{1,2})(?![\d/-]|\.\d)(?:T(?=\d))?", _iso),
        rule(rf"(?P<before>\b[Tt]he\s)?(?<![\d.,/-]){first}(?P<sign>[/.-])(?P<second>\d{{1,2}})"
             rf"(?P=sign)(?P<year>{_ANY_YEAR})(?![\d/-]|\.\d)", figures),
        rule(rf"(?P<before>\b[Tt]he\s)?(?<![\d.,/-]){first}(?P<sign>/){second}/"
             r"(?P<year>\d\d)(?![\d/-])", figures),
        rule(r"(?P<before>\b[Tt]he\s)?(?<![\d.,/-])(?P<first>\d\d)(?P<sign>\.)(?P<second>\d\d)\."
             r"(?P<year>\d\d)(?![\d/-]|\.\d)", figures),
        rule(rf"(?<![\d.,/-])(?P<a>\d{{1,2}}/\d{{1,2}}){_TO}(?P<b>\d{{1,2}}/\d{{1,2}})(?![\d/])",
             lambda match: _range(match, month_first)),
        rule(rf"{_ON}{first}(?P<sign>/){second}(?!/|\s(?:an?|cups?|inch|mile|pint|hours?|price"
             r"|tb?sp)\b)", figures, re.IGNORECASE),
        rule(rf"(?<![\d.,/-]){first}(?P<sign>/){second}(?![/\d])", _clear),
        # with the month's name
        rule(rf"{_THE}(?P<day>{_DAY})(?P<joint>{_TO}|\sand\s|\s&\s)(?:the\s)?(?P<last>{_DAY})"
             rf"\s(?:of\s)?(?P<month>{_MONTH}){_YEAR}", _days_of),
        rule(rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})(?P<joint>{_TO}|\sand\s|\s&\s)"
             rf"(?P<last>{_DAY})\b{_NOT_TIME}(?!\s?(?:{_MONTH})){_YEAR}", _month_days),
        rule(rf"{_THE}(?P<day>{_DAY})\.?-(?P<month>{_MONTH})(?:-(?P<year>{_ANY_YEAR}|\d\d)\b)?",
             _date),
        rule(rf"{_THE}(?P<day>{_DAY})\.?\s(?:of\s)?(?P<month>{_MONTH}){_YEAR}", _date),
        rule(rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})\b{_NOT_TIME}{_YEAR}", _date),
        rule(rf"(?<=[a-z])\s[-–—]\s?(?=(?:{_DAY_NAME},?\s)?(?:{_MONTH})\s\w|the\s\w{{3,14}}"
             rf"(?:\s\w{{3,8}})?\sof\s{_MONTH})", " to "),
        rule(r"\b([Tt]he) the\b", r"\1"),
        # years
        rule(r"(?<![\d.,/-])(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d)(?![\d/-])",
             lambda match: f"{_MONTHS[int(match['month']) - 1]}{_full_year(match['year'])}"),
        rule(rf"(?<![\w.,/-])(?P<year>{_ANY_YEAR})\s?[-–/]\s?(?P<last>{_ANY_YEAR}|\d\d)"
             r"(?![-–/]?\d|\.\d)", _years),
        rule(r"(?<![\w.,])(?P<decade>1\d\d0|20[0-9]0)'?s\b", _decade),
        rule(r"(?<![\w.,])['’‘]?(?P<decade>[2-9]0)'?s\b", _decade),
        rule(rf"{_CENTURIES}{_PAST}{_PAST_END}",
             lambda match: match["before"] + year(match["year"]), re.IGNORECASE),
        rule(r"(?<![\d.,£$€])(?P<year>1[1-9]\d\d|20\d\d)(?=\s?(?:AD|BC|CE|BCE)\b)",
             lambda match: year(match["year"])),
    )  # fmt: skip


def _range(match: re.Match[str], month_first: bool) -> str:
    """``12/24-12/26``: two dates of one order."""
    pairs = [tuple(map(int, match[end].split("/"))) for end in ("a", "b")]
    if any(second > 12 for _, second in pairs):
        month_first = True
    elif any(first > 12 for first, _ in pairs):
        month_first = False
    ordered = [pair[::-1] if month_first else pair for pair in pairs]
    if not all(1 <= month <= 12 and 1 <= day <= 31 for day, month in ordered):
        return match.group()
    said = [_said(str(d), _MONTHS[m - 1], None, month_first=month_first) for d, m in ordered]
    return " to ".join(said)


_UNSURE: Final = "Jan|Mar|Apr|Jun|Jul|Dec"
"""Of these, only in the company of a date: others are written so too."""
NAMES: Final = (
    rule(rf"\b({_DAY_NAME})\.?\s?[-–]\s?(?={_DAY_NAME})", r"\1 to "),
    rule(r"\b(?P<day>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri)\b\.?", _day_name),
    rule(r"\b(?P<day>Sat|Sun)\b(?:\.(?=\s)|(?=[:,]?\s\d|\s?[&/,]|\s(?:and|to|at|from|or)\b|\.?$))",
         _day_name),
    rule(rf"\b({_MONTH})\s?[-–]\s?(?={_MONTH})", r"\1 to "),
    rule(rf"\b(?P<month>Feb|Aug|Sept|Sep|Oct|Nov)\b{DOT}", lambda match: _name(match["month"])),
    rule(rf"\b(?P<month>{_UNSURE})\b{DOT}(?=\s?(?:{_ANY_YEAR}\b|to\s[A-Z]|and\s[A-Z]))",
         lambda match: _name(match["month"])),
    rule(rf"\b(?P<before>(?:in|of|until|till|since|by|from|late|early|to|mid|each|every|next|last)"
         rf"[\s-])(?P<month>{_UNSURE})\b{DOT}",
         lambda match: match["before"] + _name(match["month"])),
)  # fmt: skip
PLAIN_YEARS: Final = (
    rule(rf"(?<![\d.,])(?:19|20)\d\d(?!\d|,\d|\.\d){COUNTED}",
         lambda match: f" {number(match.group())} "),
    rule(r"(?<![\d.,])(?:19|20)\d\d(?!\d|,\d|\.\d)", lambda match: f" {year(match.group())} "),
)  # fmt: skip
