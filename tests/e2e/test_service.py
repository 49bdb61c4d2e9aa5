"""The program's life: start, refuse, drain, and what it says when something is wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest

from appliance.audiosocket.protocol import encode_identify
from appliance.bench.local_service import Service, local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from appliance.text.canonical import canonical
from tests.fakes.waiting import eventually

pytestmark = pytest.mark.e2e

EX_CONFIG = 78

TWO_AGENTS = """
agents:
  day:
    persona: You are a receptionist.
    greeting: Good day.
  night:
    extensions: ["6002"]
    persona: You are a night porter.
    greeting: Good night.
"""


async def hold_line(service: Service) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A caller who says nothing; returns when he hears the agent's first message."""
    reader, writer = await asyncio.open_connection(service.host, service.port)
    writer.write(encode_identify(uuid4()))
    await reader.readexactly(3)
    return reader, writer


async def read_to_end(reader: asyncio.StreamReader) -> bytes:
    async with asyncio.timeout(10):
        return await reader.read(-1)


@pytest.mark.asyncio(loop_scope="module")
async def test_of_two_callers_with_one_uuid_in_the_same_instant_one_is_answered(
    service: Service,
) -> None:
    """A dialplan with a fixed UUID; both were answered, and one record took the other's place."""
    for _ in range(3):
        both = [await asyncio.open_connection(service.host, service.port) for _ in range(2)]
        identity = encode_identify(uuid4())
        for _, writer in both:
            writer.write(identity)
        ends = [asyncio.ensure_future(read_to_end(reader)) for reader, _ in both]
        done, going = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        assert (len(done), len(going)) == (1, 1)
        refused = both[ends.index(done.pop())][1]
        refused.close()
        for _, writer in both:
            writer.close()
        await going.pop()
    metrics = await service.client.metrics()
    assert 'appliance_calls_total{outcome="refused_uuid_in_use"} 3.0' in metrics


async def test_a_full_service_refuses_in_order_and_says_so() -> None:
    async with local_service(read_settings(overrides={"max_calls": 1})) as service:
        _, writer = await hold_line(service)
        second = await place_call(Target(port=service.port), [])
        assert second.outcome == "refused"
        async with (
            aiohttp.ClientSession() as http,
            http.post(f"{service.client.url}/call", json={"uuid": str(uuid4())}) as reply,
        ):
            assert reply.status == 503
            assert reply.headers["Retry-After"]
            assert (await reply.json())["error"] == "call_refused_full"
        writer.close()
        assert "appliance_calls_total" in await service.client.metrics()


async def test_a_uuid_can_be_used_by_one_call_at_a_time() -> None:
    async with local_service(read_settings()) as service:
        uuid = uuid4()
        reader, writer = await asyncio.open_connection(service.host, service.port)
        writer.write(encode_identify(uuid))
        await reader.readexactly(3)
        second = await place_call(Target(port=service.port, uuid=uuid), [])
        assert second.outcome == "refused"
        writer.close()


async def test_the_dialled_number_chooses_the_agent(tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text(TWO_AGENTS)
    async with local_service(read_settings(overrides={"agents_file": agents})) as service:
        chosen = {}
        for dialled in ("6002", "9999"):
            uuid = uuid4()
            await service.client.announce(uuid, {"from": "1000", "to": dialled})
            target = Target(port=service.port, uuid=uuid, max_call_s=1.0)
            await place_call(target, [])
            record = await service.client.record(str(uuid))
            assert record is not None
            chosen[dialled] = record["agent"]
        assert chosen == {"6002": "night", "9999": "day"}


async def test_an_agent_that_names_a_model_hears_with_it_and_not_with_the_small_one(
    tmp_path: Path, caller_lines: dict[str, Line]
) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text(
        SHIPPED_AGENTS.read_text().replace("# recognizer: ", "recognizer: faster-whisper-base # ")
    )
    async with local_service(read_settings(overrides={"agents_file": agents})) as service:
        call = await place_call(Target(port=service.port), [caller_lines["opening"]])
        record = await service.client.record(call.uuid)
        assert record is not None
        (turn,) = record["turns"]
        assert canonical(turn["heard"]) == "what time do you open"
        assert turn["source"] == "knowledge"
        assert 'engine="whisper"' in await service.client.metrics()


async def test_sigterm_lets_a_call_end_and_takes_no_new_one(caller_lines: dict[str, Line]) -> None:
    async with local_service(read_settings()) as service:
        talking = asyncio.create_task(
            place_call(Target(port=service.port), [caller_lines["goodbye"]])
        )

        async def is_talking() -> bool:
            return "appliance_calls_active 1.0" in await service.client.metrics()

        async def is_draining() -> bool:
            return bool((await service.client.readiness())["reason"] == "draining")

        await eventually(is_talking)
        assert service.pid is not None
        os.kill(service.pid, signal.SIGTERM)
        await eventually(is_draining)
        late = await place_call(Target(port=service.port), [])
        assert late.outcome == "refused"
        call = await talking
        assert call.all_answered
        assert call.outcome == "agent_hung_up"


async def test_a_call_that_outlasts_the_drain_is_hung_up() -> None:
    async with local_service(read_settings(overrides={"drain_s": 0.5})) as service:
        reader, writer = await hold_line(service)
        assert service.pid is not None
        os.kill(service.pid, signal.SIGTERM)
        assert (await read_to_end(reader)).endswith(b"\x00\x00\x00")
        writer.close()


def start(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "appliance", "serve", *arguments],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("variable", ["PORT", "HTTP_PORT"])
def test_a_busy_port_is_one_clear_line(variable: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = {"PORT": "0", "HTTP_PORT": "0", variable: str(port)}
        models = str(read_settings().models)
        done = start(
            {**ports, "APPLIANCE_STATE_DIR": str(tmp_path), "APPLIANCE_MODELS_DIR": models}
        )
    assert done.returncode == EX_CONFIG
    last = done.stderr.strip().splitlines()[-1]
    assert str(port) in last
    assert f"set {variable}" in last
    assert "Traceback" not in done.stderr


def test_a_missing_model_names_the_command_that_fetches_it(tmp_path: Path) -> None:
    done = start({"APPLIANCE_STATE_DIR": str(tmp_path), "PORT": "0", "HTTP_PORT": "0"})
    assert done.returncode == EX_CONFIG
    assert "appliance models install smollm2-135m-instruct" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistake_in_the_agents_file_names_file_line_and_key(tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    agents.write_text("agents:\n  desk:\n    persona: Be brief.\n    greting: Good day.\n")
    done = start({"APPLIANCE_AGENTS_FILE": str(agents), "APPLIANCE_STATE_DIR": str(tmp_path)})
    assert done.returncode == EX_CONFIG
    assert f"{agents}:4" in done.stderr
    assert "greting" in done.stderr
    assert "greeting" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_recogniser_is_found_before_it_can_abort_the_process(tmp_path: Path) -> None:
    broken = tmp_path / "vosk"
    (broken / "am").mkdir(parents=True)
    (broken / "conf").mkdir()
    (broken / "am" / "final.mdl").write_bytes(b"\0B nonsense")
    (broken / "conf" / "model.conf").write_text("--min-active=200\n")
    agents = tmp_path / "agents.yaml"
    agents.write_text(
        f"agents:\n  desk:\n    persona: Be brief.\n    greeting: Hi.\n    recognizer: {broken}\n"
    )
    done = start({"APPLIANCE_AGENTS_FILE": str(agents), "APPLIANCE_STATE_DIR": str(tmp_path)})
    assert done.returncode == EX_CONFIG
    assert str(broken) in done.stderr
    assert "Traceback" not in done.stderr
