"""Numbers, times, money, dates, telephone numbers and abbreviations as English words.

The order of ``_RULES`` matters: whatever is most particular is read first, and leaves words behind
in which no later rule finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from num2words import num2words

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = {
    "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday", "Thu": "Thursday",
    "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday", "Sat": "Saturday", "Sun": "Sunday",
}  # fmt: skip
_MONEY = {
    "£": ("pound", "pounds", "pence"),
    "$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
    "GBP": ("pound", "pounds", "pence"),
    "USD": ("dollar", "dollars", "cents"),
    "EUR": ("euro", "euros", "cents"),
}
_UNITS = {
    "km": ("kilometer", "kilometers"), "m": ("meter", "meters"), "ft": ("foot", "feet"),
    "cm": ("centimeter", "centimeters"), "mm": ("millimeter", "millimeters"),
    "kg": ("kilogram", "kilograms"), "mg": ("milligram", "milligrams"),
    "ml": ("milliliter", "milliliters"), "h": ("hour", "hours"), "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "sec": ("second", "seconds"), "secs": ("second", "seconds"), "%": ("percent", "percent"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
}  # fmt: skip
_FRACTIONS = {"½": "one half", "¼": "one quarter", "¾": "three quarters"}
_DIGITS = "zero one two three four five six seven eight nine".split()

_AMOUNT = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DOT = r"(?:\.(?=\s+[a-z0-9(]|[,;:!?]))?"
"""The full stop of an abbreviation, unless it also ends the sentence."""
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH = rf"(?:{'|'.join([*_MONTHS, 'Sept', *(name[:3] for name in _MONTHS)])})\b{_DOT}"
_YEAR = r"(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
_DAY_NAME = rf"(?:{'|'.join([*dict.fromkeys(_DAYS.values()), *sorted(_DAYS, key=len)[::-1]])})\b"

Words = str | Callable[[re.Match[str]], str]


def in_words(text: str) -> str:
    """``text`` (no markup) with all its figures as words. Idempotent."""
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return text


def number(digits: str) -> str:
    """``1,250`` -> one thousand two hundred and fifty; ``3.50`` -> three point five zero."""
    whole, _, part = digits.replace(",", "").partition(".")
    if len(whole) > 12 or (len(whole) > 1 and whole[0] == "0"):
        words = _spelled(whole)
    else:
        words = _flat(num2words(int(whole)))
    return f"{words} point {_spelled(part)}" if part else words


def _ordinal(digits: str) -> str:
    return _flat(num2words(int(re.sub(r"\D", "", digits)), to="ordinal"))


def _year(digits: str) -> str:
    return _flat(num2words(int(digits), to="year"))


def _flat(words: object) -> str:
    return str(words).replace("-", " ").replace(",", "")


def _spelled(digits: str) -> str:
    return " ".join(_DIGITS[int(digit)] for digit in digits)


def _telephone(match: re.Match[str]) -> str:
    """``020 7946 0000`` digit by digit, a short rest between the groups."""
    text = match.group()
    groups = re.findall(r"\d+", text)
    count = sum(map(len, groups))
    if not (count >= 8 or (count == 7 and (text[0] in "0+(" or "-" in text))):
        return text
    return ("plus " if text.startswith("+") else "") + ", ".join(map(_spelled, groups))


def _email(match: re.Match[str]) -> str:
    said = match.group().replace("@", " at ").replace(".", " dot ")
    return said.replace("-", " dash ").replace("_", " underscore ").replace("+", " plus ")


def _time(match: re.Match[str]) -> str:
    """``9:30 am`` -> nine thirty AM; ``17:00`` -> five PM; ``9:00`` -> nine o'clock."""
    parts = match.groupdict()
    hour, minute = int(parts["hour"]), parts["minute"] or "00"
    half = (parts.get("half") or ("p" if hour > 12 else "")).upper()
    said = (parts.get("before") or "") + (number(str((hour - 1) % 12 + 1)) if hour else "twelve")
    if minute != "00":
        said += f" oh {number(minute[1])}" if minute[0] == "0" else f" {number(minute)}"
    if half:
        return f"{said} {half}M"
    return f"{said} AM" if hour == 0 else said if minute != "00" else f"{said} o'clock"


