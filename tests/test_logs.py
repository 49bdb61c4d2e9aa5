"""Log lines carry the call they belong to."""

from __future__ import annotations

import json
import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.logs import (
    CALL_ID,
    JournalHandler,
    JsonFormatter,
    TextFormatter,
    add_call_id,
    journal_entry,
    set_up_logs,
    without_url_secrets,
)

pytestmark = pytest.mark.unit


@pytest.fixture
def root_logger() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:] = handlers
    root.setLevel(level)


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("appliance.call", logging.INFO, __file__, 1, message, args, None)


async def test_a_line_names_the_call_of_its_task() -> None:
    token = CALL_ID.set("0b1e6a52")
    entry = record("turn %d", 3)
    assert add_call_id(entry)
    CALL_ID.reset(token)
    line = json.loads(JsonFormatter().format(entry))
    assert line["call"] == "0b1e6a52"
    assert line["message"] == "turn 3"
    assert line["level"] == "info"
    assert line["time"].endswith("+00:00")


def test_a_line_outside_of_calls_has_a_dash() -> None:
    entry = record("ready")
    add_call_id(entry)
    assert json.loads(JsonFormatter().format(entry))["call"] == "-"


def test_an_error_is_one_json_line_with_its_traceback_inside() -> None:
    entry = record("failed")
    try:
        raise ValueError("no")
    except ValueError:
        entry.exc_info = sys.exc_info()
    text = JsonFormatter().format(entry)
    assert "\n" not in text
    assert "ValueError: no" in json.loads(text)["error"]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_lines_go_to_stderr_at_the_chosen_level(
    log_format: str, root_logger: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up_logs("warning", log_format)  # type: ignore[arg-type]
    logging.getLogger("appliance.x").info("too quiet")
    logging.getLogger("appliance.x").warning("look here")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "look here" in captured.err
    assert "too quiet" not in captured.err


def test_the_journal_gets_call_and_event_as_fields(tmp_path: Path) -> None:
    entry = record("turn %d", 3)
    entry.call = "0b1e6a52"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as journal:
        journal.bind(str(tmp_path / "journal"))
        handler = JournalHandler(tmp_path / "journal")
        handler.emit(entry)
        handler.close()
        fields = journal.recv(10_000).decode().splitlines()
    assert {"MESSAGE=turn 3", "EVENT=turn %d", "CALL_ID=0b1e6a52", "PRIORITY=6"} <= set(fields)


def test_outside_of_calls_the_journal_has_no_call() -> None:
    entry = record("ready")
    add_call_id(entry)
    assert b"CALL_ID" not in journal_entry(entry)


def test_a_message_of_several_lines_is_one_entry_with_its_length() -> None:
    text = "two\nlines"
    wanted = b"MESSAGE\n" + (9).to_bytes(8, "little") + b"two\nlines\n"
    assert journal_entry(record(text)).startswith(wanted)


def test_a_journal_that_is_not_there_costs_the_line_alone(tmp_path: Path) -> None:
    handler = JournalHandler(tmp_path / "nothing")
    handler.emit(record("lost"))
    handler.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:hush@host:1/way?token=hush#hush", "https://host:1/way"),
        ("(ws://hush@[fd00::1]:6030)", "(ws://[fd00::1]:6030)"),
        (
            "404, message='no', url='http://host/a?key=hush'",
            "404, message='no', url='http://host/a'",
        ),
        ("WSS://a@hush@host?hush, http://b/c: no", "WSS://host http://b/c: no"),
        ("what? no address: a@b.c#d", "what? no address: a@b.c#d"),
    ],
)
def test_an_address_loses_what_may_be_a_token(text: str, shown: str) -> None:
    assert without_url_secrets(text) == shown


def test_no_form_of_the_log_shows_the_tokens_of_addresses() -> None:
    try:
        raise ValueError("http://u:hush@host/?t=hush")
    except ValueError:
        line = record("asked %s", "http://u:hush@host/?t=hush")
        line.exc_info = sys.exc_info()
    texts = (TextFormatter().format(line), JsonFormatter().format(line), str(journal_entry(line)))
    for text in texts:
        assert text.count("http://host/") >= 2
        assert "hush@" not in text
        assert "t=hush" not in text
