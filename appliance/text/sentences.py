"""Cuts a reply, while it is still being written, into the utterances that are synthesised one by
one.

The first utterance is short, because nothing can be heard before it is synthesised as a whole; the
rest are whole sentences, which sound best, as long as their synthesis takes less time than the
utterance before them is spoken in. A cut is made only when what follows cannot change it any more,
so the utterances do not depend on how the language model's deltas happen to fall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from appliance.language.sentence_words import SentenceWords, sentence_words
from appliance.text.markup import without_thoughts

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

REPLY_CHARS: Final = 20_000
"""No more of a reply is spoken: 20 minutes of sound."""

_SLICE_CHARS: Final = 2000

_TOKEN = re.compile(r"\S{1,60}")
"""A word; one that is longer than any counts as several, so that a text without spaces ends."""
_CLOSERS = "\"'”’»)]*_"
_OPENERS = "\"'“‘(*_«[¿¡"
_SENTENCE_ENDS = tuple(".!?…")
_WIDE_ENDS = re.compile("[。！？]+[”’」』）]*")  # these need no space behind them
_CLAUSE_ENDS = (",", ";", ":", "—", "–")
_DASHES = "—–"
_ENTITY = re.compile(r"&#?\w{1,12};$")
"""The end of "Smith &amp;": no semicolon of the sentence."""
_INITIALS = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]\.)+$")
_LIST_NUMBER = re.compile(r"(\d{1,3})\.$")
_NUMBER = re.compile(r"\d{1,4}$")


def cut(text: str, language: str = "en") -> Iterator[str]:
    """The utterances of all of ``text``, however long it is, as they are asked for; without what a
    model thinks."""
    text = without_thoughts(text)
    splitter = SentenceSplitter(language, most_chars=len(text) + 1)
    for at in range(0, len(text), _SLICE_CHARS):
        yield from splitter.push(text[at : at + _SLICE_CHARS])
    yield from splitter.flush()


def utterances_of(text: str, language: str = "en") -> list[str]:
    """All of ``text``, cut."""
    return list(cut(text, language))


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

    def __init__(self, language: str = "en", most_chars: int = REPLY_CHARS) -> None:
        """``language`` as in an agent (``en``, ``de-AT``)."""
        self._words = sentence_words(language)
        self._text = ""
        self._left = most_chars
        self._soft, self._hard = FIRST_SOFT_WORDS, FIRST_WORDS
        self._first = self._new_line = True
        self._listed = -1

    def push(self, delta: str) -> list[str]:
        """The utterances that ``delta`` completed, in order; none is empty or begins with a
        space."""
        self._text += delta[: self._left]
        self._left -= min(self._left, len(delta))
        utterances, start, listed = [], 0, self._listed
        while (end := self._cut(start)) is not None:
            listed = self._listed
            utterance = self._text[start:end].strip()
            if utterance:
                utterances.append(utterance)
                self._first = self._new_line = False
                self._hard = min(WORDS, max(LATER_WORDS, LATER_TIMES * len(utterance.split())))
                self._soft = self._hard * 2 // 3
            start = end
        self._text, self._listed = self._text[start:], listed  # the rest is looked at again
        return utterances

    def flush(self) -> list[str]:
        """What is left when the reply is over."""
        self._left += 1
        utterances = self.push("\n")
        rest, self._text = self._text.strip(), ""
        return [*utterances, rest] if rest else utterances

    def _cut(self, start: int) -> int | None:
        """Where the first utterance of the text from ``start`` on ends, once no further text can
        move that end."""
        text = self._text
        better: int | None = None
        before = ""
        for count, (token, following) in enumerate(_pairs(text, start), start=1):
            word = token.group()
            if wide := _WIDE_ENDS.search(word):
                end = token.start() + wide.end()
                return end if end < len(text) else None
            if token.end() == len(text):
                return None  # it may still grow
            gap = text[token.end() : following.start() if following else len(text)]
            if "\n" in gap:
                self._new_line = True
                return token.end()
            if count >= 2 * self._hard:
                return token.end()  # no matter where: it must end
            if following is None:
                return token.end() if word.rstrip(_CLOSERS).endswith(("!", "?")) else None
            if following.end() == len(text) and _awaits(word, following.group(), self._words):
                return None  # the next word decides, and may still grow
            if gap and not self._lists(word, before, count):
                if _ends_sentence(word, following.group(), self._words):
                    return token.end()
                if (
                    self._first
                    and count >= CLAUSE_WORDS
                    and self._pauses(before, word, following.group())
                ):
                    return token.end()
            whole = following.end() < len(text)
            if whole and gap and _may_part(word, following.group()):
                if count >= self._soft and self._joins(before, word, following.group()):
                    better = token.end()
                if count >= self._hard or (better is not None and self._first):
                    return token.end() if better is None else better
            before = word
        return None

    def _lists(self, word: str, before: str, count: int) -> bool:
        """Whether ``word`` is the number of an entry of a list, which belongs to what follows."""
        found = _LIST_NUMBER.fullmatch(word)
        if not found:
            return False
        number = int(found[1])
        listed = (count == 1 and (self._new_line or number == self._listed + 1)) or (
            before.endswith((":", ";")) or (number == self._listed + 1 and before != "")
        )
        if listed:
            self._listed = number
        return listed

    def _pauses(self, before: str, word: str, following: str) -> bool:
        """Whether a clause is over with ``word``: never at the comma of a date, nor at a dash from
        one date or time to another."""
        if not word.endswith(_CLAUSE_ENDS) or _ENTITY.search(word):
            return False
        if word[-1] not in _DASHES:
            return not (word[0].isdigit() and following[0].isdigit())
        return not any(map(str.isdigit, before + word + following))

    def _joins(self, before: str, word: str, following: str) -> bool:
        """Whether a clause or the like is over with ``word``."""
        joiners = self._words.joiners
        joins = following.lower() in joiners and word.lower() not in joiners
        return joins or self._pauses(before, word, following)


def _pairs(text: str, start: int) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Each word from ``start`` on, and the one behind it."""
    words = _TOKEN.finditer(text, start)
    word = next(words, None)
    while word is not None:
        following = next(words, None)
        yield word, following
        word = following


