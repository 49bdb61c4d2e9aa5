"""A tool, as a value: what it is for, what it wants to know, and who does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import fastjsonschema

from appliance.errors import ApplianceError, SettingsError

Handler = Callable[[UUID, Mapping[str, Any]], Awaitable[str]]
"""Given the call and the arguments (which fit the schema), does it and tells the result: text, or
JSON. Raises ToolError; cancelled when the caller goes on speaking or hangs up."""

Schema = Mapping[str, Any]
"""A JSON Schema of type ``object``."""


class ToolError(ApplianceError):
    """A tool could not do what was asked of it; the message is for the log and holds no words of a
    caller."""

    code = "tool_failed"


@dataclass(frozen=True, slots=True, eq=False)
class Tool:
    """Something that can be done in a call. Make it with ``make_tool``."""

    name: str
    description: str
    """When to use it: read by the language model."""
    parameters: Schema
    handler: Handler
    say: str | None
    """Spoken afterwards, ``{key}`` replaced by that of the result; without it the language model
    reads the result and answers."""
    timeout_s: float
    _check: Callable[[Any], Any] = field(repr=False)

    def check(self, arguments: Mapping[str, Any]) -> None:
        """Raises ToolError when ``arguments`` do not fit the schema."""
        try:
            self._check(dict(arguments))
        except fastjsonschema.JsonSchemaValueException as error:
            rule = f"{'.'.join(map(str, error.path)).replace('data', 'arguments', 1)}: {error.rule}"
            raise ToolError(f"{self.name}: arguments do not fit ({rule})") from error


def make_tool(
    name: str,
    description: str,
    parameters: Schema,
    handler: Handler,
    *,
    say: str | None = None,
    timeout_s: float = 5.0,
) -> Tool:
    """A Tool. Raises SettingsError when ``parameters`` are no schema of an object."""
    if parameters.get("type") != "object":
        raise SettingsError('parameters must be a JSON schema with "type: object"')
    try:
        check = fastjsonschema.compile(dict(parameters))
    except (fastjsonschema.JsonSchemaDefinitionException, AttributeError, TypeError) as error:
        raise SettingsError(f"parameters are no JSON schema: {error}") from error
    return Tool(name, description, parameters, handler, say, timeout_s, check)
