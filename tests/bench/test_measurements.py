"""Both measurements against an agent that answers with tones and keeps its records itself."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from aiohttp.test_utils import TestServer
from rich.console import Console

from appliance.bench.calls import measure_calls
from appliance.bench.figures import conditions
from appliance.bench.local_service import Service, running_service
from appliance.bench.report import print_calls, print_turns
from appliance.bench.turns import measure_turns
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line, make_line
from appliance.caller.result import CallResult, LineResult
from appliance.commands.waterfall import print_calls as print_call_table
from appliance.commands.waterfall import print_conversations
from appliance.config.settings import Settings
from appliance.errors import ApplianceError
from appliance.http.app import build_app
from appliance.operations.demo import DemoCall, DemoResult
from appliance.switchboard.answers import Readiness
from tests.fakes.answering_agent import AnsweringAgent
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e

TURN = {
    "heard": "what time do you open",
    "said": "We open at eight thirty.",
    "source": "knowledge",
    "interrupted": False,
    "timeline_ms": {
        "final": 180,
        "endpoint": 240,
        "first_pcm": 240,
        "first_frame": 251,
        "answer": 251,
    },
}


class Records(FakeBackend):
    """Every call had the same two turns."""

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        return {
            "uuid": str(uuid),
            "ended": "2026-01-01T00:00:00+00:00",
            "outcome": "caller_hangup",
            "greeting": "Good day.",
            "turns": [TURN, {**TURN, "source": "language_model", "interrupted": True}],
        }


def lines() -> list[Line]:
    samples = 8000 * np.sin(2 * np.pi * 700 * np.arange(3200) / 8000)
    line = make_line("tone.wav", samples.astype(np.int16), words="what time do you open")
    return [line, line]


@asynccontextmanager
async def service(backend: FakeBackend | None = None) -> AsyncIterator[Service]:
    async with (
        AnsweringAgent(answer_frames=40).serve() as agent,
        TestServer(build_app(backend or Records())) as server,
        running_service("127.0.0.1", agent.port, server.port or 0) as found,
    ):
        yield found


def demo(call: CallResult, record: dict[str, Any], lines: int) -> DemoResult:
    models = {"recognizer": "ear", "language_model": "mind", "voice": "mouth"}
    return DemoResult((DemoCall("", call, record, lines),), 1.5, models)


def printed(render: Any, report: Any) -> str:
    console = Console(file=io.StringIO(), width=100, markup=False)
    render(console, report)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_turns_are_measured_by_what_answered_with_barge_in_and_echo() -> None:
    said: list[str] = []
    async with service() as found:
        report = await measure_turns(found, lines(), 1, conditions(Settings()), said.append)
    assert report.unanswered == 0
    assert set(report.by_source) == {"knowledge", "language_model"}
    assert report.voice_to_voice is not None
    assert report.voice_to_voice.count == 2
    assert report.stages_ms["endpoint"] == 240
    assert report.barge_ins == 2
    assert said[-1] == "a telephone with an echo"
    assert report.misheard == 0
    assert report.conditions.models == ("hears", "thinks", "speaks")
    assert report.conditions.settings == {}
    assert "voice to voice" in printed(print_turns, report)


async def test_calls_at_once_are_measured_and_a_soak_counts_what_is_left() -> None:
    async with service() as found:
        now = conditions(Settings())
        report = await measure_calls(found, lines(), 1, 1, 2, now, lambda _: None)
    assert (report.unanswered, report.refused) == (0, 0)
    assert report.soak is not None
    assert (report.soak.calls, report.soak.unanswered) == (2, 0)
    assert "1 calls at once" in printed(print_calls, report)


async def test_a_service_that_is_not_ready_is_not_measured() -> None:
    backend = Records()
    backend.state = Readiness(False, 0, 4, "draining")
    with pytest.raises(ApplianceError, match="is not ready"):
        async with service(backend):
            pass


async def test_a_conversation_is_printed_with_a_waterfall_within_80_columns() -> None:
    async with service() as found:
        call = await place_call(Target(port=found.port), lines())
        record = await found.client.record(call.uuid)
    assert record is not None
    console = Console(file=io.StringIO(), width=80, markup=False)
    print_conversations(console, demo(call, record, lines=3))
    assert isinstance(console.file, io.StringIO)
    text = console.file.getvalue()
    assert "ear hears, mind thinks, mouth speaks; ready after 1.5 s" in text
    assert "agent  Good day." in text
    assert "end of turn" in text
    assert "answered from knowledge, heard by the caller after" in text
    assert "[interrupted]" in text
    assert "after 2 of 3 lines" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "tone.wav" in printed(print_call_table, [call])


def test_a_terminal_without_utf8_gets_bars_of_plain_characters() -> None:
    line = LineResult("tone.wav", "what time do you open", 1.0, 2.0, 0.3)
    call = CallResult("0b1e6a52", "agent_hung_up", 5.0, 0.05, (line,), 250, 0.02)
    file = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    record = {"greeting": "Good day.", "turns": [TURN]}
    print_conversations(Console(file=file, width=80), demo(call, record, lines=1))
    file.flush()
    text = file.buffer.getvalue().decode("ascii")  # type: ignore[attr-defined]
    assert "####" in text
    assert "1 of 1 lines answered" in text
