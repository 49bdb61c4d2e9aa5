"""docs/architecture.md shows the code as it is: its files and names exist, its arrows hold."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "appliance"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
COMMON = {"errors", "clock", "logs", "metrics", "background", "beside", "__version__"}
"""Modules of the package itself that every room may use."""
PUT_TOGETHER = {"commands": {"service"}}
"""Who starts the service."""
FORBIDDEN_FOR_ENGINES = {"call", "agents", "services", "tools", "switchboard", "http"}
MOST_ROOMS = 36


def allowed() -> dict[str, list[str]]:
    """The table of rooms, in its order."""
    table = PAGE.split("<!-- arrows -->")[1].split("<!-- /arrows -->")[0]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    return {row[1].strip(" `"): re.findall(r"`(\w+)`", row[3]) for row in rows}


def imported(file: Path) -> Iterator[str]:
    """Rooms and modules of the package that ``file`` imports from, by the name after the first
    dot."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            whole = module == "appliance"
            names = [f"appliance.{a.name}" for a in node.names] if whole else [module]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("appliance."))


def arrows() -> dict[str, set[str]]:
    """Room to what it imports from outside itself."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in PACKAGE.rglob("*.py"):
        room = file.relative_to(PACKAGE).parts[0]
        if not room.endswith(".py"):
            found[room] |= set(imported(file)) - {room}
    return found


def test_every_room_is_on_the_map() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms == set(allowed())
    assert len(rooms) <= MOST_ROOMS


def test_every_arrow_between_rooms_is_on_the_map() -> None:
    table = allowed()
    astray = {
        room: sorted(targets - COMMON - PUT_TOGETHER.get(room, set()) - set(table[room]))
        for room, targets in arrows().items()
    }
    assert {room: targets for room, targets in astray.items() if targets} == {}


def test_no_arrow_points_upward() -> None:
    above: set[str] = set()
    for room, targets in allowed().items():
        assert set(targets) <= above, room
        above.add(room)


def test_engines_are_a_leaf() -> None:
    assert not FORBIDDEN_FOR_ENGINES & arrows()["engines"]


def test_every_file_it_names_exists() -> None:
    named = set(re.findall(r"`((?:appliance|tests)/[\w./]+\.py)`", PAGE))
    assert named
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_class_it_names_exists() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py"))
    named = set(re.findall(r"`([A-Z][a-z]\w+)`", PAGE))
    assert [
        name for name in sorted(named) if not re.search(rf"^class {name}\b", source, re.M)
    ] == []
    states = set(re.findall(r"`([A-Z]{4,})`", PAGE))
    assert [name for name in sorted(states) if f"    {name} = " not in source] == []
