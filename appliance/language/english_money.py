"""Money in English: signs and codes of currencies, their small coins, millions, and what is paid
for what."""

from __future__ import annotations

import re
from typing import Final

from appliance.language.english_numbers import AMOUNT, number
from appliance.language.rules import either, rule

_POUND: Final = ("pound", "pounds", "penny", "pence")
_EURO: Final = ("euro", "euros", "cent", "cents")
_RUPEE: Final = ("rupee", "rupees", "paisa", "paise")
_YEN: Final = ("yen", "yen", "", "")
_FRANC: Final = ("Swiss franc", "Swiss francs", "rappen", "rappen")


def _dollar(country: str = "") -> tuple[str, str, str, str]:
    return f"{country}dollar", f"{country}dollars", "cent", "cents"


_SIGNS: Final = {
    "£": _POUND, "$": _dollar(), "€": _EURO, "¥": _YEN, "₹": _RUPEE, "A$": _dollar("Australian "),
    "AU$": _dollar("Australian "), "C$": _dollar("Canadian "), "CA$": _dollar("Canadian "),
    "US$": _dollar("US "), "NZ$": _dollar("New Zealand "), "HK$": _dollar("Hong Kong "),
    "S$": _dollar("Singapore "), "R$": ("real", "reais", "centavo", "centavos"),
    "₩": ("won", "won", "", ""), "₽": ("ruble", "rubles", "kopeck", "kopecks"),
    "₺": ("lira", "lira", "kurus", "kurus"), "₪": ("shekel", "shekels", "agora", "agorot"),
    "₴": ("hryvnia", "hryvnias", "kopiyka", "kopiykas"), "₿": ("bitcoin", "bitcoins", "", ""),
    "₦": ("naira", "naira", "kobo", "kobo"), "₱": ("peso", "pesos", "centavo", "centavos"),
    "₫": ("dong", "dong", "", ""), "zł": ("zloty", "zlotys", "grosz", "groszy"),
}  # fmt: skip
_CODES: Final = {
    "GBP": _POUND, "EUR": _EURO, "USD": _dollar("US "), "CAD": _dollar("Canadian "),
    "AUD": _dollar("Australian "), "NZD": _dollar("New Zealand "), "HKD": _dollar("Hong Kong "),
    "SGD": _dollar("Singapore "), "CHF": _FRANC, "Fr.": _FRANC, "JPY": _YEN, "INR": _RUPEE,
    "Rs.": _RUPEE, "Rs": _RUPEE, "CNY": ("yuan", "yuan", "", ""), "RMB": ("yuan", "yuan", "", ""),
    "SEK": ("Swedish krona", "Swedish kronor", "öre", "öre"),
    "NOK": ("Norwegian krone", "Norwegian kroner", "øre", "øre"),
    "DKK": ("Danish krone", "Danish kroner", "øre", "øre"),
    "PLN": ("zloty", "zlotys", "grosz", "groszy"), "CZK": ("Czech koruna", "Czech koruna", "", ""),
    "ZAR": ("rand", "rand", "cent", "cents"), "AED": ("dirham", "dirhams", "fils", "fils"),
    "MXN": ("Mexican peso", "Mexican pesos", "centavo", "centavos"),
}  # fmt: skip
_MONEY: Final = _SIGNS | _CODES
_SCALES: Final = {
    "k": "thousand", "m": "million", "mn": "million", "mln": "million", "b": "billion",
    "bn": "billion", "bln": "billion", "t": "trillion", "tn": "trillion", "trn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "hundred": "hundred", "lakh": "lakh", "crore": "crore",
}  # fmt: skip
_FOR: Final = {
    "hr": "hour", "h": "hour", "hour": "hour", "day": "day", "night": "night", "week": "week",
    "wk": "week", "month": "month", "mth": "month", "mo": "month", "year": "year", "yr": "year",
    "person": "person", "pp": "person", "head": "head", "visit": "visit", "session": "session",
    "min": "minute", "minute": "minute", "sec": "second", "kg": "kilogram", "g": "gram",
    "lb": "pound", "mile": "mile", "mi": "mile", "km": "kilometer", "l": "liter", "litre": "litre",
    "liter": "liter", "unit": "unit", "item": "item", "child": "child", "adult": "adult",
    "ticket": "ticket", "m": "meter", "sqm": "square meter", "m²": "square meter",
    "kWh": "kilowatt hour", "room": "room", "user": "user", "call": "call", "annum": "year",
}  # fmt: skip
_GLUED: Final = {
    "pp": "per person", "pcm": "per calendar month", "pw": "per week", "pm": "per month",
    "pa": "per year", "p.a.": "per year", "p.p.": "per person", "p/h": "per hour", "ph": "per hour",
    "p.w.": "per week", "p.c.m.": "per calendar month", "p/p": "per person", "p/w": "per week",
    "p/m": "per month", "pn": "per night", "pppn": "per person per night", "ea": "each",
}  # fmt: skip

