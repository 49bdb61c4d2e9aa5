"""What a caller says against a value that was read back: "no, seven five", "not nine but five",
"it ends in one eight", or all of it again.

A part is put right only where it can mean one place. A value that is wrong in the record is worse
than one more question.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from appliance.dictation.read_back import groups
from appliance.dictation.reader import ALPHABETS, read
from appliance.language.dictation_words import Kind
from appliance.language.registry import language_of

MOSTLY: Final = 0.7
"""A correction that has so much of the value's length is the whole value, said again."""
SHORT_NUMBER: Final = 7
"""To a number with fewer digits, more of them are its rest ..."""
SAME: Final = 2
"""... unless they begin as it does."""
LONGEST_NUMBER: Final = 16


def corrected(value: str, kind: Kind, text: str, language: str, *, today: date) -> str | None:
    """``value`` as ``text`` (as a recogniser wrote it) puts it right; None where ``text`` says
    nothing of it, or where nobody can tell which part it means."""
    known = language_of(language).dictation
    if kind not in ALPHABETS:
        no = known.rejects.match(text.lower())
        found = read(text[no.end() if no else 0 :], kind, language, today=today)
        return None if found is None else found.value
    swap = known.not_but.search(text)
    if swap is not None:
        return _swapped(value, kind, swap["wrong"], swap["right"], language, today)
    right, _, wrong = known.instead_of.sub("\0", text, count=1).partition("\0")
    if all(_characters(part, kind, language, today) for part in (right, wrong)):
        return _swapped(value, kind, wrong, right, language, today)
    said = _characters(text, kind, language, today)
    if not said:
        return None
    if known.at_the_end.search(text) and len(said) < len(value):
        return value[: -len(said)] + said
    if known.at_the_start.search(text) and len(said) < len(value):
        return said + value[len(said) :]
    return said if len(said) >= MOSTLY * len(value) else replaced(value, said)


def replaced(value: str, said: str) -> str | None:
    """``value`` with ``said`` in the one place that it plainly corrects: where the fewest
    characters differ, and at most half of them; None where there are several such places, or where
    ``value`` has ``said`` already."""
    size = len(said)
    if said in value or size < 2:
        return None
    places = {}
    for at in range(len(value) - size + 1):
        places[at] = sum(a != b for a, b in zip(value[at : at + size], said, strict=True))
    least = min(places.values(), default=size)
    if least > size / 2:
        return None
    best = [at for at, differing in places.items() if differing == least]
    if len(best) > 1:
        starts = _starts(value)
        best = [at for at in best if at in starts and at + size in {*starts, len(value)}]
    return None if len(best) != 1 else value[: best[0]] + said + value[best[0] + size :]


def continued(value: str, kind: Kind, text: str, length: int | None, language: str) -> str | None:
    """``value`` with the rest of it, where ``text`` goes on with a number that was read back too
    soon; None when it does not."""
    if kind != "digits":
        return None
    said = _characters(text, kind, language, date.min)
    whole = length if length is not None else LONGEST_NUMBER
    began_anew = said[:SAME] == value[:SAME]
    short = len(value) < (SHORT_NUMBER if length is None else length)
    fits = len(value) + len(said) <= whole
    return value + said if said and short and fits and not began_anew else None


def _swapped(
    value: str, kind: Kind, wrong: str, right: str, language: str, today: date
) -> str | None:
    old, new = (_characters(part, kind, language, today) for part in (wrong, right))
    if not old or not new or value.count(old) != 1:
        return None
    return value.replace(old, new)


def _characters(text: str, kind: Kind, language: str, today: date) -> str:
    """As ``read``, where a single letter is enough."""
    found = read(text, "code" if kind == "name" else kind, language, today=today)
    return "" if found is None else found.value


def _starts(value: str) -> set[int]:
    """Where the groups begin in which a number is read back."""
    if not value.lstrip("+").isdigit():
        return {0}
    starts, at = set(), 0
    for group in groups(value):
        starts.add(at)
        at += len(group)
    return starts