def _date(match: re.Match[str]) -> str:
    """``3 May 2026`` -> the third of May twenty twenty six; ``May 3`` -> May third."""
    name = match["month"].rstrip(".")
    month = next(full for full in _MONTHS if full.startswith(name[:3]))
    year = f" {_year(match['year'])}" if match["year"] else ""
    if "article" in match.groupdict():
        return f"{match['article'] or 'the '}{_ordinal(match['day'])} of {month}{year}"
    return f"{month} {_ordinal(match['day'])}{year}"


def _iso_date(match: re.Match[str]) -> str:
    month = _MONTHS[int(match["month"]) - 1]
    return f"the {_ordinal(match['day'])} of {month} {_year(match['year'])}"


def _money(match: re.Match[str]) -> str:
    """``£40`` -> forty pounds; ``$5.50`` -> five dollars and fifty cents."""
    one, many, small = _MONEY[match["sign"]]
    amount = match["amount"]
    whole, _, part = amount.partition(".")
    if match["scale"]:
        return f"{number(amount)} {match['scale']} {many}"
    if part and len(part) != 2:
        return f"{number(amount)} {many}"
    said = f"{number(whole)} {one if whole == '1' else many}"
    if not part.strip("0"):
        return said
    rest = f"{number(str(int(part)))} {small}"
    return rest if whole == "0" else f"{said} and {rest}"


def _unit(match: re.Match[str]) -> str:
    one, many = _UNITS[match["unit"]]
    return f"{number(match['amount'])} {one if match['amount'] == '1' else many}"


def _day_name(match: re.Match[str]) -> str:
    return _DAYS.get(match["day"], match["day"])


def _rule(pattern: str, words: Words, flags: int = 0) -> tuple[re.Pattern[str], Words]:
    return re.compile(pattern, flags), words


def _units() -> str:
    return "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))


