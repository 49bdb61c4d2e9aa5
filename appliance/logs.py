"""Log lines with the call they belong to: text for a terminal, JSON for a collector, or fields for
the journal of systemd.

What callers say, what they are told, their numbers and digits are never logged: the call record
has them. Addresses lose what may be a token (``without_url_secrets``), whoever logs them, libraries
in their tracebacks too.
"""

from __future__ import annotations

import json
import logging
import re
import socket
import sys
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

LogFormat = Literal["text", "json", "journal"]

CALL_ID: Final[ContextVar[str]] = ContextVar("call_id", default="")
"""The call that the current task works for. Set it at the start of a call's task: tasks started
from there inherit it. Engine threads serve all calls and have none."""

JOURNAL: Final = Path("/run/systemd/journal/socket")

_TEXT: Final = "%(asctime)s %(levelname)-7s %(call)-8.8s %(name)s: %(message)s"


_URL: Final = re.compile(
    r"(?P<scheme>\b[a-z][a-z0-9+.-]*://)(?:[^\s/?#@\"'<>]*@)*"
    r"(?P<place>[^\s?#\"'<>]*)(?:[?#][^\s\"'<>]*)?",
    re.IGNORECASE,
)


def without_url_secrets(text: str) -> str:
    """``text``, every address in it without user, password, query and fragment."""
    return _URL.sub(r"\g<scheme>\g<place>", text) if "://" in text else text


def set_up_logs(level: str = "info", log_format: LogFormat = "text") -> None:
    """Send all records of ``level`` and above to stderr. Call once, before anything is logged."""
    handler = _handler(log_format)
    handler.addFilter(add_call_id)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


def _handler(log_format: LogFormat) -> logging.Handler:
    if log_format == "journal" and JOURNAL.is_socket():
        return JournalHandler()
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if log_format == "json" else TextFormatter(_TEXT))
    return handler


def add_call_id(record: logging.LogRecord) -> bool:
    """A logging filter that puts the call's id, or ``-``, on each record as ``call``."""
    record.call = CALL_ID.get() or "-"
    return True


class TextFormatter(logging.Formatter):
    """A line, and a traceback under it if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        return without_url_secrets(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time (ISO 8601, UTC), level, logger, call, message, error if any."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "call": getattr(record, "call", "-"),
            "message": without_url_secrets(record.getMessage()),
        }
        if record.exc_info:
            entry["error"] = without_url_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


class JournalHandler(logging.Handler):
    """Each record as one entry of the journal, with fields to ask for::

        journalctl -u appliance CALL_ID=0b1e6a52-...     everything of one call
        journalctl -u appliance EVENT='call ended: %s after %d turns'

    ``EVENT`` is the message before its values are put in: the same for every occurrence. The
    format is that of systemd's "Native Journal Protocol"; a datagram that the journal does not
    take is lost, because a full journal must not hold a call up.
    """

    def __init__(self, journal: Path = JOURNAL) -> None:
        super().__init__()
        self._journal = str(journal)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError):
            self._socket.sendto(journal_entry(record), self._journal)

    def close(self) -> None:
        self._socket.close()
        super().close()


def journal_entry(record: logging.LogRecord) -> bytes:
    """The fields of one record in the journal's own form."""
    message = record.getMessage()
    if record.exc_info:
        message += "\n" + logging.Formatter().formatException(record.exc_info)
    call = getattr(record, "call", "-")
    fields = {
        "MESSAGE": without_url_secrets(message)[:MOST_CHARACTERS],
        "PRIORITY": _PRIORITIES.get(record.levelno, "6"),
        "SYSLOG_IDENTIFIER": "appliance",
        "LOGGER": record.name,
        "EVENT": without_url_secrets(str(record.msg))[:MOST_CHARACTERS],
        **({} if call == "-" else {"CALL_ID": call}),
    }
    return b"".join(_field(name, value.encode()) for name, value in fields.items())


def _field(name: str, value: bytes) -> bytes:
    """``NAME=value``, or with the value's length where it has more than one line."""
    if b"\n" not in value:
        return b"%s=%s\n" % (name.encode(), value)
    return b"%s\n%s%s\n" % (name.encode(), len(value).to_bytes(8, "little"), value)


MOST_CHARACTERS: Final = 8000
"""Of one field: a datagram has to take all of them."""

_PRIORITIES: Final = {
    logging.DEBUG: "7",
    logging.INFO: "6",
    logging.WARNING: "4",
    logging.ERROR: "3",
    logging.CRITICAL: "2",
}
"""syslog's numbers."""
