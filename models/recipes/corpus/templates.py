"""Sentences drawn from a file of templates; ``front_desk.txt`` says how such a file is written."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

FRONT_DESK: Final = Path(__file__).with_name("front_desk.txt")

_HEADER = re.compile(r"\[(words|phrases|sentences) (\w+)(?: (\d+))?\]")
_COUNT = re.compile(r"(\d+)\* ")
_SLOT = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"\(([^()]*)\)")


class TemplateError(Exception):
    """A file of templates that cannot be used; says where."""


@dataclass(slots=True)
class _Section:
    kind: str
    weight: int
    lines: list[str] = field(default_factory=list)


class Templates:
    """A parsed file of templates. Draws from the generator it is given, so equal seeds give equal
    sentences. Raises TemplateError for a file that names what it does not have."""

    def __init__(self, text: str) -> None:
        self._sections = _parse(text)
        self._groups = [name for name, each in self._sections.items() if each.kind == "sentences"]
        self._weights = [self._sections[name].weight for name in self._groups]
        for name, section in self._sections.items():
            for slot in _SLOT.findall(" ".join(section.lines)):
                if slot not in self._sections:
                    raise TemplateError(f"[{name}] asks for {{{slot}}}, which no section gives")

    @classmethod
    def load(cls, path: Path = FRONT_DESK) -> Templates:
        """Read ``path``."""
        return cls(path.read_text(encoding="utf-8"))

    def sentence(self, draw: random.Random) -> str:
        """Lower-case words with single spaces between them."""
        return self.phrase(draw.choices(self._groups, self._weights)[0], draw)

    def phrase(self, name: str, draw: random.Random) -> str:
        """One choice of the section ``name``, its slots and choices filled in."""
        text = draw.choice(self._sections[name].lines)
        while found := _CHOICE.search(text):  # innermost first
            text = text[: found.start()] + draw.choice(found[1].split("|")) + text[found.end() :]
        text = _SLOT.sub(lambda slot: self.phrase(slot[1], draw), text)
        return " ".join(text.split())

    def words(self) -> list[str]:
        """Every word that any sentence can have, sorted."""
        everything = " ".join(line for each in self._sections.values() for line in each.lines)
        return sorted(set(re.findall(r"[a-z']+", _SLOT.sub(" ", everything))))


def _parse(text: str) -> dict[str, _Section]:
    sections: dict[str, _Section] = {}
    section: _Section | None = None
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if header := _HEADER.fullmatch(line):
            if header[2] in sections:
                raise TemplateError(f"line {number}: there is a section {header[2]} already")
            section = sections[header[2]] = _Section(header[1], int(header[3] or 1))
        elif section is None or line.startswith("["):
            raise TemplateError(f"line {number}: no section begins like this: {line}")
        elif section.kind == "words":
            section.lines += line.split()
        else:
            count = _COUNT.match(line)
            section.lines += [line[count.end() :] if count else line] * int(
                count[1] if count else 1
            )
    return sections
