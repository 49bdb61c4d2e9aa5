"""Reads the file of tools: what the site's own programs can do for a caller."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import BaseModel, ConfigDict, Field

from appliance.config.document import Document, Loc, load, parse, suggestion
from appliance.errors import SettingsError
from appliance.tools.builtin import BUILT_IN
from appliance.tools.http_tool import HttpRequest, http_handler
from appliance.tools.tool import Tool, make_tool

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


class ToolEntry(BaseModel):
    """One tool of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str = Field(min_length=1, description="when to use it: the model reads this")
    parameters: dict[str, Any] = Field(
        {"type": "object", "properties": {}}, description="JSON schema of what it wants to know"
    )
    http: HttpRequest
    timeout_s: float = Field(5.0, gt=0, le=60, description="after that it has failed")
    say: str | None = Field(
        None,
        min_length=1,
        description="spoken with the result, `{key}` replaced; without it the model answers",
    )


def read_tools(path: Path, client: aiohttp.ClientSession) -> dict[str, Tool]:
    """The tools of a file, by name. Raises SettingsError, one line per problem."""
    document = load(path)
    return {name: _tool(document, name, entry, client) for name, entry in _entries(document)}


def check_tools(path: Path) -> None:
    """Whether ``path`` is a file of tools; the secrets that it names are not looked at. Raises
    SettingsError."""
    for _ in _entries(load(path)):
        pass


def _entries(document: Document) -> Iterator[tuple[str, ToolEntry]]:
    entries = document.data.get("tools")
    unknown = [key for key in document.data if key != "tools"]
    if unknown:
        text = f"unknown key{suggestion(unknown[0], ('tools',))}"
        raise SettingsError(document.problem((unknown[0],), text))
    if not isinstance(entries, dict):
        raise SettingsError(document.problem((), "must hold `tools:` and them by their names"))
    for name, values in entries.items():
        yield name, _entry(document, name, values)


def _entry(document: Document, name: str, values: object) -> ToolEntry:
    loc: Loc = ("tools", name)
    if name in BUILT_IN:
        raise SettingsError(document.problem(loc, "is built in; choose another name"))
    if not _NAME.fullmatch(name):
        text = "a tool's name has letters, digits, _ and -, at most 64 of them"
        raise SettingsError(document.problem(loc, text))
    return parse(ToolEntry, document, values, loc)


def _tool(document: Document, name: str, entry: ToolEntry, client: aiohttp.ClientSession) -> Tool:
    try:
        return make_tool(
            name,
            entry.description,
            entry.parameters,
            http_handler(_beside(entry.http, document.path), client),
            say=entry.say,
            timeout_s=entry.timeout_s,
        )
    except SettingsError as error:
        raise SettingsError(document.problem(("tools", name), error.message)) from error


def _beside(request: HttpRequest, path: Path) -> HttpRequest:
    """Paths of secrets are relative to the file of tools."""
    files = {name: path.parent / file for name, file in request.secret_headers.items()}
    return request.model_copy(update={"secret_headers": files})
