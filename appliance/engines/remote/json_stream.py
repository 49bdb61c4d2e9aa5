"""JSON objects that follow each other without a delimiter, as AVR's LLM services write them.

A chunk of the network may end anywhere: inside a character, inside an escape, or hold two objects.
Line ends mean nothing, for a text may hold them. Older services write bare text instead; documents
show ``data:`` in front of the objects and ``[DONE]`` behind them.

Each character is looked at once: a recorded prompt comes as one object of a million characters, and
the event loop has other things to do than to try it again with every read.

Sans-IO: bytes in, values out.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, Final

from appliance.errors import ProtocolError

MAX_OBJECT_CHARS: Final = 8_000_000
"""About two minutes of recorded sound, as a list of numbers."""

_BEFORE = re.compile(r"(?:[\s,]+|data:|\[DONE\])*")
_MAYBE_BEFORE: Final = ("data:", "[DONE]")
_STRUCTURE = re.compile(r'[{}"\\]')
_STRING_END = re.compile(r'["\\]')


class JsonStream:
    """Takes one response apart. One for each response."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._held = ""
        self._at = 0  # looked at up to here
        self._depth = 0
        self._in_string = False
        self._kind = ""  # "json" or "text" once that is known

    def feed(self, data: bytes) -> list[dict[str, Any] | str]:
        """The objects complete with ``data``, in order; of a response that is bare text, the text.

        What stands between objects is ignored. Raises ProtocolError for an object that is not JSON
        or has no end.
        """
        self._held += self._decoder.decode(data)
        return self._take(final=False)

    def flush(self) -> list[dict[str, Any] | str]:
        """What is left at the end: text, if the response is text; half an object is dropped."""
        self._held += self._decoder.decode(b"", final=True)
        return self._take(final=True)

    def _take(self, *, final: bool) -> list[dict[str, Any] | str]:
        if not self._kind:
            self._judge(final=final)
        if self._kind == "text":
            text, self._held = self._held, ""
            return [text] if text else []
        found: list[dict[str, Any] | str] = []
        while self._kind and (end := self._object_end()) is not None:
            found.append(_object(self._held[:end]))
            self._held, self._at = self._held[end:], 0
        if len(self._held) > MAX_OBJECT_CHARS:
            raise ProtocolError("an object without end")
        return found

    def _judge(self, *, final: bool) -> None:
        """Objects or bare text? The first character that is neither space nor prefix tells."""
        rest = self._held[_BEFORE.match(self._held).end() :]  # type: ignore[union-attr]  # matches ""
        if not rest:
            return
        if rest[0] == "{":
            self._kind = "json"
        elif final or not any(prefix.startswith(rest) for prefix in _MAYBE_BEFORE):
            self._kind = "text"

    def _object_end(self) -> int | None:
        """Where the first object ends; None when it is not all there."""
        if not self._depth:
            begin = self._held.find("{")
            self._held, self._at = ("", 0) if begin < 0 else (self._held[begin:], 0)
        while self._at < len(self._held):
            mark = (_STRING_END if self._in_string else _STRUCTURE).search(self._held, self._at)
            if mark is None:
                self._at = len(self._held)
                break
            if mark.group() == "\\":
                if mark.end() == len(self._held):
                    self._at = mark.start()
                    break
                self._at = mark.end() + 1
                continue
            self._at = mark.end()
            if mark.group() == '"':
                self._in_string = not self._in_string
            else:
                self._depth += 1 if mark.group() == "{" else -1
                if self._depth == 0:
                    return self._at
        return None


def _object(text: str) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProtocolError("an object that is not JSON") from error
    return value
