"""Figures and signs of a language other than English: what is the same in all of them.

Dictated digits, addresses, keys, dates in figures and minus signs become words of the language's
``Figures``; what is left goes to a reader of numbers (``damga`` or ``num2words``, see
``other_numbers.py``). Last come the signs that no reader took.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from num2words import num2words

from appliance.language.figures import Figures
from appliance.language.rules import Rule, either, rule

_ROMAN: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_HOST: Final = (
    r"(?:https?://)?(?<![\w@.-])(?P<host>(?:[a-zA-Z0-9][\w-]{0,62}\.){1,6}"
    r"(?:com|org|net|info|edu|gov|io|ai|app|dev|eu|uk|ie|de|at|ch|fr|be|es|it|nl|pt|br|mx|lu"
    r"|example|test|local))(?![\w@-]|\.\w)(?:[/?#][^\s<>()\"]{0,500}[^\s<>().,;:!?'\"])?"
)
_EMAIL: Final = (
    r"(?<![\w.+%-])[\w+%-]{1,64}(?:\.[\w+%-]{1,64}){0,5}@\w[\w-]{0,63}(?:\.\w[\w-]{0,63}){0,6}"
)
_DAY: Final = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?P<month>0?[1-9]|1[0-2])"
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)"
_GROUPED: Final = r"(?<![\w.,])\d{2,4}(?: (?!000)\d{2,4}){2,5}(?![\w]|[.,]\d| ?[€£$%])"
_TELEPHONE: Final = r"(?<![\w.,])(?:\+|\(?0)[\d ()/-]{6,30}\d(?![\w,]*\d|[.,]\d)"


class _Reader:
    """The rules' own part, for one language."""

    def __init__(self, figures: Figures) -> None:
        self._of = figures

    def number(self, digits: str) -> str:
        return str(num2words(int(digits), lang=self._of.code))

    def spelled(self, match: re.Match[str]) -> str:
        return " ".join(self.number(digit) for digit in match.group() if digit.isdecimal())

    def dictated(self, match: re.Match[str]) -> str:
        groups = re.findall(r"\d+", match["digits"])
        joint = " " if all(len(group) == 1 for group in groups) else ", "
        return match["before"] + joint.join(" ".join(map(self.number, group)) for group in groups)

    def pressed(self, match: re.Match[str]) -> str:
        return match["before"] + self.number(match["digits"])

    def telephone(self, match: re.Match[str]) -> str:
        text = match.group()
        groups = re.findall(r"\d+", text)
        if sum(map(len, groups)) < 7:
            return text
        said = ", ".join(" ".join(map(self.number, group)) for group in groups)
        return f"{self._of.plus} {said}" if text[0] == "+" else said

    def address(self, match: re.Match[str]) -> str:
        of = self._of
        said = match.groupdict().get("host") or match.group()
        for sign, word in (
            ("@", of.at), (".", of.dot), ("-", of.dash), ("_", of.underscore), ("+", of.plus),
            ("%", of.percent),
        ):  # fmt: skip
            said = said.replace(sign, f" {word} ")
        return f" {re.sub(r'[0-9]+', self._in_address, said)} "

    def _in_address(self, match: re.Match[str]) -> str:
        digits = match.group()
        if len(digits) > 2 or digits[0] == "0":
            return f" {self.spelled(match)} "
        return f" {self.number(digits)} "

    def keys(self, match: re.Match[str]) -> str:
        named = {"*": self._of.star, "#": self._of.hash}
        return " " + " ".join(named.get(key) or self.number(key) for key in match.group()) + " "

    def date(self, match: re.Match[str]) -> str:
        """As damga and readers of cardinals take it: ``3. Mai 2026``."""
        found = match.groupdict()
        day = str(int(match["day"]))
        if day == "1" and self._of.first:
            day = self._of.first
        year = found.get("year") or ""
        if len(year) == 2:
            year = f"20{year}"
        said = self._of.date.format(
            day=day, month=self._of.months[int(match["month"]) - 1], year=year
        )
        said = said if year else said.removesuffix(" de ").rstrip()
        return f"{found.get('before') or ''}{said}"

    def cardinal(self, match: re.Match[str]) -> str:
        return self.number(match.group())

    def ruler(self, match: re.Match[str]) -> str:
        values = [_ROMAN[letter] for letter in match["roman"]]
        value = sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))
        ordinal = value <= self._of.ruler_ordinals
        said = str(num2words(value, lang=self._of.code, to="ordinal" if ordinal else "cardinal"))
        if self._of.ruler != "{}" and self._of.code == "de":
            said = said[:1].upper() + said[1:]
        return f"{match['name']} {self._of.ruler.format(said)}"

    def replaced(self, match: re.Match[str]) -> str:
        return self._of.replaced[match.group()]

    def day_name(self, match: re.Match[str]) -> str:
        return self._of.days[match["name"]]

    def money(self, match: re.Match[str]) -> str:
        one, many, small = self._of.money[match["sign"]]
        whole, _, part = match["amount"].replace(".", "").partition(",")
        if match["amount"].count(".") == 1 and len(match["amount"].partition(".")[2]) <= 2:
            whole, _, part = match["amount"].partition(".")
        coins = (
            f"{self.number(str(int(part.ljust(2, '0')[:2])))} {small}" if part.strip("0") else ""
        )
        if not int(whole or 0) and coins:
            return coins
        said = f"{self.number(whole)} {one if whole == '1' else many}"
        return f"{said} {self._of.and_} {coins}" if coins and small else said

    def unit(self, match: re.Match[str]) -> str:
        one, many = self._of.units[match["unit"]]
        return f"{match['amount']} {one if match['amount'] == '1' else many}"

    def time(self, match: re.Match[str]) -> str:
        hour, minute = match["hour"], match["minute"]
        if minute == "00":
            return self._of.hour.format(hour=int(hour), minute="").strip().removesuffix(" e")
        return self._of.hour.format(hour=int(hour), minute=int(minute))

    def ordinal(self, match: re.Match[str], form: str) -> str:
        said = str(num2words(int(match[1]), lang=self._of.code, to="ordinal"))
        return re.sub(r"o\b", "a", said) if form == "a" else form.format(said)


