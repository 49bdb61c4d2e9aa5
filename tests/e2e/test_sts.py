"""The real program as a speech-to-speech service: an independent Core of Node's talks with it in
real time, and what the agent says is understood by a third person."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from aiohttp import WSMsgType

from appliance.audio.frame import Pcm
from appliance.bench.local_service import Service, local_service
from appliance.config.settings import read_settings
from tests.fakes.node_core import talk

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

AGENTS = """
agents:
  day:
    persona: You are a receptionist.
    greeting: Good day {name}.
  night:
    extensions: ["6002"]
    persona: You are a night porter.
    greeting: Good night {name}.
"""


def wav(name: str) -> str:
    return str(Path(__file__).parents[1] / "data" / "caller" / f"{name}.wav")


def free_port() -> int:
    with socket.socket() as each:
        each.bind(("127.0.0.1", 0))
        port: int = each.getsockname()[1]
    return port


def address(service: Service) -> str:
    return service.client.url.replace("http://", "ws://")


async def test_a_core_holds_a_conversation(
    service: Service, tmp_path: Path, understood: Callable[[Pcm], str]
) -> None:
    spoken = await talk(address(service), [wav("opening"), wav("goodbye")], tmp_path)
    assert spoken.said_by("user") == ["what time do you open", "okay goodbye"]
    answers = understood(spoken.agent)
    assert "quay street clinic good day how can i help you" in answers
    assert "we are open from nine to five monday to friday" in answers
    assert "thank you for calling goodbye" in answers
    assert list(spoken.sizes) == [320]
    assert spoken.interruptions == 0
    assert spoken.close == 1000
    record = await service.client.record(spoken.uuid)
    assert record is not None
    assert record["outcome"] == "agent_hangup"
    assert [turn["heard"] for turn in record["turns"]] == spoken.said_by("user")
    assert [record["greeting"], *(turn["said"] for turn in record["turns"])] == spoken.said_by(
        "agent"
    )


async def test_a_caller_who_speaks_into_an_answer_interrupts_it(
    service: Service, data_dir: Path, tmp_path: Path
) -> None:
    question = {"wav": str(data_dir / "what_are_your_opening_hours.wav"), "after_ms": 900}
    spoken = await talk(address(service), [wav("price"), question], tmp_path)
    assert spoken.interruptions == 1
    greeting, first, second = spoken.said_by("agent")
    assert first.startswith("A first appointment")
    assert "check" not in first
    assert "nine to five" in second


async def test_a_transfer_ends_the_session_when_it_has_been_announced(
    service: Service, data_dir: Path, tmp_path: Path
) -> None:
    wish = str(data_dir / "i_would_like_to_speak_to_a_person.wav")
    spoken = await talk(address(service), [wish], tmp_path)
    assert spoken.close == 1000
    record = await service.client.record(spoken.uuid)
    assert record is not None
    assert record["outcome"] == "transfer"
    assert record["turns"][-1]["said"] == spoken.said_by("agent")[-1]


async def test_a_key_is_answered(service: Service, tmp_path: Path) -> None:
    spoken = await talk(address(service), [{"digits": "0"}], tmp_path)
    assert spoken.said_by("user") == ["0"]


async def test_the_address_and_the_init_choose_who_answers(tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text(AGENTS)
    own = f"ws://127.0.0.1:{(port := free_port())}"
    overrides = {"agents_file": agents, "sts_port": port}
    async with local_service(read_settings(overrides=overrides)) as service:

        async def greeting(query: str, where: str = "", **config: str) -> dict[str, str]:
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(f"{where or address(service)}/{query}") as opened,
                asyncio.timeout(20),
            ):
                init = {"type": "init", "uuid": str(uuid4()), "provider_config": config}
                await opened.send_json(init)
                async for received in opened:
                    body: dict[str, str] = received.json()
                    if body["type"] != "audio":
                        return body
                return {"type": "closed"}

        assert (await greeting("?name=Ada"))["text"] == "Good day Ada."
        assert (await greeting("?name=Ada", own))["text"] == "Good day Ada."
        assert (await greeting("?name=Ada&to=6002"))["text"] == "Good night Ada."
        assert (await greeting("?name=Ada&agent=night"))["text"] == "Good night Ada."
        assert (await greeting("?name=Ada", agent="night"))["text"] == "Good night Ada."
        assert (await greeting("", greeting="Who is there?"))["text"] == "Who is there?"
        wrong = await greeting("", agent="nihgt")
        assert wrong["type"] == "error"
        assert '"night"' in wrong["message"]


async def test_a_full_service_refuses_and_a_stopping_one_lets_a_session_end() -> None:
    settings = read_settings(overrides={"max_calls": 1, "drain_s": 0.5})
    async with local_service(settings) as service, aiohttp.ClientSession() as session:

        async def opened() -> aiohttp.ClientWebSocketResponse:
            connected = await session.ws_connect(address(service))
            await connected.send_json({"type": "init", "uuid": str(uuid4())})
            return connected

        first = await opened()
        assert (await first.receive()).type is WSMsgType.TEXT
        second = await opened()
        assert "busy" in (await second.receive()).json()["message"]
        assert (await second.receive()).data == aiohttp.WSCloseCode.TRY_AGAIN_LATER
        assert service.pid is not None
        os.kill(service.pid, signal.SIGTERM)
        async with asyncio.timeout(10):
            async for _ in first:
                pass
        assert first.close_code == aiohttp.WSCloseCode.OK
