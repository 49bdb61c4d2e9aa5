"""Times of the day in English, and what goes from one of them to another."""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_numbers import DOT, number
from appliance.language.rules import rule

_HOUR: Final = r"(?<!\d)(?P<hour>[01]?\d|2[0-3])"
_MINUTE: Final = r"(?P<minute>[0-5]\d)"
_HALF: Final = rf"\s?(?P<half>[apAP])\.?\s?[mM]\b{DOT}"
_UNIT: Final = (
    r"\s?(?:%|[£$€]|percent|million|billion|dollars?|euros?|pounds?|pence|cents?"
    r"|met(?:er|re)s?|miles?|km|kg|cm|mm|mg|ml|degrees?|[°x×]|times|points?|each|per|litres?"
    r"|liters?|m|g|l|hours?|years?|stars?)(?!\w)"
)
_AMOUNT: Final = rf"(?!\d|[.,]\d|{_UNIT}|\s?(?:and|to|-|–)\s?\d{{1,4}}(?:\.\d\d?)?(?:{_UNIT}))"
"""What stands behind a number with a dot that is no time."""
_AT: Final = (
    r"(?P<before>\b(?:at|from|until|till|to|by|before|after|between|opens?|closes?|since|and"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w{0,6}),?\s)"
)
_TO: Final = r"(?P<to>\s?[-–—]\s?|\s(?:to|until|till|and)\s)"


def _clock(hour: int, minute: str, half: str) -> str:
    said = number(str((hour - 1) % 12 + 1)) if hour else "twelve"
    if minute != "00":
        said += f" oh {number(minute[1])}" if minute[0] == "0" else f" {number(minute)}"
    if half:
        return f"{said} {half}M"
    if hour == 0:
        return f"{said} AM" if minute != "00" else "midnight"
    return said if minute != "00" else f"{said} o'clock"


def _time(match: re.Match[str]) -> str:
    """``9:30 am`` -> nine thirty AM; ``17:00`` -> five PM; ``9:00`` -> nine o'clock."""
    parts = match.groupdict()
    hour = int(parts["hour"])
    half = (parts.get("half") or ("p" if hour > 12 else "")).upper()
    if hour == 0 and half:
        half = half.upper()
    return (parts.get("before") or "") + _clock(hour, parts["minute"] or "00", half)


def _dotted_range(match: re.Match[str]) -> str:
    """``9.00 - 17.00``: two times, because both have minutes."""
    ends = []
    for hour, minute in (("hour", "minute"), ("last", "end")):
        value = int(match[hour])
        ends.append(_clock(value, match[minute], "P" if value > 12 else ""))
    joint = " and " if "and" in match["to"] else " to "
    return joint.join(ends)


def _with_seconds(match: re.Match[str]) -> str:
    seconds = int(match["second"])
    rest = f" and {number(str(seconds))} second{'s' if seconds != 1 else ''}" if seconds else ""
    return (
        _clock(int(match["hour"]), match["minute"], "P" if int(match["hour"]) > 12 else "") + rest
    )


def _military(match: re.Match[str]) -> str:
    """``1330 hours`` -> thirteen thirty hours; ``0900 hours`` -> oh nine hundred hours."""
    hour, minute = match["hour"], match["minute"]
    said = f"oh {number(hour[1])}" if hour[0] == "0" else number(hour)
    if minute == "00":
        return f"{said} hundred hours"
    return f"{said} {'oh ' + number(minute[1]) if minute[0] == '0' else number(minute)} hours"


_BEHIND: Final = r"(?:(?P<ish>-?ish)|\s?(?:hrs|hr|h|uhr)(?![\w.])|\s?(?:hrs|hr|h)\.(?=\s[a-z]))?"

TIMES: Final = (
    rule(r"(?:(?<=\d)|(?<=\d[ap]m)|(?<=\d\s[ap]m)|(?<=[ap]\.m\.)|(?<=noon)|(?<=midnight))"
         r"\s?[-–—]\s?(?=(?:noon|midnight|midday|late|dusk|dawn|close|closing)\b)", " to ",
         re.IGNORECASE),
    rule(r"(?<![\w-])(noon|midnight|midday|dawn|[ap]\.?m\.?)\s?[-–—]\s?(?=\d)", r"\1 to ",
         re.IGNORECASE),
    rule(r"(?<=\d)(\s?[ap]\.?m\.?)?\s?[-–—]\s?(?=\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|\d{1,2}:\d\d"
         r"(?!\d))", r"\1 to ", re.IGNORECASE),
    rule(r"(?<![\d:.,])(?:24[:.]00)(?![\d:])(?:\s?(?:hrs|hours|h)\b)?", "midnight"),
    rule(rf"(?<![\d:.,/£$€-]){_HOUR}{_MINUTE}\s?(?:hours|hrs|hr|h)\b", _military),
    rule(rf"(?<![\d:.,£$€-]){_HOUR}\.{_MINUTE}(?=\s(?:to|until|till)\s\d{{1,2}}(?:[.:]\d\d)?\s?[ap]"
         rf"\.?m\b|\s(?:on|every|each)\s(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|week|day|morning))", _time),
    rule(rf"(?<![\d:.,]){_HOUR}(?:[:.]{_MINUTE})?{_HALF}", _time),
    rule(rf"(?<![\d:.,]){_HOUR}:{_MINUTE}:(?P<second>[0-5]\d)(?![\d:])", _with_seconds),
    rule(rf"(?<![\d:.,]){_HOUR}:{_MINUTE}(?![\d:]){_BEHIND}",
         lambda match: _time(match) + (" ish" if match["ish"] else "")),
    rule(rf"(?<![\d:.,]){_HOUR}h{_MINUTE}(?!\w)", _time),
    rule(rf"(?<![\d:.,£$€-]){_HOUR}\.{_MINUTE}{_TO}(?P<last>[01]?\d|2[0-3])\.(?P<end>[0-5]\d)"
         rf"{_AMOUNT}", _dotted_range),
    rule(rf"{_AT}{_HOUR}\.{_MINUTE}{_AMOUNT}(?:ish\b|\s?(?:hrs|h)\b)?", _time, re.IGNORECASE),
    rule(rf"(?<![\d:.,£$€-])(?P<hour>0\d)\.{_MINUTE}{_AMOUNT}(?=\W|$)", _time),
    rule(r"\b([apAP])\.\s?[mM]\b" + DOT, lambda match: match[1].upper() + "M"),
    rule(r"(?<![\d:.,])(\d{1,2})-?(?=ish\b)", lambda match: number(match[1]) + " "),
)  # fmt: skip