@lru_cache(maxsize=8)
def first_rules(of: Figures) -> tuple[Rule, ...]:
    """Before the reader of numbers."""
    read, days = _Reader(of), either(of.days)
    names = "|".join([days, *dict.fromkeys(of.days.values())])
    signs = either(of.money)
    rules = [
        rule(r"\d{16,}", read.spelled),
        rule(_EMAIL, read.address),
        rule(_HOST, read.address),
        rule(rf"\b(?P<name>{days})\b\.?\s?[-–]\s?(?={names})",
             lambda m: f"{read.day_name(m)} {of.to} "),
        rule(rf"\b(?P<name>{days})\b\.?(?=,?:?\s?\d|,\s?(?:{names})\b|:)", read.day_name),
        rule(rf"(?:(?<=\s{of.to}\s)|(?<=\s{of.and_}\s))(?P<name>{days})\b\.?(?!\s?[a-zA-Z])",
             read.day_name),
        rule(rf"(?<![\w.½¼¾])(?:{either(of.replaced)})(?!\w)(?:(?<![A-Z]\.)|(?<=\w[A-Z]\.)"
             r"|(?<=\.[A-Z]\.)|(?<=\.\s[A-Z]\.)|(?=\s[A-ZÀ-Ý]))", read.replaced),
        rule(r"(?<![\w*#])(?:\*\d|[*#]{2}\d|#\d{1,6}[#*])[\d*#]{0,16}(?!\w)", read.keys),
        rule(r"(?<![\w*#])\d{1,12}[*#](?!\w)", read.keys),
        rule(r"(?<![\w#*])[#*](?![\w#*])", read.keys),
        rule(rf"(?P<before>\b(?:{of.cues})(?:\s?[:#=]|\sist|\ses|\sest|\sè|\sis|\sé|\slautet)?\s?)"
             r"(?P<digits>\d{2,12}(?:[ -]\d{1,12}){0,8})(?![\w-]|[.,:]\d|\s?[%€$£])", read.dictated,
             re.IGNORECASE),
        rule(rf"(?P<before>\b(?:{of.presses})\s)(?P<digits>\d{{1,2}})(?!\w|[.,:]\d)", read.pressed,
             re.IGNORECASE),
        rule(rf"(?<![\d.,/-]){_YEAR}-{_MONTH}-{_DAY}(?![\d/-])", read.date),
        rule(rf"(?<![\d.,/-]){_DAY}(?P<sign>[./-]){_MONTH}(?P=sign)(?P<year>(?:1[5-9]|20)\d\d)"
             r"(?![\d/-])", read.date),
        rule(rf"(?<![\d.,/-]){_DAY}(?P<sign>[./])(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<year>\d\d)"
             r"(?![\d/-])", read.date),
        rule(r"(?<![\d.,/-])(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])(?![\d/])",
             read.date),
        rule(rf"(?<![\d.,/-]){_DAY}\.{_MONTH}\.(?=\s|[-–,;!?)]|$)", read.date),
        *(rule(pattern, read.telephone) for pattern in (_TELEPHONE, _GROUPED) if of.telephone),
        rule(r"(?<!\w)(?P<name>[A-ZÀ-Ý][a-zà-ÿ]{2,15}|secolo|século)\s"
             r"(?P<roman>(?!II?\s[a-z])[IVX]{2,6})(?!\w)\.?"
             r"(?=\s[a-zà-ÿ(]|[,;:!?)]|\.|$)", read.ruler),
        rule(rf"(?P<sign>{signs})\s?(\d[\d.,]{{0,11}})\s?[-–—]\s?(\d[\d.,]{{0,11}})(?![\d-])",
             rf"\2 {of.to} \3 \1"),
        rule(r"(?<=\d)h?\s?[-–—]\s?(?=\d)(?<![-]\d\s)", f" {of.to} "),
        rule(r"(?<=\d)(\s?(?:h|Uhr|%|[€£$]))\s?[-–—]\s?(?=\d)", rf"\1 {of.to} "),
        rule(rf"(?<![\w.,)])[-−–](?=(?:(?:{signs})\s?)?\d)", f"{of.minus} "),
        rule(r"(?<=\d)\s?[*×]\s?(?=\d)", f" {of.times} "),
        rule(r"(?<=\d)\s?x\s?(?=\d)", f" {of.by} "),
        rule(r"(?<=\d)x(?=\s)", f" {of.times}"),
        rule(r"(?<=\d)\s?°\s?C\b", " " + of.degrees.format(of.celsius)),
        rule(r"(?<=\d)\s?°\s?F\b", " " + of.degrees.format(of.fahrenheit)),
        rule(r"[~≈]\s?(?=\d)", f"{of.about} "),
        rule(r"(?<=\d)\s?=\s?(?=\d)", f" {of.equals} "),
        rule(r"(?<=\d)\s?\+\s?(?=\d)", f" {of.plus} "),
    ]  # fmt: skip
    if of.long_years:
        rules.append(rule(r"(?<![\d.,:])20\d\d(?![\d%€]|[.,:]\d|er\b|\s?[€$£%])", read.cardinal))
    if of.dotted_starters:
        starters = either(word.capitalize() for word in of.dotted_starters)
        rules.append(
            rule(rf"(?<![\w.,:/€£$-])\d{{1,3}}(?=\.\s(?:{starters})\b|\.?$)", read.cardinal)
        )
    rules += [rule(pattern, words) for pattern, words in of.own.items()]
    if of.hour:
        rules += _own_rules(of, read, signs)
    return tuple(rules)


