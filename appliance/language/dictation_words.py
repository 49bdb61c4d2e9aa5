"""The words in which numbers, letters, addresses and dates are dictated, as one value a language.

Whoever dictates says no sentence: "oh two oh", "double five", "S for Sierra", "anna dot smith at
example dot com". Each word stands for characters, and only there: "see" is a letter while a name is
spelt and a verb in any other sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from appliance.language.turn_ends import NEVER

Kind = Literal["digits", "name", "code", "email", "date"]
"""What can be dictated. ``name``: letters alone; ``code``: letters and digits."""


@dataclass(frozen=True, slots=True, eq=False)
class DictationWords:
    """Of one language; all words in lower case. A language without any still understands figures,
    letters and addresses as recognisers write them."""

    # numbers
    numbers: Mapping[str, str] = field(default_factory=dict)
    """A word -> its digits: ``oh`` 0, ``seventeen`` 17, ``seventy`` 70."""
    misheard_digits: Mapping[str, str] = field(default_factory=dict)
    """What recognisers make of a digit said by itself -> the digit; among other digits only."""
    multipliers: Mapping[str, int] = field(default_factory=dict)
    """``hundred`` 100."""
    adding: frozenset[str] = frozenset()
    """Joins a multiplier and what is added to it: "two thousand and seven"."""
    repeats: Mapping[str, int] = field(default_factory=dict)
    """``double`` 2: what follows is meant so often."""

    # letters
    letters: Mapping[str, str] = field(default_factory=dict)
    """How letters are called, and what recognisers make of that -> the letter."""
    code_words: Mapping[str, str] = field(default_factory=dict)
    """``sierra`` s: words of a spelling alphabet that stand for a letter by themselves."""
    standing_for: tuple[tuple[str, ...], ...] = ()
    """Between a letter and a word that begins with it: "S *as in* sugar". The longest first."""
    comments: re.Pattern[str] = NEVER
    """Words about a spelling that are no part of it: ", with a zed". In the written text."""

    # addresses
    at: frozenset[str] = frozenset()
    symbols: Mapping[str, str] = field(default_factory=dict)
    """``dot`` ., ``underscore`` _; words in a row with a space between them."""
    address_begins: re.Pattern[str] = NEVER
    """What stands right before an address: "it is", "send it to"."""

    # dates
    months: Mapping[str, int] = field(default_factory=dict)
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """``first`` 1 ... ``thirty first`` 31."""
    month_first: frozenset[str] = frozenset()
    """Codes of those who write the month before the day: ``en-US``."""
    spoken_date: str = "{day} {month} {year}"
    """As it is read back; figures are for ``Language.in_words``."""

    # around a value
    fillers: frozenset[str] = frozenset()
    """Words that part nothing: "um", "and"."""
    restarts: re.Pattern[str] = NEVER
    """What takes back what was said before it: "no, sorry". In lower case, as written."""
    announced: Mapping[Kind, re.Pattern[str]] = field(default_factory=dict)
    """Says before a value that one follows: "my number is"."""
    confirms: re.Pattern[str] = NEVER
    """Begins, in the canonical form, what says that a value is right; beside ``Language.acts``."""
    rejects: re.Pattern[str] = NEVER
    """Begins what says that it is wrong; beside ``Language.acts``."""
    instead_of: re.Pattern[str] = NEVER
    """Between what is right (before it) and what was wrong (behind it): "five, not nine"."""
    not_but: re.Pattern[str] = NEVER
    """Groups ``wrong`` and ``right``: "not nine but five"."""
    at_the_end: re.Pattern[str] = NEVER
    """Says that a correction is of the last characters."""
    at_the_start: re.Pattern[str] = NEVER

    hints: Mapping[Kind, str] = field(default_factory=dict)
    """What a recogniser is told before a value of the kind; only where that was measured to help.
    """

    # read back
    digit_names: tuple[str, ...] = tuple("0123456789")
    symbol_names: Mapping[str, str] = field(default_factory=dict)
    """``.`` dot, ``@`` at, ``+`` plus."""
    alphabet: Mapping[str, str] = field(default_factory=dict)
    """A letter -> the word that it is read back with when it was wrong once: S, Sierra."""
    for_letter: str = "{letter}, {word}"
    month_names: tuple[str, ...] = ()
