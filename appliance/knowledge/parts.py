"""The sentences and clauses of what a caller said: each may be a question of its own.

People wrap one question into three sentences, ask two in one, and call for help behind a comma.
Recognisers without punctuation leave the joining words to cut at.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from appliance.language.language import any_of
from appliance.language.registry import language_of

MOST: Final = 6
"""Parts that are looked at: each is a sentence that the encoder must read."""
FEWEST_WORDS: Final = 2
_SENTENCE_END: Final = re.compile(r"(?<=[.?!…])\s+")


@lru_cache(maxsize=256)
def parts(text: str, language: str) -> tuple[str, ...]:
    """``text`` as a whole, its sentences, their clauses; each once, in small letters and without
    the punctuation at its ends. Empty when there is nothing in it."""
    text = plain(text, language)
    found = [_bare(text)]
    for sentence in sentences(text):
        found.append(_bare(sentence))
        found += clauses(sentence, language)
    return tuple(dict.fromkeys(filter(None, found)))[:MOST]


def sentences(text: str) -> list[str]:
    """The sentences of ``text`` as its punctuation shows them; at least one."""
    return _SENTENCE_END.split(text.strip())


def plain(text: str, language: str) -> str:
    """``text`` in small letters, with plain words for what is said in others altogether."""
    idioms = language_of(language).talk.idioms
    return _idioms(language).sub(lambda said: idioms[said.group()], text.lower().replace("’", "'"))


@lru_cache(maxsize=16)
def _idioms(language: str) -> re.Pattern[str]:
    return any_of(language_of(language).talk.idioms)


def clauses(sentence: str, language: str) -> list[str]:
    """The clauses of one sentence, those of at least two words."""
    cut = map(_bare, language_of(language).talk.joints.split(sentence.lower()))
    return [clause for clause in cut if len(clause.split()) >= FEWEST_WORDS]


def _bare(text: str) -> str:
    return " ".join(text.lower().strip(" .?!…,;:\t\n").split())
