"""What an OpenAI-compatible server answers: words, or the call of a tool, in a stream or at once.

Sans-IO: parsed pieces in, values out.
"""

from __future__ import annotations

import json
from typing import Any

from appliance.engines.base import ToolCall
from appliance.errors import ProtocolError


class OpenAiReply:
    """One reply. Feed it each event's data, or the whole answer."""

    def __init__(self) -> None:
        self.empty = True
        self._call_name = ""
        self._call_arguments = ""

    def take(self, data: str) -> str:
        """The words in one piece of JSON; empty when it has none. Raises ProtocolError for what is
        no JSON, and for an error that takes the place of a reply."""
        piece = parsed(data)
        if not isinstance(piece, dict) or piece.get("error"):
            raise ProtocolError("an error in place of a reply")
        choice = _first(piece.get("choices"))
        message = choice.get("delta") or choice.get("message")
        if not isinstance(message, dict):
            return ""  # the last piece may hold counts alone
        self._take_call(_first(message.get("tool_calls")))
        content = message.get("content")
        words = content if isinstance(content, str) else ""
        self.empty = self.empty and not words and not self._call_name
        return words

    def call(self) -> ToolCall | None:
        """The tool that was asked for, once all has come. Raises ProtocolError when its arguments
        are not JSON."""
        if not self._call_name:
            return None
        arguments = parsed(self._call_arguments or "{}")
        if not isinstance(arguments, dict):
            raise ProtocolError("arguments of a tool that are no object")
        return ToolCall(self._call_name, arguments)

    def _take_call(self, call: dict[str, Any]) -> None:
        """The name comes whole and first, the arguments in pieces. Only one call is made."""
        function = call.get("function")
        if isinstance(function, dict) and call.get("index", 0) == 0:
            self._call_name = self._call_name or str(function.get("name") or "")
            self._call_arguments += str(function.get("arguments") or "")


def model_names(data: str) -> list[str]:
    """The models in an answer to ``GET /models``. Raises ProtocolError."""
    answer = parsed(data)
    entries = answer.get("data") if isinstance(answer, dict) else None
    if not isinstance(entries, list):
        raise ProtocolError("no list of models")
    return [str(entry["id"]) for entry in entries if isinstance(entry, dict) and "id" in entry]


def parsed(text: str) -> Any:
    """JSON; raises ProtocolError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("something that is not JSON") from error


def _first(items: Any) -> dict[str, Any]:
    """The first of a list of objects; an empty one when there is none."""
    found = items[0] if isinstance(items, list) and items else None
    return found if isinstance(found, dict) else {}
