"""Cuts a reply, while it is still being written, into the utterances that are synthesised one by
one.

The first utterance is short, because nothing can be heard before it is synthesised as a whole; the
rest are whole sentences, which sound best, as long as their synthesis takes less time than the
utterance before them is spoken in. A cut is made only when what follows cannot change it any more,
so the utterances do not depend on how the language model's deltas happen to fall.
"""

from __future__ import annotations

import re

CLAUSE_WORDS = 3
"""The first utterance may end at a comma after so many words ..."""
FIRST_SOFT_WORDS = 8
"""... or before a joining word after so many ..."""
FIRST_WORDS = 10
"""... or anywhere after so many: 3 s of sound, for which a voice of Piper's quality "medium" takes
0.25 s of a core."""
LATER_TIMES = 4
"""No later utterance has more than so many times the words of the one before it: with four callers
on two cores such a voice speaks five times faster than it is listened to ..."""
LATER_WORDS = 12
"""... but so many it may have ..."""
WORDS = 40
"""... and never more: a reply without full stops must not be synthesised as a whole."""
SENTENCE_PAUSE_S = 0.15
CLAUSE_PAUSE_S = 0.1
"""Silence between two utterances of sound, besides the edges of both (audio/voiced.py): 0.21 and
0.16 s in all. At commas inside an utterance voices make 0.3 s of their own."""

_TOKEN = re.compile(r"\S+")
_CLOSERS = "\"'”’»)]*_"
_SENTENCE_ENDS = tuple(".!?…")
_WIDE_ENDS = re.compile("[。！？]+[”’」』）]*")  # these need no space behind them
_CLAUSE_ENDS = (",", ";", ":", "—", "–")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+$")
_LIST_NUMBER = re.compile(r"\d{1,3}\.$")
_TITLES = frozenset(
    "dr mr mrs ms prof st mt sr jr rev hon capt col gen lt sgt rd ave e.g i.e vs cf approx ca "
    "bzw z.b d.h frau hr sra av".split()
)
"""Abbreviations with which a sentence does not end."""
_OTHERS = frozenset(
    "etc inc ltd co corp dept tel ext fax min max hrs hr mins secs mon tue tues wed thu thur thurs "
    "fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Abbreviations with which a sentence may end: a capital letter behind them decides."""
_BEFORE_NUMBER = frozenset("no nos nr p pp fig sec ext tel art".split())
_JOINERS = frozenset(
    "and but or because so which that when where while if for with without to at in on from "
    "until after before as by than of".split()
)


def utterances_of(text: str) -> list[str]:
    """All of ``text``, cut."""
    splitter = SentenceSplitter()
    return [*splitter.push(text), *splitter.flush()]


def goes_on(utterance: str) -> bool:
    """Whether ``utterance`` ends where a sentence has a comma or the like."""
    return utterance.rstrip().rstrip(_CLOSERS).endswith(_CLAUSE_ENDS)


def pause_after_s(utterance: str) -> float:
    """The silence that belongs between ``utterance`` and what follows it."""
    bare = utterance.rstrip().rstrip(_CLOSERS)
    if bare.endswith(_SENTENCE_ENDS) or _WIDE_ENDS.search(bare[-1:]):
        return SENTENCE_PAUSE_S
    return CLAUSE_PAUSE_S if goes_on(utterance) else 0.0


class SentenceSplitter:
    """One reply's utterances. ``push`` the deltas, ``flush`` at the end; then throw it away."""

    def __init__(self) -> None:
        self._text = ""
        self._soft, self._hard = FIRST_SOFT_WORDS, FIRST_WORDS
        self._first = True

    def push(self, delta: str) -> list[str]:
        """The utterances that ``delta`` completed, in order; none is empty or begins with a
        space."""
        self._text += delta
        utterances = []
        while (end := self._cut()) is not None:
            utterance, self._text = self._text[:end].strip(), self._text[end:]
            if utterance:
                utterances.append(utterance)
                self._first = False
                self._hard = min(WORDS, max(LATER_WORDS, LATER_TIMES * len(utterance.split())))
                self._soft = self._hard * 2 // 3
        return utterances

    def flush(self) -> list[str]:
        """What is left when the reply is over: one utterance or none."""
        rest, self._text = self._text.strip(), ""
        return [rest] if rest else []

    def _cut(self) -> int | None:
        """Where the first utterance of the text ends, once no further text can move that end."""
        text = self._text
        tokens = list(_TOKEN.finditer(text))
        better: int | None = None
        for index, token in enumerate(tokens):
            if wide := _WIDE_ENDS.search(token.group()):
                end = token.start() + wide.end()
                return end if end < len(text) else None
            if token.end() == len(text):
                return None  # it may still grow
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            gap = text[token.end() : following.start() if following else len(text)]
            if "\n" in gap:
                return token.end()
            if following is None:
                return token.end() if token.group().rstrip(_CLOSERS).endswith(("!", "?")) else None
            if _ends_sentence(token.group(), following.group()[0], alone=index == 0):
                return token.end()
            if following.end() < len(text) and _may_part(token.group(), following.group()):
                if index + 1 >= self._soft and _joins(token.group(), following.group()):
                    better = token.end()
                if index + 1 >= self._hard or (better is not None and self._first):
                    return token.end() if better is None else better
            if self._first and index + 1 >= CLAUSE_WORDS and token.group().endswith(_CLAUSE_ENDS):
                return token.end()
        return None


def _may_part(word: str, following: str) -> bool:
    """Whether an utterance that has become too long may end with ``word``: never beside a number,
    nor where a better place comes next."""
    number = any(map(str.isdigit, word + following))
    return not number and not following.rstrip(_CLOSERS).endswith((*_SENTENCE_ENDS, *_CLAUSE_ENDS))


def _joins(word: str, following: str) -> bool:
    """Whether a clause or the like is over with ``word``."""
    joins = following.lower() in _JOINERS and word.lower() not in _JOINERS
    return joins or word.endswith(_CLAUSE_ENDS)


def _ends_sentence(word: str, next_char: str, *, alone: bool) -> bool:
    """Whether a sentence ends with ``word``, ``next_char`` being what the next word begins with."""
    bare = word.rstrip(_CLOSERS)
    if not bare.endswith(_SENTENCE_ENDS):
        return False
    if bare.endswith(("!", "?")):
        return True
    if bare.endswith(("…", "..")):
        return not next_char.islower()  # "Well ... let me see" goes on
    stem = bare.lstrip("\"'“‘(*_").rstrip(".").lower()
    if alone and _LIST_NUMBER.fullmatch(bare):
        return False
    if stem in _TITLES or (stem in _BEFORE_NUMBER and next_char.isdigit()):
        return False
    if stem in _OTHERS or _INITIALS.search(bare):
        return next_char.isupper() and (len(stem) > 1 or stem == "i")
    return True
