"""JSON objects without a delimiter, bytes in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.engines.remote import json_stream
from appliance.engines.remote.json_stream import JsonStream
from appliance.errors import ProtocolError

pytestmark = pytest.mark.unit


def taken(*pieces: bytes) -> list[dict[str, Any] | str]:
    stream = JsonStream()
    found = [item for piece in pieces for item in stream.feed(piece)]
    return [*found, *stream.flush()]


def content(items: list[dict[str, Any] | str]) -> str:
    return "".join(item["content"] for item in items if isinstance(item, dict))


def test_two_objects_may_come_at_once_and_hold_line_ends_and_braces(data_dir: Path) -> None:
    body = (data_dir / "avr" / "llm-response.stream.txt").read_bytes()
    assert content(taken(body)) == 'We are open from nine to five.\nAnything else? é{}"x"'


@pytest.mark.parametrize("name", ["llm-response", "llm-response-whole", "llm-response-audio"])
def test_an_example_gives_the_same_however_it_is_cut(name: str, data_dir: Path) -> None:
    body = (data_dir / "avr" / f"{name}.stream.txt").read_bytes()
    whole = taken(body)
    assert whole
    for size in (1, 2, 3, 7, 50):
        assert taken(*(body[at : at + size] for at in range(0, len(body), size))) == whole


@given(
    st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.integers())), max_size=5),
    st.integers(1, 9),
    st.booleans(),
)
def test_any_objects_come_back_however_they_are_cut(
    values: list[dict[str, Any]], size: int, escaped: bool
) -> None:
    body = "".join(json.dumps(value, ensure_ascii=escaped) for value in values)
    data = body.encode("utf-8", "replace")
    expected = [json.loads(json.dumps(value)) for value in values]
    if not escaped:
        expected = json.loads(json.dumps(expected, ensure_ascii=False).encode("utf-8", "replace"))
    assert taken(*(data[at : at + size] for at in range(0, len(data), size))) == expected


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": 1}{"a": 2}',
        b' \n{"a": 1},\n{"a": 2}\n',
        b'data: {"a": 1}\n\ndata: {"a": 2}\n\ndata: [DONE]\n\n',
        b'{"a": 1}\n[DONE]{"a": 2}',
    ],
)
def test_what_stands_between_objects_is_ignored(body: bytes) -> None:
    assert taken(body) == taken(*(body[at : at + 1] for at in range(len(body))))
    assert taken(body) == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("text", ["We are open.", "data from nine", "dat", "[well] yes", "é"])
def test_text_that_is_no_object_is_text(text: str) -> None:
    data = text.encode()
    pieces = taken(*(data[at : at + 1] for at in range(len(data))))
    assert "".join(str(piece) for piece in pieces) == text


def test_nothing_and_a_lone_marker_are_nothing() -> None:
    assert taken() == taken(b" \n") == taken(b"data: [DONE]\n\n") == []


def test_half_an_object_at_the_end_is_dropped() -> None:
    assert taken(b'{"a": 1}{"type": "te') == [{"a": 1}]


def test_an_object_that_is_not_json_or_has_no_end_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ProtocolError, match="not JSON"):
        taken(b"{no}")
    monkeypatch.setattr(json_stream, "MAX_OBJECT_CHARS", 100)
    with pytest.raises(ProtocolError, match="without end"):
        taken(b'{"content": "', b"x" * 101)


def test_a_large_object_is_looked_at_once() -> None:
    """A minute of recorded sound in small reads: quadratic work would take minutes."""
    numbers = ",".join("210" for _ in range(960_000))
    body = f'{{"type":"audio","content":{{"type":"Buffer","data":[{numbers}]}}}}'.encode()
    items = taken(*(body[at : at + 4096] for at in range(0, len(body), 4096)))
    assert len(items) == 1
