"""A caller's words as they are compared with a question.

Recognisers write no punctuation and callers wrap their question into politeness; what tells one
question from another are its content words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import snowballstemmer

from appliance.language.language import any_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

TIME_WEIGHT, TIME_WEIGHT_ELSEWHERE, TIMES_WEIGHT = 0.2, 0.4, 0.4
"""A day or an hour that an entry does not have weighs little (more, when another entry has it), and
all together no more than the last."""

ROOT: Final = 4
"""Letters by which forms of one word are known."""
_SNOWBALL: Final = {
    "da": "danish", "de": "german", "el": "greek", "es": "spanish", "et": "estonian",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian",
    "it": "italian", "lt": "lithuanian", "nb": "norwegian", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
"""English has SQLite's own Porter stemmer (``QuestionWords.stemmer``)."""


@lru_cache(maxsize=16)
def stemmer(language: str) -> Callable[[str], str]:
    """Makes a word of ``language`` the stem that its forms have in common; the word itself, where
    nobody has written that down or SQLite does it."""
    algorithm = _SNOWBALL.get(language[:2])
    if algorithm is None:
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem


def content(text: str, language: str = "en") -> list[str]:
    """The words of ``text`` that tell something, each once."""
    weights = language_of(language).questions.weights
    told = [word for word in tokens(text, language) if weights.get(word, 1.0) >= 1.0]
    return list(dict.fromkeys(told))


def akin(one: str, other: str) -> bool:
    """Whether two words are forms of one: open, opening."""
    return one == other or (len(one) >= ROOT and one[:ROOT] == other[:ROOT])


@lru_cache(maxsize=1024)
def tokens(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of ``text`` in canonical form: synonyms made one, politeness taken out."""
    known = language_of(language).questions
    words = canonical(text, language).split()
    text = " ".join(known.synonyms.get(word, word) for word in words)
    text = _pairs(language).sub(lambda pair: known.pairs[pair.group()], text)
    return tuple(known.frames.sub(" ", text).split())


@lru_cache(maxsize=16)
def _pairs(language: str) -> re.Pattern[str]:
    return any_of(language_of(language).questions.pairs)
