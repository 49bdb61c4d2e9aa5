"""How the words of the vocabulary are pronounced: as flite says them alone, as the CMU dictionary
of Debian's festlex-cmu has them, and as they are swallowed inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from models.recipes.corpus.phones import SPOKEN, known
from models.recipes.corpus.sentences import DICTIONARY
from models.recipes.corpus.voices import flite_phones

Pronunciation = tuple[str, ...]
Lexicon = dict[str, tuple[Pronunciation, ...]]

MAX_PRONUNCIATIONS = 4

WEAK_FORMS: Mapping[str, str] = {
    "a": "ax | ey",
    "an": "ae n | ax n",
    "and": "ae n d | ax n d | ax n",
    "are": "aa r | er",
    "at": "ae t | ax t",
    "can": "k ae n | k ax n",
    "do": "d uw | d ax",
    "for": "f ao r | f er",
    "from": "f r ah m | f r ax m",
    "hello": "hh ax l ow | hh eh l ow",
    "him": "hh ih m | ih m",
    "her": "hh er | er",
    "hm": "hh m | m",
    "hmm": "hh m | m",
    "just": "jh ah s t | jh ax s t",
    "mhm": "m hh m | ax m hh ah m",
    "o'clock": "ax k l aa k | ow k l aa k",
    "of": "ax v | ah v",
    "or": "ao r | er",
    "that": "dh ae t | dh ax t",
    "the": "dh ax | dh iy",
    "them": "dh eh m | dh ax m",
    "to": "t ax | t uw",
    "uh": "ah",
    "us": "ah s | ax s",
    "was": "w aa z | w ax z | w ah z",
    "you": "y uw | y ax",
    "your": "y ao r | y uh r | y er",
    "zero": "z iy r ow | z ih r ow",
}
"""Alternatives parted by ``|``. They come before what the programs say."""


def lexicon(words: Iterable[str]) -> Lexicon:
    """At most ``MAX_PRONUNCIATIONS`` of each of ``words``, silences left out, sorted by word."""
    listed = dictionary()
    found: Lexicon = {}
    for word in sorted(set(words)):
        candidates = [tuple(form.split()) for form in WEAK_FORMS.get(word, "").split("|")]
        candidates.append(tuple(p for p in flite_phones(word) if p in SPOKEN))
        if len(word) > 1:  # of letters, the dictionary has sounds too
            candidates += listed.get(word, [])
        every = dict.fromkeys(each for each in candidates if each)
        found[word] = tuple(every)[:MAX_PRONUNCIATIONS]
    return found


def dictionary() -> dict[str, list[Pronunciation]]:
    """The CMU dictionary."""
    entries: dict[str, list[Pronunciation]] = {}
    for line in DICTIONARY.read_text(encoding="latin-1").splitlines():
        if entry := re.match(r'\("([^"]+)" \S+ \((.*)\)\)$', line.strip()):
            phones = known(re.findall(r"[a-z]+", entry[2]))
            if all(phone in SPOKEN for phone in phones):
                entries.setdefault(entry[1], []).append(phones)
    return entries
