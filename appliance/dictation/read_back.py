"""A value as the agent says it, so that the caller can check it: digit by digit and in groups,
letter by letter, an address spelt where spelling matters, a date with its month's name.

Whoever reads what is made here with ``reader.py`` gets the same value.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from appliance.language.dictation_words import DictationWords, Kind
from appliance.language.registry import language_of

GROUPS: Final = {
    5: (2, 3), 6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (3, 3, 4), 11: (3, 4, 4),
    12: (4, 4, 4), 13: (3, 3, 3, 4), 14: (4, 4, 3, 3), 15: (5, 5, 5),
}  # fmt: skip
"""How many digits are said without a rest. Shorter ones are one group, longer ones go by fours."""


def read_back(value: str, kind: Kind, language: str, *, spelt: bool = False) -> str:
    """``value`` as it is said. ``spelt``: letters with a word for each, where it was wrong once."""
    known = language_of(language).dictation
    if kind == "date":
        day = date.fromisoformat(value)
        name = known.month_names[day.month - 1] if known.month_names else f"{day.month}."
        return known.spoken_date.format(day=day.day, month=name, year=day.year)
    if kind == "email":
        local, _, domain = value.partition("@")
        at = known.symbol_names.get("@", "@")
        return f"{_characters(local, known, spelt)}, {at} {_in_words(domain, known)}"
    return _characters(value, known, spelt, doubtful="o" if kind == "code" else "")


def groups(digits: str) -> list[str]:
    """``02079460018`` -> 020, 7946, 0018; a leading ``+`` stays with the first group."""
    sign = "+" if digits.startswith("+") else ""
    rest = digits.removeprefix("+")
    sizes = GROUPS.get(len(rest), (len(rest),) if len(rest) < 5 else (4,) * -(-len(rest) // 4))
    if sign and len(rest) > 9:
        sizes = (2, *GROUPS.get(len(rest) - 2, (4,) * -(-(len(rest) - 2) // 4)))
    found, at = [], 0
    for size in sizes:
        found.append(rest[at : at + size])
        at += size
    return [sign + found[0], *filter(None, found[1:])] if rest else [sign]


def _characters(value: str, known: DictationWords, spelt: bool, doubtful: str = "") -> str:
    """``doubtful``: letters that could be taken for digits, and get a word in any case."""
    parts: list[str] = []
    digits = ""
    for character in f"{value}\0":
        if character.isdigit() or (character == "+" and not digits and not parts):
            digits += character
            continue
        parts += [] if not digits else [_digits(group, known) for group in groups(digits)]
        digits = ""
        if character != "\0":
            parts.append(_one(character, known, spelt or character.lower() in doubtful))
    return ", ".join(parts)


def _one(character: str, known: DictationWords, spelt: bool) -> str:
    letter = character.upper()
    if spelt and character.lower() in known.alphabet:
        return known.for_letter.format(letter=letter, word=known.alphabet[character.lower()])
    return known.symbol_names.get(character, letter)


def _digits(group: str, known: DictationWords) -> str:
    names = {str(value): name for value, name in enumerate(known.digit_names)}
    return " ".join(names.get(each) or known.symbol_names.get(each, each) for each in group)


def _in_words(domain: str, known: DictationWords) -> str:
    """Names are said, figures one by one."""
    said = ""
    for character in domain:
        if character.isalpha():
            said += character
        elif character.isdigit():
            said += f" {known.digit_names[int(character)]} "
        else:
            said += f" {known.symbol_names.get(character, character)} "
    return " ".join(said.split())
