"""Log lines with the call they belong to, as text for a terminal or as JSON for a collector.

What callers say, what they are told, their numbers and digits are never logged: the call record
has them.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final, Literal

LogFormat = Literal["text", "json"]

CALL_ID: Final[ContextVar[str]] = ContextVar("call_id", default="")
"""The call that the current task works for. Set it at the start of a call's task: tasks started
from there inherit it. Engine threads serve all calls and have none."""

_TEXT: Final = "%(asctime)s %(levelname)-7s %(call)-8.8s %(name)s: %(message)s"


def set_up_logs(level: str = "info", log_format: LogFormat = "text") -> None:
    """Send all records of ``level`` and above to stderr. Call once, before anything is logged."""
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(add_call_id)
    handler.setFormatter(JsonFormatter() if log_format == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def add_call_id(record: logging.LogRecord) -> bool:
    """A logging filter that puts the call's id, or ``-``, on each record as ``call``."""
    record.call = CALL_ID.get() or "-"
    return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, call, message, error if any."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "call": getattr(record, "call", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)
