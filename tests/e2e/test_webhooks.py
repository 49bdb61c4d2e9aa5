"""The real program and a receiver in another process: what is told, in which order, and what a
kill, a slow receiver or none at all change about it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import aiohttp
import pytest

from appliance.audio.frame import FRAME_S
from appliance.audiosocket.protocol import encode_identify
from appliance.bench.local_service import Service, _free_ports
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line, make_keys
from appliance.caller.service_client import service_client
from appliance.config.settings import read_settings
from appliance.store.database import FILE_NAME
from tests.fakes.waiting import eventually
from tests.fakes.webhook_receiver import SECRET, Misbehave, Receiver, receiving

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).parents[1] / "data" / "avr"
PATIENT = {"APPLIANCE_WEBHOOK_INITIATED_TIMEOUT_MS": "10000"}
"""However busy the machine is that runs the tests."""


@dataclass
class Program:
    """``appliance serve`` in a state directory that stays, secrets by the environment."""

    state: Path
    environ: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Service]:
        port, http_port = _free_ports()
        log = (self.state / "service.log").open("ab")
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "appliance", "serve"),
            env={**self._environ(), "PORT": str(port), "HTTP_PORT": str(http_port)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            async with service_client(f"http://127.0.0.1:{http_port}") as client:
                await eventually(client.is_ready, 60.0)
                yield Service("127.0.0.1", port, client, self.process.pid)
        finally:
            if self.process.returncode is None:
                self.process.terminate()
            await self.process.wait()
            log.close()

    async def kill(self) -> None:
        """No chance to say goodbye."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGKILL)
        await self.process.wait()

    async def command(self, *arguments: str) -> str:
        """Another ``appliance`` command on the same state directory; what it printed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "appliance", *arguments),
            env=self._environ(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate()
        return output.decode()

    @property
    def log(self) -> str:
        return (self.state / "service.log").read_text()

    def _environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "APPLIANCE_STATE_DIR": str(self.state),
            "APPLIANCE_MODELS_DIR": str(read_settings().models),
            "COLUMNS": "200",
            **self.environ,
        }


def told_to(receiver: Receiver, state: Path, **environ: str) -> Program:
    """A program that tells ``receiver``."""
    return Program(
        state, {"WEBHOOK_URL": receiver.url, "WEBHOOK_SECRET": SECRET, **PATIENT, **environ}
    )


async def announce(service: Service, uuid: UUID, **payload: object) -> dict[str, object]:
    """``POST /call``; its answer."""
    body = {"uuid": str(uuid), "payload": payload}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{service.client.url}/call", json=body) as reply,
    ):
        assert reply.status == 200
        answer: dict[str, object] = await reply.json()
        return answer


def example(name: str) -> Any:
    return json.loads((EXAMPLES / name).read_text())


async def outbox(
    program: Program, until: Sequence[str], *, dead: bool = False
) -> list[dict[str, Any]]:
    """What the command line shows of undelivered letters, when all of ``until`` are there."""
    rows: list[dict[str, Any]] = []
    command = ["webhooks", "list", "--json", *(["--dead"] if dead else [])]

    async def all_there() -> bool:
        nonlocal rows
        rows = json.loads(await program.command(*command))
        types = [row["type"] for row in rows]
        return all(types.count(each) >= until.count(each) for each in until)

    await eventually(all_there, 30.0)
    return rows


def got(receiver: Receiver, uuid: UUID, last: str = "call_ended") -> Callable[[], Awaitable[bool]]:
    async def it_has() -> bool:
        return last in receiver.types(uuid)

    return it_has


async def test_a_call_is_told_from_its_announcement_to_its_end(
    tmp_path: Path, caller_lines: dict[str, Line]
) -> None:
    uuid = uuid4()
    async with receiving(Receiver()) as receiver:
        program = told_to(receiver, tmp_path)
        async with program.running() as service:
            answer = await announce(service, uuid, **{"from": "2000", "to": "5003"})
            assert answer == {"sts_url": None, "override": False}
            lines = [caller_lines["opening"], make_keys("0")]
            await place_call(Target(port=service.port, uuid=uuid), lines)
            await eventually(got(receiver, uuid))
    types = receiver.types(uuid)
    assert types[:2] == ["call_initiated", "call_started"]
    assert types[-1] == "call_ended"
    assert "dtmf_digit" in types
    texts = [each["payload"] for each in receiver.taken if each["type"] == "transcription"]
    assert {"role": "user", "text": "what time do you open"} in texts
    assert any(each["role"] == "agent" and "nine to five" in each["text"] for each in texts)
    assert {headers["X-AVR-AGENT-ID"] for headers in receiver.headers} == {"receptionist"}
    for private in (SECRET, "what time", "nine to five", "2000"):
        assert private not in program.log


async def test_avrs_answers_to_an_announcement(tmp_path: Path) -> None:
    request = example("core-call-request.json")
    uuid, payload = UUID(request["uuid"]), request["payload"]
    chosen = urlsplit(example("webhook-reply-override.json")["sts_url"]).netloc
    async with (
        receiving(Receiver()) as receiver,
        told_to(
            receiver, tmp_path, STS_URL="ws://127.0.0.1:6030", APPLIANCE_STS_HOSTS=chosen
        ).running() as service,
    ):
        without = example("core-call-response.json")
        assert await announce(service, uuid, **payload) == without
        receiver.sts_url = example("webhook-reply-override.json")["sts_url"]
        override = example("core-call-response-override.json")
        assert await announce(service, uuid, **payload) == override
        receiver.always = Misbehave(500)
        assert await announce(service, uuid4(), **payload) == without


async def test_a_kill_before_delivery_loses_nothing_and_keeps_the_order(
    tmp_path: Path, caller_lines: dict[str, Line]
) -> None:
    uuids = [uuid4(), uuid4()]
    async with receiving(Receiver()) as receiver:
        port = receiver.port
    program = told_to(receiver, tmp_path, WEBHOOK_RETRY="20")
    async with program.running() as service:
        for uuid in uuids:
            assert (await announce(service, uuid))["sts_url"] is None
        lines = [make_keys("12"), caller_lines["goodbye"]]
        await asyncio.gather(
            *(place_call(Target(port=service.port, uuid=uuid), lines) for uuid in uuids)
        )
        written = await outbox(program, until=["call_ended"] * 2)
        await program.kill()
    assert receiver.taken == []
    async with receiving(receiver, port), program.running():
        for uuid in uuids:
            await eventually(got(receiver, uuid))
    for uuid in uuids:
        expected = [row["type"] for row in written if row["call"] == str(uuid)]
        assert receiver.types(uuid) == expected
        assert expected[:2] == ["call_initiated", "call_started"]
        assert expected.count("dtmf_digit") == 2
        digits = [
            letter["payload"]["digit"]
            for letter in receiver.taken
            if letter["uuid"] == str(uuid) and letter["type"] == "dtmf_digit"
        ]
        assert digits == ["1", "2"]


async def test_calls_are_known_after_a_kill_and_without_their_words(
    tmp_path: Path, caller_lines: dict[str, Line]
) -> None:
    finished, cut_off = uuid4(), uuid4()
    program = Program(tmp_path)
    async with program.running() as service:
        await place_call(Target(port=service.port, uuid=finished), [make_keys("0")])
        before = await service.client.record(str(finished))
        assert before is not None
        assert before["outcome"] == "transfer"
        _, writer = await asyncio.open_connection(service.host, service.port)
        writer.write(encode_identify(cut_off))

        async def is_going_on() -> bool:
            return "appliance_calls_active 1.0" in await service.client.metrics()

        await eventually(is_going_on)
        await asyncio.sleep(0.2)  # its first record is on the disk within milliseconds
        await program.kill()
        writer.close()
    async with program.running() as service:
        after = await service.client.record(str(finished))
        assert after is not None
        gone = {"heard": None, "said": None, "voice_ended_ms": None}
        turns = [{**turn, **gone} for turn in before["turns"]]
        assert after == {**before, "greeting": None, "turns": turns}
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{service.client.url}/call/{finished}/next?format=text") as reply,
        ):
            assert (await reply.text()).startswith("transfer")
        lost = await service.client.record(str(cut_off))
        assert lost is not None
        assert lost["outcome"] == "service_stopped"


async def test_the_receiver_is_told_after_a_kill_that_the_call_has_ended(tmp_path: Path) -> None:
    cut_off = uuid4()
    async with receiving(Receiver()) as receiver:
        program = told_to(receiver, tmp_path)
        async with program.running() as service:
            _, writer = await asyncio.open_connection(service.host, service.port)
            writer.write(encode_identify(cut_off))
            await eventually(got(receiver, cut_off, "call_started"))
            await program.kill()
            writer.close()
        assert receiver.types(cut_off) == ["call_started"]
        async with program.running():
            await eventually(got(receiver, cut_off))
        (ended,) = [letter for letter in receiver.taken if letter["type"] == "call_ended"]
        assert (ended["uuid"], ended["payload"]) == (str(cut_off), {"outcome": "service_stopped"})


async def test_a_receiver_that_hangs_delays_no_word_of_a_call(
    tmp_path: Path, caller_lines: dict[str, Line]
) -> None:
    lines = [caller_lines[name] for name in ("opening", "address", "parking")]
    async with receiving(Receiver()) as receiver:
        receiver.always = Misbehave(201, after_s=3600.0)
        program = told_to(receiver, tmp_path, WEBHOOK_TIMEOUT="60000")
        async with program.running() as service:
            call = await place_call(Target(port=service.port), lines)
            metrics = await service.client.metrics()
    assert len(receiver.attempts) == 1  # it hung during the whole call
    assert receiver.taken == []
    assert 'result="delivered"} 0.0' in metrics
    assert call.all_answered
    assert call.frames_received > 0.9 * call.duration_s / FRAME_S


async def test_dead_webhooks_are_listed_tried_again_and_dropped_while_the_service_runs(
    tmp_path: Path,
) -> None:
    one, two = uuid4(), uuid4()
    async with receiving(Receiver()) as receiver:
        receiver.always = Misbehave(500)
        program = told_to(receiver, tmp_path, WEBHOOK_RETRY="0")
        async with program.running() as service:
            await announce(service, one)
            await announce(service, two)
            rows = await outbox(program, until=["call_initiated"] * 2, dead=True)
            assert [(row["call"], row["error"]) for row in rows] == [
                (str(one), "status 500"),
                (str(two), "status 500"),
            ]
            assert "dead" in await program.command("webhooks", "list")
            assert "is set aside after 1 attempts: status 500" in program.log
            receiver.always = None
            again = await program.command("webhooks", "retry", str(rows[0]["id"]))
            assert again == "1 will be tried again\n"
            await eventually(got(receiver, one, "call_initiated"))
            assert await program.command("webhooks", "drop", "--dead") == "1 dropped\n"
            assert await program.command("webhooks", "list") == "everything is delivered\n"
    assert receiver.types(two) == []


async def test_the_end_of_the_program_waits_for_the_last_letters(tmp_path: Path) -> None:
    uuid = uuid4()
    async with receiving(Receiver()) as receiver:
        receiver.always = Misbehave(201, after_s=0.3)
        program = told_to(receiver, tmp_path, APPLIANCE_DRAIN_S="1")
        async with program.running() as service:
            await announce(service, uuid)
            _, writer = await asyncio.open_connection(service.host, service.port)
            writer.write(encode_identify(uuid))
            await eventually(got(receiver, uuid, "call_started"))
        writer.close()
    told = [each for each in receiver.types(uuid) if each != "transcription"]
    assert told == ["call_initiated", "call_started", "call_ended"]


async def test_a_damaged_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database " * 1000)
    output = await Program(tmp_path, {"PORT": "0", "HTTP_PORT": "0"}).command("serve")
    assert output.startswith(f"appliance: {tmp_path / FILE_NAME} is damaged")
    assert output.count("\n") == 1
