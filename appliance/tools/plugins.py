"""Tools written in Python by the site or a vendor, found by their entry points.

A package offers one under the group ``appliance.tools``: an object with ``name``, ``description``,
``input_schema`` (a JSON schema of an object) and ``async handler(uuid, arguments) -> str``, the
shape AVR's JavaScript tools have; optionally ``say`` and ``timeout_s``. It runs on the event loop
of all calls: it awaits what takes long and computes nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from appliance.errors import SettingsError
from appliance.tools.tool import Tool, make_tool

GROUP: Final = "appliance.tools"


def installed_tools() -> list[EntryPoint]:
    """All that are installed; nothing of them is imported yet."""
    return list(entry_points(group=GROUP))


def load_tool(entry: EntryPoint) -> Tool:
    """The tool behind ``entry``. Raises SettingsError that names the package."""
    where = f"tool {entry.name} of {entry.dist.name if entry.dist else entry.value}"
    try:
        made: Any = entry.load()
    except (ImportError, AttributeError) as error:
        raise SettingsError(f"{where} cannot be loaded: {error}") from error
    missing = _missing(made, ("name", "description", "input_schema", "handler"))
    if missing:
        raise SettingsError(f"{where} has no {missing}")
    if not inspect.iscoroutinefunction(made.handler):
        raise SettingsError(f"{where}: handler must be an async function")
    try:
        return make_tool(
            entry.name,
            made.description,
            made.input_schema,
            made.handler,
            say=getattr(made, "say", None),
            timeout_s=getattr(made, "timeout_s", 5.0),
        )
    except SettingsError as error:
        raise SettingsError(f"{where}: {error.message}") from error


def _missing(made: object, names: Iterable[str]) -> str:
    return ", ".join(name for name in names if not hasattr(made, name))
