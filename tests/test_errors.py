"""The tree of exceptions that ``errors.py`` draws is the one of the package."""

from __future__ import annotations

import importlib
import pkgutil
import re

import pytest

import appliance
from appliance import errors
from appliance.errors import ApplianceError

pytestmark = pytest.mark.unit

Node = tuple[str, str, str]
"""Name, name of its base, code."""
_LINE = re.compile(r"^((?:│   |    )*)(?:[├└]── )?(\w+) {2,}(\w+)(?: {2,}.*)?$")
LEAVES_OUT = ("appliance.store.migrations", "appliance.__main__")
"""A program, and what only Alembic can import."""


def drawn() -> set[Node]:
    """The tree in the docstring."""
    assert errors.__doc__ is not None
    path: list[str] = []
    found = set()
    for line in errors.__doc__.splitlines():
        match = _LINE.match(line)
        if match is None or not (line.startswith("ApplianceError") or "── " in line):
            continue
        depth = line.index(match[2]) // 4
        path = [*path[:depth], match[2]]
        found.add((match[2], path[depth - 1] if depth else "", match[3]))
    return found


def subclasses(base: type[ApplianceError]) -> set[Node]:
    """All below ``base`` that the package declares."""
    found = set()
    for each in base.__subclasses__():
        if each.__module__.startswith("appliance."):
            found |= {(each.__name__, base.__name__, each.code), *subclasses(each)}
    return found


def test_the_drawn_tree_is_the_packages() -> None:
    for module in pkgutil.walk_packages(appliance.__path__, "appliance."):
        if not module.name.startswith(LEAVES_OUT):
            importlib.import_module(module.name)
    assert drawn() == {("ApplianceError", "", ApplianceError.code), *subclasses(ApplianceError)}
