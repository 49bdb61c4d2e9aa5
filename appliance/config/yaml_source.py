"""A YAML file as it is written, looked at before its values are made.

Values do not tell all: ``0500`` becomes 500, ``We are #1`` ends before the ``#``, and a tag,
brackets by the thousand or an alias to itself break whoever walks the tree. YAML's own events show
each of them with its line, without recursion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    ScalarEvent,
)

from appliance.errors import SettingsError

MOST_NESTED: Final = 32
MOST_DIGITS: Final = 100
"""Of a number: Python itself refuses more than some thousand."""
MOST_NODES: Final = 100_000
"""Values of a file. An alias of aliases can stand for billions."""
_NUMBER: Final = re.compile(r"[-+]?[\d_.]+(?:[eE][-+]?\d+)?")
_COMMENT_AT_ONCE: Final = re.compile(r"\s+(#[^\s#][^\n]*)")

Position = tuple[int, int]
"""Line and column, both from 0."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the values alone do not tell."""

    written: Mapping[Position, str]
    """Plain scalars as they stand in the file."""
    cut: tuple[tuple[int, str], ...]
    """(line from 1, text) of what looks like words behind a ``#`` and is a comment."""


def scan(path: Path, text: str) -> Source:
    """Look through ``text`` of the file ``path``. Raises SettingsError for what the appliance does
    not read, YAMLError for what is no YAML."""
    written: dict[Position, str] = {}
    cut: list[tuple[int, str]] = []
    lines = text.splitlines()
    for event in _safe_events(path, text):
        if isinstance(event, ScalarEvent) and event.style is None:
            start, end = event.start_mark, event.end_mark
            written[start.line, start.column] = event.value
            rest = lines[end.line][end.column :] if end.line < len(lines) else ""
            if (comment := _COMMENT_AT_ONCE.match(rest)) and event.value:
                cut.append((end.line + 1, comment[1]))
    return Source(written, tuple(cut))


def _safe_events(path: Path, text: str) -> Iterator[Event]:
    """The events, as long as they are of a kind that the appliance reads."""
    nodes = _Nodes()
    for event in YAML(typ="rt", pure=True).parse(text):
        if fault := _fault(event) or nodes.fault(event):
            raise SettingsError(f"{path}:{event.start_mark.line + 1}: {fault}")
        yield event


def _fault(event: Event) -> str:
    """What is wrong with ``event`` alone, and its mend; empty when nothing is."""
    if isinstance(event, ScalarEvent | CollectionStartEvent) and event.ctag is not None:
        return f"the tag {event.ctag} means nothing here; remove it"
    if isinstance(event, ScalarEvent) and event.style is None:
        digits = len(event.value)
        if digits > MOST_DIGITS and _NUMBER.fullmatch(event.value):
            return f"a number of {digits} digits; write it in quotes if it is text"
    return ""


class _Nodes:
    """How deep and how many the nodes are, each alias counted as all that it stands for."""

    def __init__(self) -> None:
        self._open: list[tuple[str | None, int]] = []  # anchor, nodes inside so far
        self._sizes: dict[str, int] = {}

    def fault(self, event: Event) -> str:
        """Take in ``event``; what is wrong with it here, and its mend."""
        if isinstance(event, AliasEvent):
            if any(anchor == event.anchor for anchor, _ in self._open):
                return f"*{event.anchor} stands inside of what it stands for; write the value"
            return self._add(self._sizes.get(event.anchor, 1))
        if isinstance(event, CollectionStartEvent):
            if len(self._open) >= MOST_NESTED:
                return f"nested more than {MOST_NESTED} deep; a bracket or an indent is wrong"
            self._open.append((event.anchor, 1))
        elif isinstance(event, CollectionEndEvent):
            anchor, size = self._open.pop()
            if anchor is not None:
                self._sizes[anchor] = size
            return self._add(size)
        elif isinstance(event, ScalarEvent):
            return self._add(1)
        return ""

    def _add(self, size: int) -> str:
        if self._open:
            anchor, inside = self._open[-1]
            self._open[-1] = anchor, inside + size
            size += inside
        return f"more than {MOST_NODES:,} values, aliases included" if size > MOST_NODES else ""
