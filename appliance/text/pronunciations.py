"""A site's own words for words that a voice says wrongly: ``Quay`` is said "kee".

For the voice alone: what is written down and shown stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Pronunciations:
    """What is said instead of a word, or of some in a row; whole words, in any case."""

    def __init__(self, say: Mapping[str, str]) -> None:
        self._said = {_form(words): said for words, said in say.items()}
        longest_first = sorted(filter(None, self._said), key=len, reverse=True)
        alternatives = "|".join(
            r"\s+".join(map(re.escape, words.split())) for words in longest_first
        )
        self._pattern = re.compile(rf"(?<![^\W_])(?:{alternatives})(?![^\W_])", re.IGNORECASE)

    def in_place(self, text: str) -> str:
        """``text`` as the voice shall say it."""
        if not self._said:
            return text
        return self._pattern.sub(lambda found: self._instead(found.group()), text)

    def _instead(self, words: str) -> str:
        return self._said.get(_form(words), words)


def faults(say: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with an entry of ``say``, by its word; nothing when all is well."""
    wrong, seen = {}, set()
    for words, said in say.items():
        if not any(map(str.isalnum, words)):
            wrong[words] = "is no word that could be written in an answer"
        elif not any(map(str.isalnum, said)):
            wrong[words] = "must hold the words to be said instead"
        elif _form(words) in seen:
            wrong[words] = "stands here twice (capital letters make no difference); remove one"
        seen.add(_form(words))
    return wrong


def _form(words: str) -> str:
    return " ".join(words.lower().split())
