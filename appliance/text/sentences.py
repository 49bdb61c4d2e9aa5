"""Cuts a reply, while it is still being written, into the pieces that are synthesised one by one.

The first piece is short, because nothing can be heard before it is synthesised as a whole; the rest
are whole sentences, which sound best. A cut is made only when what follows cannot change it any
more, so the pieces do not depend on how the language model's deltas happen to fall.
"""

from __future__ import annotations

import re

CLAUSE_WORDS = 3
"""The first piece may end at a comma after so many words ..."""
FIRST_SOFT_WORDS = 10
"""... or before a joining word after so many ..."""
FIRST_WORDS = 12
"""... or anywhere after so many."""
WORDS = 40
"""No later piece is longer: a reply without full stops must not be synthesised as a whole."""

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


class SentenceSplitter:
    """One reply's pieces. ``push`` the deltas, ``flush`` at the end; then throw it away."""

    def __init__(self) -> None:
        self._text = ""
        self._first = True

    def push(self, delta: str) -> list[str]:
        """The pieces that ``delta`` completed, in order; none is empty or begins with a space."""
        self._text += delta
        pieces = []
        while (end := _cut(self._text, first=self._first)) is not None:
            piece, self._text = self._text[:end].strip(), self._text[end:]
            if piece:
                pieces.append(piece)
                self._first = False
        return pieces

    def flush(self) -> list[str]:
        """What is left when the reply is over: one piece or none."""
        rest, self._text = self._text.strip(), ""
        return [rest] if rest else []


def _cut(text: str, *, first: bool) -> int | None:
    """Where the first piece of ``text`` ends, once no further text can move that end."""
    tokens = list(_TOKEN.finditer(text))
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
        if following.end() < len(text) and _ends_piece(
            index + 1, token.group(), following.group(), first
        ):
            return token.end()
        if first and index + 1 >= CLAUSE_WORDS and token.group().endswith(_CLAUSE_ENDS):
            return token.end()
    return None


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


def _ends_piece(words: int, word: str, following: str, first: bool) -> bool:
    """Whether a piece has become too long and may end with ``word``. Never beside a number."""
    if any(map(str.isdigit, word + following)):
        return False
    if following.rstrip(_CLOSERS).endswith((*_SENTENCE_ENDS, *_CLAUSE_ENDS)):
        return False  # a better place comes next
    if not first:
        return words >= WORDS
    joins = following.lower() in _JOINERS and word.lower() not in _JOINERS
    return words >= FIRST_WORDS or (words >= FIRST_SOFT_WORDS and joins)
