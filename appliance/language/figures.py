"""The words by which a language reads figures and signs, as one value per language.

The rules that use them (``figure_rules.py``) are the same for all languages but English: what a
sign means differs little, what it is called differs always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """Of one language, compared by identity; patterns are matched without regard to case."""

    code: str
    """Of num2words: ``de``."""
    months: tuple[str, ...]
    date: str
    """``{day}. {month} {year}``; ``year`` may be empty."""
    to: str
    """Between two numbers: nine *to* five."""
    minus: str
    plus: str
    at: str
    dot: str
    dash: str
    underscore: str
    slash: str
    star: str
    hash: str
    times: str
    by: str
    """Between lengths: three *by* four."""
    equals: str
    percent: str
    about: str
    and_: str
    degrees: str
    """With the scale in its place: ``Grad{}``."""
    celsius: str
    fahrenheit: str
    cues: str
    """A pattern of words behind which digits are dictated."""
    presses: str
    """A pattern of what a caller is told to press, up to the digit."""
    first: str = ""
    """The first of a month, where it is no cardinal."""
    hour: str = ""
    """A time by figures, ``{hour} Uhr {minute}``; empty where damga reads it."""
    days: Mapping[str, str] = field(default_factory=dict)
    """A short name of a day -> its name; only beside another or beside figures."""
    replaced: Mapping[str, str] = field(default_factory=dict)
    """Abbreviations and fractions -> their words; as they are written, whole."""
    money: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """A sign -> one, several, small coins."""
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """A unit -> one, several; where damga does not read them."""
    ordinals: Mapping[str, str] = field(default_factory=dict)
    """An ordinal in figures -> its words, where damga does not read them."""
    own: Mapping[str, str] = field(default_factory=dict)
    """Patterns and what takes their place, before numbers are read ..."""
    after: Mapping[str, str] = field(default_factory=dict)
    """... and afterwards."""
    ruler: str = "{}"
    """The number behind a king's name: ``der {}``."""
    ruler_ordinals: int = 99
    """Up to here it is an ordinal."""
    dotted_starters: frozenset[str] = frozenset()
    """Where "3." is written for "third": the words before which a full stop behind figures is
    one."""
    thousands: str = "."
    """What groups digits, besides spaces."""
    long_years: bool = False
    """Whether 2026 is read as a cardinal by us, because damga reads two pairs."""
    telephone: bool = True
    """Whether a telephone number is read digit by digit; else damga reads pairs."""
