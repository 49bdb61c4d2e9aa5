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

from appliance.text.speakable import speakable

_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SOUNDS: Final = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[♪♫]")
"""How Whisper writes what is no speech: [Music], (coughs), *sighs*."""
_DIGIT_GROUPS: Final = re.compile(
    r"(?<![\w.:,/$£€+])\+?\d+(?:(?:-|,? )\d+)*(?![\w:/%°]|[.,]\d| ?(?:[ap]\.?m\b|o'clock))"
)
_SPELT: Final = re.compile(r"\b(?:\w-)+\w\b")
"""A name that was spelt: "S-M-I-T-H"."""
_MERIDIEM: Final = re.compile(r"\b([ap])\.? ?m\b\.?")
_AND_IN_NUMBER: Final = re.compile(r"\b(hundred|thousand|million) and (?=\w)")
_SAME: Final = {
    "ok": "okay", "alright": "all right", "mm hmm": "mhm", "mm hm": "mhm", "mmhmm": "mhm",
    "mhmm": "mhm", "m hm": "mhm", "hmm": "hm", "hmmm": "hm", "mmm": "mm", "umm": "um", "uhm": "um",
    "uhh": "uh", "ahh": "ah", "aha": "ah", "ohh": "oh", "uhhuh": "uh huh", "erm": "er",
    "yea": "yeah", "yup": "yep", "per cent": "percent", "good bye": "goodbye",
}  # fmt: skip
"""Spellings of one English word."""
_CONTRACTIONS: Final = {
    "i'm": "i am", "i'd": "i would", "i'll": "i will", "i've": "i have", "you're": "you are",
    "you've": "you have", "you'd": "you would", "you'll": "you will", "we're": "we are",
    "we've": "we have", "we'd": "we would", "we'll": "we will", "they're": "they are",
    "they've": "they have", "they'll": "they will", "he'll": "he will", "she'll": "she will",
    "it'll": "it will", "that'll": "that will", "what's": "what is", "where's": "where is",
    "when's": "when is", "who's": "who is", "how's": "how is", "that's": "that is",
    "it's": "it is", "there's": "there is", "here's": "here is", "he's": "he is",
    "she's": "she is", "can't": "can not", "cannot": "can not", "don't": "do not",
    "doesn't": "does not", "isn't": "is not", "aren't": "are not", "won't": "will not",
    "didn't": "did not", "wouldn't": "would not", "couldn't": "could not",
    "shouldn't": "should not", "haven't": "have not", "hasn't": "has not", "hadn't": "had not",
    "wasn't": "was not", "weren't": "were not", "let's": "let us",
}  # fmt: skip
"""Who says "you're" is not misheard as "you are"."""
_SPELLINGS: Final = re.compile(rf"\b(?:{'|'.join(sorted(_SAME, key=len, reverse=True))})\b")
_YEARS: Final = range(1900, 2100)


@lru_cache(maxsize=512)
def canonical(text: str, language: str = "en") -> str:
    """``text`` as words in lower case with single spaces between them, without punctuation; empty
    when it holds no word. ``language`` as in an agent (``en``, ``de-AT``). Idempotent."""
    text = _SOUNDS.sub(" ", text.translate({ord("’"): "'", ord("‘"): "'", ord("–"): "-"}))
    text = _SPELT.sub(lambda spelt: spelt.group().replace("-", " "), text)
    text = _DIGIT_GROUPS.sub(lambda found: _dictated(found.group()), text)
    words = " ".join(_WORD.findall(speakable(text, language).lower()))
    return _english(words) if language.startswith("en") else words


def _english(words: str) -> str:
    words = _MERIDIEM.sub(r"\1m", words)
    words = " ".join(_CONTRACTIONS.get(word, word) for word in words.split())
    words = _AND_IN_NUMBER.sub(r"\1 ", words)
    return _SPELLINGS.sub(lambda found: _SAME[found.group()], words)


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