_HOUR = r"(?P<hour>[01]?\d|2[0-3])"
_SCALE = r"(?:\s?(?P<scale>thousand|million|billion)\b)?"
_RULES: list[tuple[re.Pattern[str], Words]] = [
    # addresses of the internet
    _rule(r"[\w.+-]*\w@\w[\w-]*(?:\.\w[\w-]*)*", _email),
    _rule(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|eu|uk|ie|de|example)\b", _email),
    # dates and times
    _rule(r"\b(?P<year>\d{4})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])\b", _iso_date),
    _rule(rf"\b(?P<article>the\s)?(?P<day>{_DAY})\s(?:of\s)?(?P<month>{_MONTH}){_YEAR}", _date),
    _rule(rf"\b(?P<month>{_MONTH})\s(?P<day>{_DAY})\b(?![:.]\d|\s?[ap]\.?m\b){_YEAR}", _date),
    _rule(rf"\b({_DAY_NAME})\.?\s?[-–]\s?(?={_DAY_NAME})", r"\1 to "),
    _rule(r"\b(?P<day>Mon|Tues?|Wed|Thu(?:rs?)?|Fri)\b\.?", _day_name),
    _rule(r"\b(?P<day>Sat|Sun)\b(?:\.(?=\s)|(?=[:,]?\s\d|\s(?:and|to)\b|$))", _day_name),
    _rule(r"(?<=\d)(\s?[ap]\.?m\.?)?\s?[-–]\s?(?=\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b))", r"\1 to "),
    _rule(
        rf"(?<![\d:.,]){_HOUR}(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[apAP])\.?\s?[mM]\b{_DOT}",
        _time,
    ),
    _rule(rf"(?<![\d:.,]){_HOUR}:(?P<minute>[0-5]\d)(?![\d:])", _time),
    _rule(
        rf"(?P<before>\b(?:at|from|until|till|to|by|before|after|between)\s){_HOUR}\."
        r"(?P<minute>[0-5]\d)(?![\d.]|\s?(?:%|percent|million))",
        _time,
        re.IGNORECASE,
    ),
    _rule(r"\b24/7\b", "twenty four hours a day"),
    # ranges and numbers that are spelled
    _rule(r"\b((?:19|20)\d\d)\s?[-–]\s?((?:19|20)\d\d)\b(?![-\d])", r"\1 to \2"),
    _rule(r"(?<![\w.,])\+?\(?\d[\d ()/-]{5,}\d\b(?![.,]\d)|\b\d{3}\.\d{3}\.\d{4}\b", _telephone),
    _rule(
        r"\b(?P<before>(?:call|dial|ring|extension|code|pin|room|press|number)\s)(?P<digits>\d{3,6})\b",
        lambda match: match["before"] + _spelled(match["digits"]),
        re.IGNORECASE,
    ),
    _rule(r"(?<![\d.,])(?:911|999|112)(?![\d.,]\d|\d)", lambda match: _spelled(match.group())),
    # money, units, ordinals
    _rule(r"(?<=\d)\s?[-–]\s?(?=[£$€]?\d)", " to "),
    _rule(rf"(?P<sign>[£$€])\s?(?P<amount>{_AMOUNT}){_SCALE}", _money),
    _rule(rf"(?P<amount>{_AMOUNT}){_SCALE}\s?(?P<sign>[£$€]|GBP\b|USD\b|EUR\b)", _money),
    _rule(rf"(?P<amount>{_AMOUNT})\s?(?P<unit>{_units()})(?!\w)", _unit),
    _rule(r"\b(\d{1,4})(?:st|nd|rd|th)\b", lambda match: _ordinal(match[1])),
    _rule(r"(?:\bNos?\.\s?|#\s?|№\s?)(?=\d)", "number ", re.IGNORECASE),
    # abbreviations
    _rule(r"\bDr\b\.?(?=\s+[A-Z])", "Doctor"),
    _rule(r"\bProf\b\.?(?=\s+[A-Z])", "Professor"),
    _rule(r"\bMr\b\.?(?=\s)", "Mister"),
    _rule(r"\bMrs\b\.?(?=\s)", "Missus"),
    _rule(r"\bMs\b\.(?=\s)", "Ms"),
    _rule(rf"\b([A-Z]\w+\s)St\b(?=\.|[,;:!?]|\s+[a-z]|$){_DOT}", r"\1Street"),
    _rule(r"\bSt\b\.?(?=\s+[A-Z])", "Saint"),
    _rule(rf"(?<=[a-z]\s)Rd\b{_DOT}", "Road"),
    _rule(rf"(?<=[a-z]\s)Ave\b{_DOT}", "Avenue"),
    _rule(r"\be\.\s?g\.,?", "for example", re.IGNORECASE),
    _rule(r"\bi\.\s?e\.,?", "that is", re.IGNORECASE),
    _rule(rf"\b(?i:etc)\b{_DOT}", "and so on"),
    _rule(r"\bapprox\b\.?", "about", re.IGNORECASE),
    _rule(r"\bvs\b\.?", "versus", re.IGNORECASE),
    _rule(r"\bext\b\.?(?=\s)", "extension", re.IGNORECASE),
    _rule(r"\btel\b\.?(?=[\s:])", "telephone", re.IGNORECASE),
    _rule(rf"\b([apAP])\.\s?[mM]\b{_DOT}", lambda match: match[1].upper() + "M"),
    # what is left of signs and figures
    _rule("[½¼¾]", lambda match: f" {_FRACTIONS[match.group()]} "),
    _rule(r"(?<![\w.])([-−])(?=\d)", "minus "),
    _rule(r"(?<![\d.,])(?:19|20)\d\d(?![\d,]*\d|\.\d)", lambda match: f" {_year(match.group())} "),
    _rule(_AMOUNT, lambda match: f" {number(match.group())} "),
    _rule("[£$€]", lambda match: f" {_MONEY[match.group()][1]} "),
    _rule("&", " and "),
    _rule(r"\+", " plus "),
    _rule("=", " equals "),
    _rule("%", " percent "),
    _rule("@", " at "),
    _rule("[#/]", " "),
]
