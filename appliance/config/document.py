"""YAML files that people edit: every value knows its line, so that an error can say where to look.

``load`` reads a file, ``parse`` checks its values against a model. Whatever is wrong becomes one
``SettingsError`` with one line per problem: ``FILE:LINE: KEY: what is wrong; how to mend it``.
"""

from __future__ import annotations

import difflib
import logging
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from appliance.config.yaml_source import Position, scan
from appliance.errors import SettingsError

log = logging.getLogger(__name__)

Loc = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Document:
    """A file of settings as plain dicts, lists and scalars, with the line of each of them."""

    path: Path
    data: dict[str, Any]
    lines: Mapping[Loc, int]
    """1-based line of the key or list item at a location, ``()`` being the file itself."""

    def line_of(self, loc: Loc) -> int:
        """The line of ``loc``, or of its nearest parent when the file does not hold it."""
        while loc not in self.lines:
            loc = loc[:-1]
        return self.lines[loc]

    def problem(self, loc: Loc, text: str) -> str:
        """One line for the operator about the value at ``loc``."""
        key = dotted(loc)
        return f"{self.path}:{self.line_of(loc)}: {key}{': ' if key else ''}{text}"


def load(path: Path) -> Document:
    """Read a YAML 1.2 file whose top level is a mapping; an empty file is an empty mapping.

    Raises SettingsError when it cannot be read, is no YAML, or holds a key twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        source = scan(path, text)
        tree = YAML(typ="rt", pure=True).load(text)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text (byte {error.start})") from error
    except YAMLError as error:
        raise SettingsError(_yaml_problem(path, error)) from error
    if tree is None:
        tree = CommentedMap()
    if not isinstance(tree, CommentedMap):
        raise SettingsError(f"{path}:1: must hold `key: value` lines at its top level")
    for line, comment in source.cut:
        log.warning(
            "%s:%d: YAML takes %r for a comment; if it is text, write the whole value in quotes",
            path,
            line,
            comment,
        )
    lines: dict[Loc, int] = {(): 1}
    data: dict[str, Any] = _Plain(source.written, lines).of(tree, (), None)
    return Document(path, data, lines)


def parse(model: type[Model], document: Document, data: object, at: Loc = ()) -> Model:
    """``data``, which ``document`` holds at ``at``, as a ``model``; or SettingsError."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [document.problem(*explain(model, item, at)) for item in error.errors()]
        raise SettingsError("\n".join(found)) from error


def explain(model: type[BaseModel], item: ErrorDetails, at: Loc = ()) -> tuple[Loc, str]:
    """Where a problem that pydantic found lies, and what to tell the operator about it."""
    loc = item["loc"]
    kind, value = item["type"], item["input"]
    if kind == "extra_forbidden":
        known = _keys_at(model, loc[:-1])
        return (*at, *loc), "unknown key" + suggestion(str(loc[-1]), known)
    if kind == "missing":
        return (*at, *loc), "is missing; add this key"
    if kind == "string_type" and isinstance(value, (int, float)):
        written = getattr(value, "written", str(value).lower())
        return (*at, *loc), f'must be text; write it in quotes: "{written}"'
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return (*at, *loc), "must hold `key: value` lines"
    text = item["msg"].removeprefix("Value error, ").removeprefix("Input ")
    shown = "" if isinstance(value, (dict, list)) or value is None else f" (it is {value!r})"
    return (*at, *loc), f"{text[:1].lower()}{text[1:]}{shown}"


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """``; did you mean "…"?``, or the empty string when nothing known comes near."""
    near = difflib.get_close_matches(wrong, list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def dotted(loc: Loc) -> str:
    """``("agents", "clinic", "knowledge", 2)`` -> ``agents.clinic.knowledge[2]``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.removeprefix(".")


class _WrittenInt(int):
    """A number that knows how it stands in the file: ``0500`` is 500."""

    written: str


class _WrittenFloat(float):
    """Likewise: ``1.50`` is 1.5."""

    written: str


@dataclass(frozen=True, slots=True)
class _Plain:
    """Makes nodes without ruamel's types; notes the lines of all they hold."""

    written: Mapping[Position, str]
    lines: dict[Loc, int]

    def of(self, node: Any, loc: Loc, at: Position | None) -> Any:
        """The ``node`` of the location ``loc``, which stands ``at`` a place of the file."""
        if isinstance(node, CommentedMap):
            return {str(key): self._of_key(node, key, loc) for key in node}
        if isinstance(node, CommentedSeq):
            for index in range(len(node)):
                self.lines[(*loc, index)] = node.lc.item(index)[0] + 1
            return [self.of(value, (*loc, i), node.lc.item(i)) for i, value in enumerate(node)]
        if isinstance(node, str):
            return str(node)
        if isinstance(node, bool) or not isinstance(node, int | float):
            return node
        number = _WrittenInt(node) if isinstance(node, int) else _WrittenFloat(node)
        number.written = self.written.get(at, str(number)) if at else str(number)
        return number

    def _of_key(self, node: CommentedMap, key: Any, loc: Loc) -> Any:
        known = key in node.lc.data
        inside: Loc = (*loc, str(key))
        self.lines[inside] = node.lc.key(key)[0] + 1 if known else self.lines[loc]
        return self.of(node[key], inside, node.lc.value(key) if known else None)


def _yaml_problem(path: Path, error: YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"{path}:{mark.line + 1}" if mark else str(path)
    if isinstance(error, DuplicateKeyError):
        what = str(error.problem).split(" with value")[0].replace("found duplicate key", "the key")
        return f"{where}: {what} stands here a second time; remove one of them"
    problem = error.problem if isinstance(error, MarkedYAMLError) and error.problem else error
    return f"{where}: is not valid YAML: {' '.join(str(problem).split())}"


def _keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """The keys that a model knows at a location inside it."""
    here: Any = model
    for part in loc:
        if isinstance(part, str) and _is_model(here):
            field = here.model_fields.get(part)
            here = _inner(field.annotation) if field else None
    return list(here.model_fields) if _is_model(here) else []


def _inner(annotation: Any) -> Any:
    """The model inside ``Model | None`` or ``tuple[Model, ...]``; else the annotation itself."""
    for part in typing.get_args(annotation):
        inner = _inner(part)
        if _is_model(inner):
            return inner
    return annotation


def _is_model(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseModel)
