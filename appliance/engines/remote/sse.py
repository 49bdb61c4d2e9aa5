"""Server-sent events, as OpenAI-compatible servers stream a completion. Sans-IO."""

from __future__ import annotations

import codecs
from typing import Final

from appliance.errors import ProtocolError

MAX_LINE_CHARS: Final = 1_000_000
"""A delta is a few hundred characters long."""


class SseData:
    """The ``data`` of one response's events. One for each response."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._data: list[str] = []

    def feed(self, data: bytes) -> list[str]:
        """The data of the events complete with these bytes. Raises ProtocolError for a line
        without end."""
        self._held += self._decoder.decode(data)
        *lines, self._held = self._held.replace("\r\n", "\n").split("\n")
        if len(self._held) > MAX_LINE_CHARS:
            raise ProtocolError("a line without end")
        return [event for line in lines if (event := self._line(line)) is not None]

    def flush(self) -> list[str]:
        """The event that the response ended in without its empty line."""
        return self.feed(b"\n\n")

    def _line(self, line: str) -> str | None:
        if line.startswith("data:"):
            self._data.append(line[5:].removeprefix(" "))
        if line.strip() or not self._data:
            return None
        event, self._data = "\n".join(self._data), []
        return event
