"""How a language model asks for a tool: what it is told of them, what it may write, how that is
read.

Small local models write wrong JSON, so llama.cpp is made to follow a grammar from the first brace
on; a model that answers with words is not touched by it. Pure.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Sequence
from typing import Any, Final

from appliance.engines.base import ToolCall, ToolSpec

MOST_CHARACTERS: Final = 4000
"""Of one call: what is longer is no call any more."""

log = logging.getLogger(__name__)


def instructions(tools: Sequence[ToolSpec]) -> str:
    """What follows the persona, for a model that has no form of its own for tools."""
    if not tools:
        return ""
    lines = [f"- {tool.name}({_arguments(tool.parameters)}): {tool.description}" for tool in tools]
    example = json.dumps({"name": "NAME", "arguments": {}})
    return "\n".join(
        [
            "",
            "You can do these things:",
            *lines,
            f"To do one, write only {example} with its name and arguments. Otherwise just talk.",
        ]
    )


def call_schema(tools: Iterable[ToolSpec]) -> dict[str, Any]:
    """The JSON schema of any call of ``tools``."""
    calls = [
        {
            "type": "object",
            "properties": {"name": {"const": tool.name}, "arguments": dict(tool.parameters)},
            "required": ["name", "arguments"],
        }
        for tool in tools
    ]
    return {"oneOf": calls}


class CallReader:
    """Takes a model's deltas apart: words are let through, a call is kept back until it is whole.

    Only what begins the answer can be a call; a brace inside a sentence is none.
    """

    def __init__(self) -> None:
        self._start = ""
        self._calling: bool | None = None

    def push(self, delta: str) -> str:
        """What of it are words to speak."""
        if self._calling is False:
            return delta
        self._start += delta
        if self._calling is None and self._start.strip():
            self._calling = self._start.lstrip().startswith("{")
        if self._calling is not False:
            self._start = self._start[:MOST_CHARACTERS]
            return ""
        words, self._start = self._start, ""
        return words

    def finish(self) -> ToolCall | None:
        """The call, when the answer is over and was one that can be read."""
        if not self._calling:
            return None
        try:
            return read_call(json.loads(self._start))
        except ValueError as error:  # too long for the tokens it was given
            log.warning("a language model's call of a tool cannot be read: %s", error)
            return None


def read_call(data: object) -> ToolCall:
    """``{"name": ..., "arguments": {...}}``; raises ValueError for anything else."""
    if not isinstance(data, dict) or not isinstance(data.get("name"), str):
        raise ValueError("a call needs a name")
    arguments = data.get("arguments", {})
    if not isinstance(arguments, dict):
        raise ValueError("the arguments are no object")
    return ToolCall(data["name"], arguments)


def _arguments(parameters: Any) -> str:
    required = set(parameters.get("required", ()))
    names = parameters.get("properties", {})
    return ", ".join(name if name in required else f"{name}?" for name in names)