def _may_part(word: str, following: str) -> bool:
    """Whether an utterance that has become too long may end with ``word``: not beside a number,
    nor where a better place comes next."""
    number = any(map(str.isdigit, word + following))
    ends = following.rstrip(_CLOSERS).endswith((*_SENTENCE_ENDS, *_CLAUSE_ENDS))
    return not number and not ends


def _awaits(word: str, following: str, words: SentenceWords) -> bool:
    """Whether more of ``following`` must be known than its first letter."""
    bare = word.rstrip(_CLOSERS)
    if not bare.endswith((".", "…")):
        return False
    stem = bare.lstrip(_OPENERS).rstrip(".").lower()
    street = stem in words.before_starter or stem.endswith(words.street_ends)
    named = street or stem.lstrip("0123456789:") in words.times
    unsure = named or _NUMBER.fullmatch(stem) or _INITIALS.search(bare)
    return bool(unsure) or not following.lstrip(_OPENERS)


def _ends_sentence(word: str, following: str, words: SentenceWords) -> bool:
    """Whether a sentence ends with ``word``, ``following`` being the next one."""
    bare = word.rstrip(_CLOSERS)
    if not bare.endswith(_SENTENCE_ENDS):
        return False
    if bare.endswith(("!", "?")):
        return True
    bare_next = following.lstrip(_OPENERS)
    next_char, next_word = bare_next[:1], bare_next.rstrip(",.;:!?\"'”’)").lower()
    if bare.endswith(("…", "..")):
        return not next_char.islower()  # "Well ... let me see" goes on
    stem = bare.lstrip(_OPENERS).rstrip(".").lower()
    starts = next_char.isupper() and next_word in words.starters
    if stem in words.never or (stem in words.before_number and next_char.isdigit()):
        return False
    if _NUMBER.fullmatch(stem) and len(stem) <= 2:
        return next_word not in words.months and (starts or not words.ordinal_dot)
    if stem.lstrip("0123456789:") in words.times:
        return next_char.isupper() and next_word not in words.time_goes_on
    if stem in words.before_starter or stem.endswith(words.street_ends):
        return starts
    if stem in words.perhaps or stem in words.before_number:
        return next_char.isupper()
    if _INITIALS.search(bare):
        return starts if len(stem) > 1 else next_char.isupper() and stem == "i"
    return True
