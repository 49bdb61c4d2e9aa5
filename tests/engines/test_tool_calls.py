"""How a language model asks for a tool."""

import json
from pathlib import Path

import pytest

from appliance.engines.base import ToolCall
from appliance.engines.tool_calls import CallReader, call_schema, instructions
from appliance.tools.builtin import BUILT_IN, place

pytestmark = pytest.mark.unit

CALL = '{"name": "avr_transfer", "arguments": {"transfer_extension": "600"}}'


def read(*deltas: str) -> tuple[str, ToolCall | None]:
    reader = CallReader()
    return "".join(reader.push(delta) for delta in deltas), reader.finish()


def test_words_pass_through_as_they_come() -> None:
    reader = CallReader()
    assert [reader.push(delta) for delta in ("We ", "open ", "at nine.")] == [
        "We ",
        "open ",
        "at nine.",
    ]
    assert reader.finish() is None


@pytest.mark.parametrize("cut", [1, 5, len(CALL)])
def test_a_call_is_kept_back_and_read_however_it_is_cut(cut: int) -> None:
    deltas = [" \n", *(CALL[at : at + cut] for at in range(0, len(CALL), cut))]
    words, call = read(*deltas)
    assert words == ""
    assert call == ToolCall("avr_transfer", {"transfer_extension": "600"})


def test_a_brace_inside_a_sentence_is_no_call() -> None:
    assert read("Press ", CALL) == (f"Press {CALL}", None)


@pytest.mark.parametrize("text", [CALL[:-3], '{"arguments": {}}', '{"name": "x", "arguments": 1}'])
def test_what_cannot_be_read_is_neither_spoken_nor_done(
    text: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert read(text) == ("", None)
    assert "cannot be read" in caplog.text


def test_a_call_without_end_fills_no_memory() -> None:
    reader = CallReader()
    for _ in range(100):
        reader.push('{"' * 1000)
    assert reader.finish() is None


def test_the_model_is_told_names_arguments_and_purpose() -> None:
    told = instructions(list(BUILT_IN.values()))
    assert "- avr_hangup(): End the call" in told
    assert "avr_transfer(transfer_extension?, transfer_context?, transfer_priority?)" in told
    assert instructions([]) == ""


def test_the_schema_allows_each_tool_with_its_own_arguments() -> None:
    text = json.dumps(call_schema(BUILT_IN.values()))
    assert '"const": "avr_transfer"' in text
    assert '"const": "avr_hangup"' in text


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        ({"transfer_extension": "600"}, "600"),
        ({"transfer_extension": 600, "transfer_context": "demo"}, "600@demo"),
        ({"transfer_context": "demo"}, None),
        ({}, None),
    ],
)
def test_numbers_and_strings_name_a_place(arguments: dict[str, object], meant: str | None) -> None:
    assert place(arguments) == meant


def test_the_built_in_tools_take_what_avrs_definitions_say(data_dir: Path) -> None:
    text = (data_dir / "avr" / "tools-avr.json").read_text(encoding="utf-8")
    for defined in json.loads(text):
        ours = BUILT_IN[defined["name"]].parameters["properties"]
        assert set(ours) == set(defined["input_schema"]["properties"])
        for name, schema in defined["input_schema"]["properties"].items():
            assert schema["type"] in ours[name]["type"]
