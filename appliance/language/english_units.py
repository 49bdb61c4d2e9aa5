"""Units, fractions, ratios and signs of reckoning in English."""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_numbers import AMOUNT, number, ordinal
from appliance.language.rules import either, rule


def _regular(**names: str) -> dict[str, tuple[str, str]]:
    return {unit: (name, f"{name}s") for unit, name in names.items()}


_UNITS: Final = {
    **_regular(
        km="kilometer", m="meter", cm="centimeter", mm="millimeter", kg="kilogram", mg="milligram",
        mcg="microgram", ml="milliliter", mL="milliliter", cl="centiliter", dl="deciliter",
        l="liter", L="liter", g="gram", h="hour", hr="hour", hrs="hour", min="minute",
        mins="minute", sec="second", secs="second", s="second", ms="millisecond", oz="ounce",
        lb="pound", lbs="pound", gal="gallon", qt="quart", pt="pint", mi="mile", yd="yard",
        yds="yard", tsp="teaspoon", tbsp="tablespoon", tbs="tablespoon", wk="week", wks="week",
        yr="year", yrs="year", mo="month", mos="month", mth="month", mths="month", kW="kilowatt",
        kWh="kilowatt hour", W="watt", V="volt", A="amp", mA="milliamp", mAh="milliamp hour",
        kB="kilobyte", KB="kilobyte", MB="megabyte", GB="gigabyte", TB="terabyte", px="pixel",
        dB="decibel", kcal="kilocalorie", cal="calorie", pcs="piece", pc="piece", ha="hectare",
        psi="pound per square inch", rpm="revolution per minute", bpm="beat per minute",
        kPa="kilopascal", hPa="hectopascal", kJ="kilojoule", kN="kilonewton", dpi="dot per inch",
        kbps="kilobit per second", Mbps="megabit per second", Gbps="gigabit per second",
        IU="international unit", mmol="millimole", acre="acre",
    ),
    "µg": ("microgram", "micrograms"), "μg": ("microgram", "micrograms"),
    "µm": ("micrometer", "micrometers"), "μm": ("micrometer", "micrometers"),
    "nm": ("nanometer", "nanometers"), "ft": ("foot", "feet"), "mph": ("mile per hour",
    "miles per hour"), "kph": ("kilometer per hour", "kilometers per hour"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "%": ("percent", "percent"), "‰": ("per mille",) * 2,
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "° C": ("degree Celsius", "degrees Celsius"), "°": ("degree", "degrees"),
    "° F": ("degree Fahrenheit", "degrees Fahrenheit"), "mmHg": ("millimeter of mercury",
    "millimeters of mercury"), "in²": ("square inch", "square inches"),
    "sq ft": ("square foot", "square feet"), "sq. ft.": ("square foot", "square feet"),
    "sq ft.": ("square foot", "square feet"), "sq. ft": ("square foot", "square feet"),
    "sq m": ("square meter", "square meters"), "sqm": ("square meter", "square meters"),
    "sqft": ("square foot", "square feet"), "fl oz": ("fluid ounce", "fluid ounces"),
    "fl. oz.": ("fluid ounce", "fluid ounces"), "sq mi": ("square mile", "square miles"),
    "cc": ("cubic centimeter", "cubic centimeters"), "cbm": ("cubic meter", "cubic meters"),
    "Mbit/s": ("megabit per second", "megabits per second"),
}  # fmt: skip
_POWERS: Final = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LENGTHS: Final = ("m", "cm", "mm", "km", "ft", "mi", "yd")
_ALL: Final = _UNITS | {
    f"{unit}{power}": tuple(f"{word} {name}" for name in _UNITS[unit])
    for unit in _LENGTHS
    for power, word in _POWERS.items()
}
_SPACED: Final = set(_ALL) - {"A", "V", "W", "L"}
"""Units that a space may part from the figures: "platform 5 A" is none."""
_SMALL: Final = (
    "min mins sec secs oz lb lbs ft gal qt pt hr hrs wk wks yr yrs tsp tbsp mo mos approx"
)
_DOTTED: Final = either(_SMALL.split())
"""Units that are written with a full stop."""
_NUMBER: Final = rf"(?P<amount>{AMOUNT})"
_UNIT: Final = rf"(?P<unit>{either(_ALL)})"
_FRACTION_NAMES: Final = {2: "half", 3: "third", 4: "quarter", 8: "eighth"}
_SIGNS: Final = {
    "½": (1, 2), "¼": (1, 4), "¾": (3, 4), "⅓": (1, 3), "⅔": (2, 3), "⅛": (1, 8), "⅜": (3, 8),
    "⅝": (5, 8), "⅞": (7, 8), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5), "⅙": (1, 6),
    "⅚": (5, 6), "⅐": (1, 7), "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_FRACTION: Final = rf"(?P<over>[{''.join(_SIGNS)}])"
_MEASURED: Final = (
    r"\s(?P<noun>hour|mile|day|pint|dozen|cup|litre|liter|gallon|pound|ounce|inch|acre|teaspoon"
    r"|tablespoon|year|minute|second|kilo|tablet|pill|page|ton)\b"
)


def _unit(match: re.Match[str]) -> str:
    one, many = _ALL[match["unit"]]
    return f"{number(match['amount'])} {_singular_or(one, many, match['amount'])}"


def _count(digits: str, unit: str) -> str:
    return f"{number(str(int(digits)))} {unit}{'' if int(digits) == 1 else 's'}"


def _singular_or(one: str, many: str, amount: str) -> str:
    if amount == "1":
        return one
    head, per, rest = one.partition(" per ")
    if many == f"{one}s" and per:
        return f"{head}s{per}{rest}"  # megabits per second
    return many


def _per_unit(match: re.Match[str]) -> str:
    """``100 km/h`` -> one hundred kilometers per hour."""
    one, many = _ALL[match["unit"]]
    said = _singular_or(one, many, match["amount"])
    return f"{number(match['amount'])} {said} per {_ALL[match['each']][0]}"


def _fraction(over: int, under: int) -> str:
    name = _FRACTION_NAMES.get(under) or ordinal(str(under))
    if over == 1:
        return f"one {name}"
    return f"{number(str(over))} {'halves' if under == 2 else name + 's'}"


def _mixed(match: re.Match[str]) -> str:
    """``2 1/2`` and ``2½`` -> two and a half."""
    sign = match.groupdict().get("sign")
    over, under = _SIGNS[sign] if sign else (int(match["top"]), int(match["bottom"]))
    said = _fraction(over, under)
    return f"{number(match['whole'])} and {'a' + said[3:] if over == 1 else said}"


def _sign(match: re.Match[str]) -> str:
    return f" {_fraction(*_SIGNS[match['over']])} "


def _half_a(match: re.Match[str]) -> str:
    """``1/2 hour`` -> half an hour."""
    article = "an" if match["noun"][0] in "aeiou" or match["noun"] == "hour" else "a"
    return f"half {article} {match['noun']}"


def _over(match: re.Match[str]) -> str:
    """``1/4`` -> one quarter; ``7/10`` -> seven out of ten; ``120/80`` -> ... over ..."""
    over, under = int(match["top"]), int(match["bottom"])
    if (over, under) in ((50, 50), (9, 11)):
        return f"{number(match['top'])} {number(match['bottom'])}"
    if over >= under or under > 100 or match["top"][0] == "0" or under == 1:
        return f"{number(match['top'])} over {number(match['bottom'])}"
    if under in (5, 10, 20, 25, 30, 40, 50, 60, 100) or under > 16:
        return f"{number(match['top'])} out of {number(match['bottom'])}"
    return _fraction(over, under)


def _feet(match: re.Match[str]) -> str:
    inches = match.groupdict().get("inches")
    feet = number(match["feet"])
    if inches:
        return f"{feet} foot {number(inches)}"
    return f"{feet} {'foot' if match['feet'] == '1' else 'feet'}"


def _inches(match: re.Match[str]) -> str:
    if match["mark"] == '"' and match.string.count('"', 0, match.start()) % 2:
        return match.group()  # it ends what is quoted
    return f"{number(match['amount'])} {'inch' if match['amount'] == '1' else 'inches'}"


def _power(match: re.Match[str]) -> str:
    base, power = match["base"], match["power"].translate(_RAISED)
    if base in _LENGTHS and power in _POWERS:
        return f"{_POWERS[power]} {_UNITS[base][1]}"
    said = number(base) if base.isdecimal() else " ".join(base)
    named = {"2": "squared", "3": "cubed"}.get(power)
    minus, figures = "minus " * power.startswith(("-", "−")), power.lstrip("-−")
    return f"{said} {named or 'to the power of ' + minus + number(figures)}"


def _times(match: re.Match[str]) -> str:
    return f"{number(match['amount'])} {'time' if match['amount'] == '1' else 'times'}"


_NUMBERED: Final = (
    r"\b(?P<what>(?:seats?|gate|row|flat|apartment|apt|suite|unit|room|platform|bus|class|year|block"
    r"|floor|house|number|plot|bay|ward|desk|stand|box|hall|level|exit|zone|route|line|form|type)\s)"
)
_TOP: Final = r"(?<![\d.,/:-])(?P<top>\d{1,3})/(?P<bottom>\d{1,3})(?![\d/]|[.,]\d)"
_REST: Final = r"(?=\s?(?:[.,;:!?)]|$)|\s(?:wide|long|tall|high|deep|thick|diagonal|by|x)\b)"
UNITS: Final = (
    # powers and signs between figures
    rule(r"(?<![\w^])(?P<base>\d{1,6}|[A-Za-z]{1,3})\^\{?(?P<power>[-−]?\d{1,4})\}?", _power),
    rule(r"(?<![\w.,])(?P<base>\d{1,6}|(?<!\d\s)[a-z]{1,2})(?P<power>[²³])(?!\w)", _power),
    rule(r"(?<![\w.,])(?P<base>\d{1,6}|[A-Za-z]{1,2})(?P<power>⁻?[⁰¹²³⁴-⁹]{1,4})(?!\w)", _power),
    rule(r"(?<=\d)\s?[*×xX]\s?(?=\d[\d.,]{0,9}\s?=)", " times "),
    rule(r"(?<=\d)\s?\*\s?(?=\d)", " times "),
    rule(r"(?<=\d)(\s?(?:cm|mm|m|km|in|ft)\b)?\s?[x×]\s?(?=\d)", r"\1 by "),
    rule(r"(?<=\d)\s?÷\s?(?=\d)", " divided by "),
    rule(r"(?<![\w.,])(?P<amount>\d{1,4}(?:\.\d)?)[x×](?![\w×])", _times),
    rule(r"(?<![\w.,])[x×](?P<amount>\d{1,2})(?!\w)", lambda m: "times " + number(m["amount"])),
    # lengths
    rule(r"(?<![\w.])(?P<feet>\d)['′’]\s?(?P<inches>1[01]|\d)(?:[\"″”]|''|(?!\w))", _feet),
    rule(r"(?<![\w.])(?P<feet>\d{1,3})['′](?!\w)", _feet),
    rule(rf"(?<![\w.,]){_NUMBER}(?P<mark>[\"″])(?!\w)", _inches),
    rule(r"(?<=\d\sft\s)(?P<amount>\d{1,2})(?P<mark>\s?in)\b\.?(?=\W|$)", _inches),
    rule(r"(?<=\dft\s)(?P<amount>\d{1,2})(?P<mark>\s?in)\b\.?(?=\W|$)", _inches),
    rule(rf"(?<=\sby\s){_NUMBER}(?P<mark>\s?in)\b(?!\s\w)", _inches),
    rule(rf"(?<![\w.,]){_NUMBER}(?P<mark>[\s-]?in)\b{_REST}", _inches),
    # fractions
    rule(rf"(?<![\w.,/])(?P<whole>\d{{1,4}})[\s-]?(?P<sign>[{''.join(_SIGNS)}])", _mixed),
    rule(r"(?<![\w.,/])(?P<whole>\d{1,4})[\s-](?P<top>[1-7])/(?P<bottom>[2-8]|16)(?![\d/])",
         _mixed),
    rule(rf"(?<![\w/])(?:1/2|½){_MEASURED}", _half_a),
    rule(r"(?<![\w/])(?:1/2|½)(?=[\s-](?:price|term|day|board)\b)", "half"),
    rule(rf"(?<![\w/])(?:1/4|¼){_MEASURED}", r"a quarter of a \g<noun>"),
    rule(_FRACTION, _sign),
    rule(_TOP, _over),
    rule(r"(?<![\d.,/])(?P<top>\d\.\d)/(?P<bottom>5|10)(?![\d/])",
         lambda m: f"{number(m['top'])} out of {number(m['bottom'])}"),
    # ratios
    rule(r"(?<![\d.,:])(\d{1,4}):(\d{1,4})(?![\d:])", r"\1 to \2"),
    rule(r"(?<![\w.,])(?P<hours>\d{1,2})\s?h\s?(?P<minutes>[0-5]?\d)\s?(?:m|min)(?!\w)",
         lambda m: f"{_count(m['hours'], 'hour')} {_count(m['minutes'], 'minute')}"),
    rule(rf"(?<![\w]){_NUMBER}m(?=\s(?:people|users|customers|views|followers|copies|visitors)\b)",
         lambda m: f"{number(m['amount'])} million"),
    # numbers of seats and houses
    rule(rf"{_NUMBERED}(?P<amount>\d{{1,4}})\s?(?P<letter>[A-Z])(?!\w)",
         lambda m: f"{m['what']}{number(m['amount'])} {m['letter']}", re.IGNORECASE),
    rule(r"(?<![\w.,])(?P<amount>\d{1,4})(?P<letter>[A-H])(?=\s[A-Z][a-z])",
         lambda m: f"{number(m['amount'])} {m['letter']}"),
    # units
    rule(rf"(?<![\w]){_NUMBER}[\s-]?{_UNIT}\s?/\s?(?P<each>{either(_ALL)}"
         r"|day|week|month|year|night|person|hour|minute|second|dose|visit)(?!\w)",
         lambda m: _per_unit(m) if m["each"] in _ALL else f"{_unit(m)} per {m['each']}"),
    rule(rf"(?<![\w]){_NUMBER}\s?(?P<unit>{_DOTTED})\.(?=\s[a-z(]|[,;:!?]|\)|/)",
         lambda m: _unit(m) if m["unit"] in _ALL else m.group()),
    rule(rf"{_NUMBER}\s?(?P<unit>°\s?[CF]|[°%‰])(?!\w)", lambda m: _unit(m)),
    rule(rf"{_NUMBER}\s{{0,2}}(?P<unit>[CF])(?=\W|$)(?!['’.]\w|\s[A-Z])",
         lambda m: f"{number(m['amount'])} degrees "
         f"{'Celsius' if m['unit'] == 'C' else 'Fahrenheit'}"),
    rule(rf"(?<![A-Za-z]){_NUMBER}-?{_UNIT}(?![\w/])", _unit),
    rule(rf"(?<![A-Za-z]){_NUMBER}\s(?P<unit>{either(_SPACED)})(?![\w/'’])", _unit),
    rule(rf"{_NUMBER}\s?[kK](?!\w)", lambda m: f"{number(m['amount'])} thousand"),
    rule(rf"{_NUMBER}\s?(?P<scale>mn|bn)\b",
         lambda m: f"{number(m['amount'])} {'million' if m['scale'] == 'mn' else 'billion'}"),
    rule(r"(?<=\d)/(?=(?:day|week|month|year|night|person|hour|minute|second|visit|dose)\b)",
         " per "),
    rule(r"(?<=\d)(\s[a-z]{3,12})/(?=(?:day|week|month|year|night|person|hour|minute|visit)\b)",
         r"\1 per "),
)  # fmt: skip
BEFORE_DATES: Final = (
    rule(
        r"(?<![\d/])(?P<top>[1-7])/(?P<bottom>[2-8])(?=\s?(?:-|–|to|or)\s?[1-7]/[2-8]\s(?:cups?|inch|t\w*sp"
        r"|miles?|hours?|pints?|teaspoons?|tablespoons?)\b)",
        _over,
    ),
    rule(
        r"\b(?P<before>(?:score[ds]?|rated|rating|got|out of|rate it|a score of|gave (?:us|it))\s)"
        r"(?P<top>\d{1,2}(?:\.\d)?)/(?P<bottom>\d{1,3})(?![\d/])",
        lambda m: f"{m['before']}{number(m['top'])} out of {number(m['bottom'])}",
        re.IGNORECASE,
    ),
)
"""``scored 7/10`` is no date."""
