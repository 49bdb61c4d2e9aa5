"""Whether a caller is dictating, and whether all of it is there: what tells how long to wait.

Between two digits people rest a second, after a sentence a fifth of that.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final

from appliance.dictation.characters import piece_at
from appliance.dictation.dates import read_date
from appliance.dictation.email import read_address
from appliance.dictation.reader import ALPHABETS, read, read_unasked
from appliance.dictation.tokens import tokens
from appliance.language.dictation_words import DictationWords, Kind
from appliance.language.registry import language_of

LEAST_AT_THE_END: Final = 2
"""Digits said one by one, or letters, at the end of words: something is being dictated."""
MAY_GO_ON: Final = (".co", ".org", ".gov", ".ac", ".net", ".com")
"""Ends of addresses behind which a country may follow; after ``.com`` that is rare."""


class Progress(Enum):
    """How far a dictation is."""

    NONE = "none"
    GOING_ON = "going on"
    COMPLETE = "complete"


def progress(
    text: str,
    language: str,
    *,
    today: date,
    expected: Kind | None = None,
    length: int | None = None,
) -> Progress:
    """How far the dictation in ``text``, a transcript so far, is. ``expected``: what the agent has
    asked for; ``length``: how many characters that has. Without a length a number or a name is
    never complete: nobody can tell."""
    known = language_of(language).dictation
    if expected is None:
        return _unasked(text, language, known, today)
    if expected == "email":
        return _of_address(text, known, asked=True)
    if expected == "date":
        return _of_date(text, language, known, today)
    found = read(text, expected, language, today=today)
    if found is None:
        ending = _ending(text, expected, known)
        return Progress.GOING_ON if ending else Progress.NONE
    done = length is not None and len(found.value.removeprefix("+")) >= length
    return Progress.COMPLETE if done else Progress.GOING_ON


def _unasked(text: str, language: str, known: DictationWords, today: date) -> Progress:
    for kind, pattern in known.announced.items():
        found = pattern.search(text)
        if found is None:
            continue
        if kind == "email":
            return _of_address(text, known, asked=True)
        if kind == "date":
            return _of_date(text[found.end() :], language, known, today)
        if _ending(text[found.end() :], kind, known):
            return Progress.GOING_ON
    last = [word.text for word in tokens(text)[-LEAST_AT_THE_END:]]
    if len(last) == LEAST_AT_THE_END and all(word in language_of(language).digits for word in last):
        return Progress.GOING_ON
    if any(_ending(text, kind, known) >= LEAST_AT_THE_END for kind in ("digits", "name")):
        return Progress.GOING_ON
    if read_unasked(text, language, today=today) is not None:
        return _of_address(text, known, asked=False) if "@" in text else Progress.GOING_ON
    return _of_address(text, known, asked=False)


def _of_address(text: str, known: DictationWords, *, asked: bool) -> Progress:
    address = read_address(text, known)
    if address is not None and address.is_whole:
        goes_on = address.text.endswith(MAY_GO_ON[:-1])
        return Progress.GOING_ON if goes_on else Progress.COMPLETE
    return Progress.GOING_ON if asked and tokens(text) else Progress.NONE


def _of_date(text: str, language: str, known: DictationWords, today: date) -> Progress:
    found = read_date(text, known, today=today, month_first=language in known.month_first)
    if found is None:
        return Progress.NONE
    whole = found.value is not None and not found.may_go_on
    return Progress.COMPLETE if whole else Progress.GOING_ON


def _ending(text: str, kind: Kind, known: DictationWords) -> int:
    """How many tokens at the end of ``text`` are single digits or letters, or say that such follow
    ("double")."""
    words = tokens(text)
    count = 0
    for at in range(len(words) - 1, -1, -1):
        token = words[at]
        if token.text in known.repeats:
            count += 1
            continue
        single = len(token.text) == 1 or len(known.numbers.get(token.text, "")) == 1
        figures = token.is_figures and (len(token.text) >= 3 or kind != "digits")
        piece = piece_at(words, at, ALPHABETS[kind], known)
        if not (piece.characters and piece.sure and (single or figures)):
            break
        count += len(token.text) if token.is_figures else 1
    return count
