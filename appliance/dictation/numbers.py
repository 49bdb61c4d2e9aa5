"""Digits out of number words, as they are dictated: "seventy nine forty six" is 7946, "eight
hundred" 800, "two thousand and seven" 2007."""

from __future__ import annotations

from collections.abc import Sequence

from appliance.dictation.tokens import Token
from appliance.language.dictation_words import DictationWords


def number_at(words: Sequence[Token], at: int, known: DictationWords) -> tuple[str, int]:
    """The digits of the number that begins at ``at``, and of how many tokens it is; of 0: none."""
    if words[at].is_figures:
        digits, size = words[at].text, 1
    else:
        digits, size = _below_hundred(words, at, known)
    if not size:
        return "", 0
    while (factor := _factor(words, at + size, known)) and not digits.startswith("0"):
        whole, size = int(digits) * factor, size + 1
        joined = at + size < len(words) and words[at + size].text in known.adding
        start = at + size + joined
        more, used = _below_hundred(words, start, known) if start < len(words) else ("", 0)
        small = used and len(more) < len(str(factor)) and not more.startswith("0")
        if small and (joined or factor > 100) and not _factor(words, start + used, known):
            return str(whole + int(more)), size + joined + used
        digits = str(whole)
    return digits, size


def _factor(words: Sequence[Token], at: int, known: DictationWords) -> int:
    return known.multipliers.get(words[at].text, 0) if at < len(words) else 0


def _below_hundred(words: Sequence[Token], at: int, known: DictationWords) -> tuple[str, int]:
    """ "forty six" is one number, "four six" are two."""
    tens = known.numbers.get(words[at].text)
    if tens is None:
        return "", 0
    if len(tens) == 2 and tens[0] != "1" and tens[1] == "0" and at + 1 < len(words):
        unit = known.numbers.get(words[at + 1].text, "")
        if words[at + 1].start - words[at].end > 1:
            return tens, 1  # a pause: recognisers write a comma
        if len(unit) == 1 and unit != "0":
            return tens[0] + unit, 2
    return tens, 1
