"""What was dictated, out of a transcript: the value as it is written down, and where its words
stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from appliance.dictation.characters import Alphabet
from appliance.dictation.dates import read_date
from appliance.dictation.email import read_address
from appliance.dictation.runs import Run, runs, value_of
from appliance.dictation.tokens import MOST_CHARACTERS, tokens
from appliance.language.dictation_words import DictationWords, Kind
from appliance.language.registry import language_of

ALPHABETS: Final[dict[Kind, Alphabet]] = {"digits": "digits", "name": "letters", "code": "both"}
MOST_NAME_WORDS: Final = 3
"""Of a name that is said and not spelt."""
LEAST_UNASKED: Final[dict[Kind, int]] = {"digits": 7, "name": 3, "code": 4}
"""Characters of a value that nobody asked for; of one that was announced half as many."""


@dataclass(frozen=True, slots=True)
class Dictated:
    """A value that was dictated."""

    kind: Kind
    value: str
    """As it is written down: ``02079460018``, ``SMITH``, ``AB123``, ``anna.smith@example.com``,
    ``1987-03-14``; a date without a year is one of the time to come."""
    start: int
    end: int
    """Where in the transcript its words stand."""


def read(text: str, kind: Kind, language: str, *, today: date) -> Dictated | None:
    """The value of ``kind`` that the agent had asked for, in ``text`` as a recogniser wrote it;
    None where it holds none. What a caller took back ("no, sorry") counts no more."""
    known = language_of(language).dictation
    at = _restarted(text, known)
    if at is None:
        return _read(text, kind, language, today)
    before, after = text[: at[0]], text[at[1] :]
    fresh = _read(after, kind, language, today)
    if fresh is None:
        return _read(before, kind, language, today)
    old = _read(before, kind, language, today) if kind in ALPHABETS else None
    value = fresh.value if old is None else _mended(old.value, fresh.value)
    start = at[1] + fresh.start if old is None else old.start
    return Dictated(kind, value, start, at[1] + fresh.end)


def read_unasked(text: str, language: str, *, today: date) -> Dictated | None:
    """A value that the caller dictates although nobody asked: only what can be nothing else, or
    what they announced ("my number is")."""
    known = language_of(language).dictation
    address = read(text, "email", language, today=today)
    if address is not None:
        return address
    born = known.announced.get("date")
    if born is not None and born.search(text):
        return read(text, "date", language, today=today)
    for kind in ("digits", "name", "code"):
        found = read(text, kind, language, today=today)
        if found is not None and _stands_alone(text, found, known):
            return found
    return None


def read_said_name(text: str, language: str) -> Dictated | None:
    """A name that was said in one word and not spelt, as the recogniser writes it."""
    known = language_of(language).dictation
    pattern = known.announced.get("name")
    words = tokens(text)
    name = [
        word
        for word in words
        if len(word.text) > 2
        and word.is_word
        and word.text not in known.fillers
        and (pattern is None or not pattern.search(word.text))
    ]
    if len(words) > MOST_NAME_WORDS or len(name) != 1 or not name[0].raw[0].isupper():
        return None
    return Dictated("name", name[0].raw.upper(), name[0].start, name[0].end)


def _stands_alone(text: str, found: Dictated, known: DictationWords) -> bool:
    pattern = known.announced.get(found.kind)
    announced = pattern is not None and pattern.search(text[: found.start]) is not None
    least = LEAST_UNASKED[found.kind]
    enough = len(found.value) >= (-(-least // 2) if announced else least)
    if found.kind == "digits":
        ahead = tokens(text[found.end :])
        return enough and not [word for word in ahead if word.text not in known.fillers]
    spelt = len([word for word in tokens(text[found.start : found.end]) if len(word.text) == 1])
    if found.kind == "name":
        return enough and (spelt >= LEAST_UNASKED["name"] or announced and spelt >= 2)
    return enough and announced and any(map(str.isdigit, found.value))


def _read(text: str, kind: Kind, language: str, today: date) -> Dictated | None:
    known = language_of(language).dictation
    if kind == "email":
        address = read_address(text, known)
        whole = address is not None and address.is_whole
        return (
            Dictated(kind, address.text, address.start, address.end) if address and whole else None
        )
    if kind == "date":
        first = language in known.month_first
        day = read_date(text, known, today=today, month_first=first)
        if day is None or day.value is None:
            return None
        return Dictated(kind, day.value.isoformat(), day.start, day.end)
    return _characters(text, kind, known)


def _characters(text: str, kind: Kind, known: DictationWords) -> Dictated | None:
    text = _without_comments(text[:MOST_CHARACTERS], known)
    words = tokens(text)
    found = value_of(runs(words, ALPHABETS[kind], known))
    if kind == "name":
        return _name(text, found, known)
    if found is None or (kind == "digits" and not found.characters.strip("+")):
        return None
    value = re.sub(r"(?<!^)\+", "", found.characters).upper()
    return Dictated(kind, value, found.start, found.end)


def _name(text: str, spelt: Run | None, known: DictationWords) -> Dictated | None:
    """A name's letters; where it was said first ("Ferris with double R, F E ..."), without what
    else was said of it."""
    said = [word for word in tokens(text) if word.is_word and len(word.text) > 2]
    if spelt is not None and len(spelt.characters) > 1:
        value = spelt.characters
        for word in said:
            if len(word.text) > 2 and value.endswith(word.text):
                value = word.text
        return Dictated("name", value.upper(), spelt.start, spelt.end)
    return None


def _without_comments(text: str, known: DictationWords) -> str:
    """The same length, so that places stay."""
    return known.comments.sub(lambda found: " " * len(found.group()), text)


def _restarted(text: str, known: DictationWords) -> tuple[int, int] | None:
    """Where the last words stand with which the caller took something back."""
    found = list(known.restarts.finditer(text.lower()))
    return found[-1].span() if found else None


def _mended(before: str, after: str) -> str:
    """``before`` with its end said again: "four five, sorry, four six"."""
    if len(after) >= len(before):
        return after
    at = before.rfind(after[0], max(0, len(before) - len(after) - 1))
    return after if at < 1 else before[:at] + after
