"""Addresses of other services."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from appliance.config.url import HttpUrl, StsUrl, with_path, with_query

pytestmark = pytest.mark.unit

EXAMPLES = Path(__file__).parents[1] / "data" / "avr"


def test_a_path_is_added_where_there_is_none() -> None:
    assert with_path("http://box:6002", "/prompt-stream") == "http://box:6002/prompt-stream"
    assert with_path("http://box:6002/", "/prompt-stream") == "http://box:6002/prompt-stream"
    assert with_path("http://box:6002/mine", "/prompt-stream") == "http://box:6002/mine"


def test_what_is_known_of_a_caller_is_written_into_the_query_as_avr_does() -> None:
    payload = json.loads((EXAMPLES / "core-call-request.json").read_text())["payload"]
    expected = (EXAMPLES / "sts-url.txt").read_text().strip()
    assert with_query("ws://127.0.0.1:6030", payload) == expected


@pytest.mark.parametrize(
    ("url", "values", "expected"),
    [
        ("ws://box", {}, "ws://box/"),
        ("ws://box/path?key=1", {"from": "+49 1"}, "ws://box/path?key=1&from=%2B49+1"),
        ("ws://box/", {"a": True, "b": None, "c": 1.5}, "ws://box/?a=true&b=null&c=1.5"),
        ("ws://box/", {"a": {"b": [1]}}, "ws://box/?a=%7B%22b%22%3A+%5B1%5D%7D"),
        ("ws://box/", {"a": "\ud800&b=1#c"}, "ws://box/?a=%3F%26b%3D1%23c"),
    ],
)
def test_whatever_a_dialplan_pastes_together_stays_one_value(
    url: str, values: dict[str, Any], expected: str
) -> None:
    assert with_query(url, values) == expected


@pytest.mark.parametrize("url", ["box:6002", "ftp://box", "http://", "http://box:port", "ws://box"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(HttpUrl).validate_python(url)


@pytest.mark.parametrize("url", ["ws://box", "wss://box:1/a", "http://box/speech"])
def test_a_speech_to_speech_service_has_one_of_four_schemes(url: str) -> None:
    assert TypeAdapter(StsUrl).validate_python(url) == url
