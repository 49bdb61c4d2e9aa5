"""One form for words that were heard or written, before anything compares them.

Recognisers write differently: "020-7946", "0, 2, 0" or "zero two zero", "Mm-hmm." or "mhm", "9:30
a.m." or "nine thirty am". Rules of turn-taking, the knowledge and the measurements of mishearing
see one form: lower case, words alone, contractions written out, figures as the words that a caller
says. The written form stays in the transcript; nothing is spoken from this one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from appliance.language.language import Language, any_of
from appliance.language.registry import language_of
from appliance.text.speakable import speakable

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SOUNDS: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]")
"""How Whisper writes what is no speech: [Music], (coughs), *sighs*."""
_DIGIT_GROUPS: Final = r"(?<![\w.:,/$£€+])\+?\d+(?:(?:-|,? )\d+)*(?![\w:/%°]|[.,]\d| ?(?:{}))"
"""Figures that may have been dictated, with what must not follow them."""
_SPELT: Final = re.compile(r"\b(?:\w-)+\w\b")
"""A name that was spelt: "S-M-I-T-H"."""
_YEARS: Final = range(1900, 2100)


@lru_cache(maxsize=512)
def canonical(text: str, language: str = "en") -> str:
    """``text`` as words in lower case with single spaces between them, without punctuation; empty
    when it holds no word. ``language`` as in an agent (``en``, ``de-AT``). Idempotent."""
    known = language_of(language)
    text = _SOUNDS.sub(" ", text.translate({ord("’"): "'", ord("‘"): "'", ord("–"): "-"}))
    text = _SPELT.sub(lambda spelt: spelt.group().replace("-", " "), text)
    text = _digit_groups(known).sub(lambda found: _dictated(found.group()), text)
    words = " ".join(_WORD.findall(speakable(text, language).lower()))
    for pattern, instead in known.rewritten:
        words = pattern.sub(instead, words)
    words = " ".join(known.contractions.get(word, word) for word in words.split())
    return _spellings(known).sub(lambda found: known.spellings[found.group()], words)


@lru_cache(maxsize=64)
def _digit_groups(language: Language) -> re.Pattern[str]:
    return re.compile(_DIGIT_GROUPS.format(language.amounts.pattern))


@lru_cache(maxsize=64)
def _spellings(language: Language) -> re.Pattern[str]:
    return any_of(language.spellings)


def _dictated(figures: str) -> str:
    """Figures with a space between any two digits where they were said one by one: a telephone
    number, a code; as they are where they are an amount ("9", "250", "10 20") or a year."""
    groups = re.findall(r"\d+", figures)
    digits = sum(map(len, groups))
    code = any(len(group) > 1 and group[0] == "0" for group in groups)
    long = any(len(group) >= 4 and int(group) not in _YEARS for group in groups)
    number = digits >= 7 and any(len(group) >= 3 for group in groups)
    hyphens = figures.count("-") >= 2 or ("-" in figures and digits >= 5)
    if not (code or long or number or hyphens):
        return figures
    return " ".join("".join(groups))
