"""Several calls at once, and the options of the command line that describe them."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest
from aiohttp.test_utils import TestServer

from appliance.audio.wav import write_wav
from appliance.caller.crowd import CallPlan, place_calls, with_barge_in
from appliance.caller.line import make_keys
from appliance.caller.script import Manners
from appliance.errors import ApplianceError, SettingsError
from appliance.http.app import build_app
from tests.fakes.answering_agent import AnsweringAgent
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e


def plan(tmp_path: Path, port: int, http_port: int | None = None, calls: int = 1) -> CallPlan:
    wav = tmp_path / "tone.wav"
    samples = 8000 * np.sin(2 * np.pi * 700 * np.arange(3200 * 2) / 16000)
    write_wav(wav, samples.astype(np.int16), 16000)
    return CallPlan(
        lines=(str(wav),),
        host="127.0.0.1",
        port=port,
        http_port=http_port,
        calls=calls,
        record=tmp_path / "calls",
        barge_in=(),
        echo_db=None,
        manners=Manners(gap_s=0.3, greeting_timeout_s=1.0),
    )


async def test_calls_are_announced_held_and_recorded(tmp_path: Path) -> None:
    backend = FakeBackend()
    async with (
        TestServer(build_app(backend)) as server,
        AnsweringAgent().serve() as agent,
    ):
        results = await place_calls(plan(tmp_path, agent.port, server.port, calls=1))
    assert [result.all_answered for result in results] == [True]
    assert list(backend.announced) == [UUID(result.uuid) for result in results]
    written = [entry.name for entry in os.scandir(tmp_path / "calls")]
    assert written == [f"{result.uuid}.wav" for result in results]


async def test_several_calls_are_held_at_the_same_time(tmp_path: Path) -> None:
    async with AnsweringAgent().serve() as agent:
        results = await place_calls(plan(tmp_path, agent.port, calls=3))
    assert len({result.uuid for result in results}) == 3
    assert len(agent.uuids) == 3


async def test_a_refused_announcement_is_told_with_its_reason(tmp_path: Path) -> None:
    backend = FakeBackend()
    backend.refuse = "full"
    async with TestServer(build_app(backend)) as server:
        with pytest.raises(ApplianceError, match="no room: full") as told:
            await place_calls(plan(tmp_path, 1, server.port))
    assert told.value.code == "call_refused_full"


def test_a_barge_in_names_its_line_counted_from_one() -> None:
    lines = (make_keys("1"), make_keys("2"))
    assert [line.barge_in_ms for line in with_barge_in(lines, ("2:500",))] == [None, 500]


@pytest.mark.parametrize("wish", ["", "1", "0:5", "3:5", "a:b", "1:-5"])
def test_a_barge_in_that_makes_no_sense_is_explained(wish: str) -> None:
    with pytest.raises(SettingsError, match="must be LINE:MS, LINE from 1 to 2"):
        with_barge_in((make_keys("1"), make_keys("2")), (wish,))
