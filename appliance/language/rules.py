"""A rule that rewrites text, and how rules are applied: in order, each to what the ones before it
left.

Every language reads its figures by such rules, whatever is most particular first. A pattern must
not look at a character more often than some fixed number of times: what it repeats has a bound, or
can begin at one place only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Words = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is looked for, and what takes its place."""

    pattern: re.Pattern[str]
    words: Words


def rule(pattern: str, words: Words, flags: int = 0) -> Rule:
    """A rule of a regular expression and its replacement, both as ``re.sub`` has them."""
    return Rule(re.compile(pattern, flags), words)


def rewritten(text: str, rules: Iterable[Rule]) -> str:
    """``text`` after all ``rules``."""
    for each in rules:
        text = each.pattern.sub(each.words, text)
    return text


def either(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