_SCALE: Final = (
    r"(?:\s?(?P<scale>[kK]|mn|mln|[bB]n|bln|tr?n|(?:thousand|million|billion|trillion|hundred|lakh"
    r"|crore))\b|(?P<letter>[mMbBtT])(?!\w))?"
)
_SIGN: Final = rf"(?P<sign>(?<![A-Za-z])(?:{either(_SIGNS)}))"
_CODE: Final = rf"(?P<sign>(?<!\w)(?:{either(_CODES)}))"
_PER: Final = rf"(?:\s?/\s?(?P<for>{either(_FOR)})(?!\w)|\s?(?P<glued>{either(_GLUED)})(?![\w/]))?"
_TO: Final = r"\s?(?:[-–—]|\bto\b)\s?"
_EUROPEAN: Final = r"(?<![\d.,])(?P<amount>\d{1,3}(?:\.\d{3}){1,4}(?:,\d\d)?|\d{1,9},\d\d)(?![\d,])"
"""``1.250,00``: figures of the continent, beside a sign of money."""


def _words(amount: str, sign: str, scale: str | None = None) -> str:
    """``40`` of ``£`` -> forty pounds; ``5.50`` of ``$`` -> five dollars and fifty cents."""
    one, many, coin, coins = _MONEY[sign]
    whole, _, part = amount.replace(",", "").partition(".")
    if scale:
        return f"{number(amount)} {_SCALES[scale.lower()]} {many}"
    if part and (len(part) > 2 or not coin):
        return f"{number(amount)} {one if amount == '1' else many}"
    said = f"{number(whole)} {one if whole == '1' else many}"
    if not part.strip("0"):
        return said
    small = str(int(part.ljust(2, "0")))
    rest = f"{number(small)} {coin if small == '1' else coins}"
    return rest if not whole.strip("0") else f"{said} and {rest}"


def _money(match: re.Match[str]) -> str:
    found = match.groupdict()
    scale = found.get("scale") or found.get("letter")
    said = _words(match["amount"], match["sign"], scale)
    if found.get("first"):
        said = f"{number(match['first'])} to {said}"
    if found.get("for"):
        return f"{said} per {_FOR[match['for']]}"
    return f"{said} {_GLUED[match['glued']]}" if found.get("glued") else said


def _european(match: re.Match[str]) -> str:
    return _words(match["amount"].replace(".", "").replace(",", "."), match["sign"])


def _coins(match: re.Match[str]) -> str:
    one, many = ("penny", "pence") if match["coin"] == "p" else ("cent", "cents")
    return f"{number(match['amount'])} {one if match['amount'] == '1' else many}"


MONEY: Final = (
    rule(rf"(?<=[\dkKmM])\s?[-–—]\s?(?=(?:{either(_SIGNS)})\s?\d)", " to "),
    rule(rf"{_SIGN}\s?{_EUROPEAN}", _european),
    rule(rf"{_EUROPEAN}\s?{_SIGN}", _european),
    rule(rf"{_EUROPEAN}\s?{_CODE}(?!\w)", _european),
    rule(rf"{_CODE}\s?{_EUROPEAN}", _european),
    rule(rf"(?:{_CODE}\s?)(?:{either(_SIGNS)})\s?(?P<amount>{AMOUNT}){_SCALE}{_PER}", _money),
    rule(rf"{_SIGN}\s?(?P<first>{AMOUNT}){_TO}(?P<amount>{AMOUNT}){_SCALE}{_PER}", _money),
    rule(rf"{_SIGN}\s?(?P<amount>{AMOUNT}){_SCALE}{_PER}", _money),
    rule(rf"{_CODE}\s?(?P<amount>{AMOUNT}){_SCALE}{_PER}", _money),
    rule(rf"(?P<amount>{AMOUNT}){_SCALE}\s?(?P<sign>{either(_SIGNS)})(?!\s?\d){_PER}", _money),
    rule(rf"(?P<amount>{AMOUNT}){_SCALE}\s?(?P<sign>{either(_CODES)})(?!\w){_PER}", _money),
    rule(rf"(?P<amount>{AMOUNT})(?P<coin>[p¢])(?!\w)", _coins),
)  # fmt: skip
LEFT_OVER: Final = rule(f"[{''.join(sign for sign in _SIGNS if len(sign) == 1)}]",
                        lambda match: f" {_MONEY[match.group()][1]} ")  # fmt: skip
"""A sign without an amount."""
MINUS: Final = rule(
    rf"(?<![\w.,)\]%°/-])(?<!\d\s)(?:^[-−–]\s?|[-−–])(?=(?:{either(_SIGNS)})?\.?\d)", "minus "
)  # fmt: skip
"""Before anything else takes the figures away that it belongs to."""
SIGN_BEHIND: Final = rule(rf"({either(_SIGNS)})\s?[-−]\s?(?=\d)", r"-\1")
"""``£-5``."""