def _own_rules(of: Figures, read: _Reader, signs: str) -> list[Rule]:
    """For languages that damga does not read."""
    amount = r"(?<![\d.,])(?P<amount>\d{1,9}(?:[.,]\d{1,3}){0,3})"
    rules = [
        rule(rf"(?<![\d:]){'(?P<hour>[01]?[0-9]|2[0-3])'}[:h.](?P<minute>[0-5]\d)"
             r"(?:\s?(?:uur|u|h|horas|hrs)\b)?(?![\d:]|[.,]\d|\s?[%€$£])", read.time),
        rule(rf"(?P<sign>{signs})\s?{amount}(?!\d)", read.money),
        rule(rf"{amount}\s?(?P<sign>{signs})(?!\w)", read.money),
    ]  # fmt: skip
    for pattern, form in of.ordinals.items():
        rules.append(
            rule(rf"(?<![\w.,]){pattern}(?!\w)", lambda m, form=form: read.ordinal(m, form))  # type: ignore[misc]
        )
    rules.append(rule(rf"(?<![\w.,])(?P<amount>\d[\d.,]{{0,11}})\s?(?P<unit>{either(of.units)})(?!\w)",
                      read.unit))  # fmt: skip
    return rules


@lru_cache(maxsize=8)
def last_rules(of: Figures) -> tuple[Rule, ...]:
    """Signs that no reader took."""
    read = _Reader(of)
    return (
        rule(r"\d{1,15}", lambda m: f" {read.number(m.group())} "),
        *(rule(re.escape(sign), f" {many} ") for sign, (_, many, _) in of.money.items()
          if not sign.isalpha()),
        *(rule(pattern, words) for pattern, words in of.after.items()),
        rule("%", f" {of.percent} "), rule("&", f" {of.and_} "), rule(r"\+", f" {of.plus} "),
        rule("=", f" {of.equals} "), rule("@", f" {of.at} "),
        rule("°", f" {of.degrees.format('')} "), rule("[×]", f" {of.times} "),
        rule("[/~→←#≈²³]", " "),
    )  # fmt: skip
