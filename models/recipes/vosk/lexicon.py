"""How the words of the vocabulary are pronounced: as flite says them alone, as the CMU dictionary
of Debian's festlex-cmu has them, and as people say them: swallowed inside a sentence, and weekdays,
numbers and months in more than one way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from models.recipes.corpus.phones import SPOKEN, known
from models.recipes.corpus.sentences import DICTIONARY
from models.recipes.corpus.voices import flite_phones

Pronunciation = tuple[str, ...]
Lexicon = dict[str, tuple[Pronunciation, ...]]

MAX_PRONUNCIATIONS = 4

SPOKEN_FORMS: Mapping[str, str] = {
    "a": "ax | ey",
    "address": "ax d r eh s | ae d r eh s",
    "an": "ae n | ax n",
    "and": "ae n d | ax n d | ax n",
    "appointment": "ax p oy n t m ax n t | ax p oy n m ax n t",
    "are": "aa r | er",
    "at": "ae t | ax t",
    "because": "b ih k ao z | b ih k ah z | k ah z",
    "can": "k ae n | k ax n",
    "december": "d ih s eh m b er | d iy s eh m b er",
    "do": "d uw | d ax",
    "eighth": "ey t th | ey th",
    "either": "iy dh er | ay dh er",
    "eleven": "ih l eh v ax n | ax l eh v ax n",
    "eleventh": "ih l eh v ax n th | ax l eh v ax n th",
    "february": "f eh b y ax w eh r iy | f eh b r uw eh r iy | f eh b y uw eh r iy",
    "fifth": "f ih f th | f ih th | f ih f t",
    "for": "f ao r | f er",
    "fourteen": "f ao r t iy n | f ao r d iy n",
    "friday": "f r ay d ey | f r ay d iy",
    "from": "f r ah m | f r ax m",
    "goodbye": "g uh d b ay | g ah b ay",
    "hello": "hh ax l ow | hh eh l ow",
    "her": "hh er | er",
    "him": "hh ih m | ih m",
    "hm": "hh m | m",
    "hmm": "hh m | m",
    "hours": "aw er z | aa r z",
    "hundred": "hh ah n d r ax d | hh ah n er d",
    "internet": "ih n t er n eh t | ih n er n eh t",
    "january": "jh ae n y uw eh r iy | jh ae n y ax w eh r iy",
    "july": "jh uw l ay | jh ax l ay",
    "just": "jh ah s t | jh ax s t",
    "mhm": "m hh m | ax m hh ah m",
    "minutes": "m ih n ax t s | m ih n ih t s",
    "monday": "m ah n d ey | m ah n d iy",
    "november": "n ow v eh m b er | n ax v eh m b er",
    "o'clock": "ax k l aa k | ow k l aa k",
    "of": "ax v | ah v",
    "often": "ao f ax n | ao f t ax n",
    "okay": "ow k ey | k ey",
    "or": "ao r | er",
    "probably": "p r aa b ax b l iy | p r aa b l iy",
    "restaurant": "r eh s t er aa n t | r eh s t r aa n t",
    "saturday": "s ae t er d ey | s ae t er d iy",
    "schedule": "s k eh jh uh l | s k eh jh uw l",
    "september": "s eh p t eh m b er | s ax p t eh m b er",
    "seventh": "s eh v ax n th | s eh v ah n th",
    "sixth": "s ih k s th | s ih k s t | s ih k th",
    "something": "s ah m th ih ng",
    "sorry": "s aa r iy | s ao r iy",
    "sunday": "s ah n d ey | s ah n d iy",
    "ten": "t eh n | t ih n",
    "that": "dh ae t | dh ax t",
    "the": "dh ax | dh iy",
    "them": "dh eh m | dh ax m",
    "thirteen": "th er t iy n | th er d iy n",
    "thirty": "th er d iy | th er t iy",
    "thursday": "th er z d ey | th er z d iy",
    "to": "t ax | t uw",
    "today": "t ax d ey | t uw d ey",
    "tomorrow": "t ax m aa r ow | t ax m ao r ow",
    "tuesday": "t uw z d ey | t uw z d iy",
    "twelfth": "t w eh l f th | t w eh l th",
    "twenty": "t w eh n t iy | t w eh n iy",
    "uh": "ah",
    "want": "w aa n t | w ao n t | w ah n t",
    "was": "w aa z | w ax z | w ah z",
    "wednesday": "w eh n z d ey | w eh n z d iy",
    "what's": "w ah t s | w aa t s",
    "with": "w ih dh | w ih th",
    "yeah": "y ae | y eh ax",
    "yesterday": "y eh s t er d ey | y eh s t er d iy",
    "you": "y uw | y ax",
    "your": "y ao r | y uh r | y er",
    "zero": "z iy r ow | z ih r ow",
}
"""Alternatives parted by ``|``. They come before what the programs say: flite calls it "mondy"."""


def lexicon(words: Iterable[str]) -> Lexicon:
    """At most ``MAX_PRONUNCIATIONS`` of each of ``words``, silences left out, sorted by word."""
    listed = dictionary()
    found: Lexicon = {}
    for word in sorted(set(words)):
        candidates = [tuple(form.split()) for form in SPOKEN_FORMS.get(word, "").split("|")]
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
