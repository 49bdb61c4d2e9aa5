"""The messages of speech to speech: every kind as AVR sends it, and what is not understood."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audiosocket.protocol import Digit
from appliance.errors import ProtocolError
from appliance.sts.messages import (
    Fault,
    Init,
    Interruption,
    Message,
    Other,
    Sound,
    Spoken,
    encode,
    parse,
)

pytestmark = pytest.mark.unit

CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")
KINDS: list[Message] = [
    Init(CALL),
    Init(CALL, {"agent": "night", "greeting": "Guten Abend."}),
    Sound(b"\x01\x02\x03"),
    Digit("#"),
    Interruption(),
    Spoken("user", 'He said "hello".'),
    Spoken("agent", "Grüß Gott."),
    Fault("model not loaded"),
    Other("tool_result"),
]


def lines(folder: Path, name: str) -> list[str]:
    return (folder / "avr" / name).read_text(encoding="utf-8").splitlines()


def test_every_message_of_a_core_is_understood(data_dir: Path) -> None:
    assert [parse(line) for line in lines(data_dir, "sts-core-to-service.ndjson")] == [
        Init(CALL),
        Sound(bytes(12)),
        Digit("1"),
        Other("tool_result"),
    ]


def test_every_message_of_a_service_is_understood(data_dir: Path) -> None:
    assert [parse(line) for line in lines(data_dir, "sts-service-to-core.ndjson")] == [
        Spoken("agent", "Good morning."),
        Sound(bytes(12)),
        Interruption(),
        Spoken("user", "Hello."),
        Other("tool_invocation"),
        Fault("model not loaded"),
    ]


@pytest.mark.parametrize("message", KINDS, ids=lambda each: type(each).__name__)
def test_what_is_encoded_is_parsed_as_it_was(message: Message) -> None:
    assert parse(encode(message)) == message


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        '{"type": "audio"',
        "[" * 100_000,
        "\udcff",
    ],
    ids=["nothing", "words", "cut", "deep", "no character"],
)
def test_what_is_not_json_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        parse(text)
    assert caught.value.code == "bad_json"


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"type": 5},
        {"type": "init"},
        {"type": "init", "uuid": "call-1"},
        {"type": "init", "uuid": str(CALL), "provider_config": "night"},
        {"type": "init", "uuid": str(CALL), "provider_config": {"agent": 5}},
        {"type": "init", "uuid": str(CALL), "provider_config": {"greeting": "a" * 4001}},
        {"type": "init", "uuid": str(CALL), "provider_config": {"greeting": "Hi \ud83d there"}},
        {"type": "audio"},
        {"type": "audio", "audio": 5},
        {"type": "audio", "audio": "AA~A"},
        {"type": "dtmf_digit", "digit": "12"},
        {"type": "dtmf_digit", "digit": ""},
        {"type": "transcript", "role": "user"},
        {"type": "transcript", "role": "narrator", "text": "It rained."},
    ],
)
def test_a_message_with_a_wrong_field_is_refused(body: object) -> None:
    with pytest.raises(ProtocolError) as caught:
        parse(json.dumps(body))
    assert caught.value.code == "bad_message"


def test_unknown_fields_and_unknown_wishes_are_nothing() -> None:
    body = {"type": "init", "uuid": str(CALL), "x": 1, "provider_config": {"model": "gpt"}}
    assert parse(json.dumps(body)) == Init(CALL)


def test_a_uuid_may_be_in_upper_case() -> None:
    assert parse(json.dumps({"type": "init", "uuid": str(CALL).upper()})) == Init(CALL)


def test_a_digit_may_be_a_number() -> None:
    assert parse('{"type": "dtmf_digit", "digit": 7}') == Digit("7")


def test_an_assistant_is_an_agent() -> None:
    spoken = parse('{"type": "transcript", "role": "assistant", "text": "Yes."}')
    assert spoken == Spoken("agent", "Yes.")


@pytest.mark.parametrize("text", ["-_8=", "-_8", "+/8="])
def test_base64_may_be_url_safe_and_without_padding(text: str) -> None:
    assert parse(json.dumps({"type": "audio", "audio": text})) == Sound(b"\xfb\xff")


@given(st.text() | st.binary())
def test_no_text_does_more_than_be_refused(text: str | bytes) -> None:
    with contextlib.suppress(ProtocolError):
        parse(text)
