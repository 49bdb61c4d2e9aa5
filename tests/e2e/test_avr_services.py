"""AVR's ASR, LLM and TTS services of the real program: real words in, real sound out."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm, pcm_from_bytes, pcm_to_bytes
from appliance.audio.resample import resample
from appliance.bench.local_service import Service, local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from tests.asterisk.skipping import not_here
from tests.fakes.clips import clip

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

PEERS = Path(__file__).parents[1] / "peers"
HOURS = "what are your opening hours"
YES = "yes please"
PERSON = "i would like to speak to a person"
KNOWN = "We are open from nine to five, Monday to Friday."
STREAM, TRANSCRIBE = "/speech-to-text-stream", "/transcribe"
PROMPT, SPEAK = "/prompt-stream", "/text-to-speech-stream"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield session


@pytest.fixture(scope="session")
def example(data_dir: Path) -> Callable[[str], Any]:
    """A message of AVR's by its file name; JSON is read."""

    def load(name: str) -> Any:
        text = (data_dir / "avr" / name).read_text()
        return json.loads(text) if name.endswith(".json") else text

    return load


def silence(seconds: float) -> Pcm:
    return np.zeros(int(seconds * 8000), np.int16)


def spoken(*sentences: str) -> bytes:
    """The sentences as a telephone line brings them, 2.2 s of silence behind each."""
    parts = [part for sentence in sentences for part in (clip(sentence), silence(2.2))]
    return pcm_to_bytes(np.concatenate([silence(0.3), *parts]))


async def cut(data: bytes, size: int, each_s: float = 0.0) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]
        await asyncio.sleep(each_s)


async def ask(service: Service, http: aiohttp.ClientSession, body: object) -> str:
    """What is said to a request of the language model's service."""
    async with http.post(service.client.url + PROMPT, json=body) as reply:
        assert reply.status == 200
        text, decoder, said, at = await reply.text(), json.JSONDecoder(), "", 0
    while at < len(text):
        piece, at = decoder.raw_decode(text, at)
        assert piece["type"] == "text"
        said += piece["content"]
    return said


# -- ASR


async def test_spoken_words_come_back_as_lines_while_the_caller_still_speaks(
    service: Service, http: aiohttp.ClientSession
) -> None:
    sent = 0

    async def call() -> AsyncIterator[bytes]:
        nonlocal sent
        async for piece in cut(spoken(HOURS, PERSON), 320, 0.02):
            yield piece
            sent += len(piece)

    async with http.post(service.client.url + STREAM, data=call()) as reply:
        first = (await reply.content.readline()).decode()
        assert first == f"{HOURS}\n"
        assert sent < len(spoken(HOURS, PERSON)) - 32_000  # some seconds before the end
        assert (await reply.content.read()).decode() == f"{PERSON}\n"


@pytest.mark.parametrize("size", [321, 65_537])
async def test_odd_chunks_give_the_same_words(
    service: Service, http: aiohttp.ClientSession, size: int
) -> None:
    data = cut(spoken(HOURS, YES), size)
    async with http.post(service.client.url + STREAM, data=data) as reply:
        assert (await reply.text()).splitlines() == [HOURS, YES]


async def test_words_that_were_being_said_at_the_end_are_flushed(
    service: Service, http: aiohttp.ClientSession
) -> None:
    cut_off = spoken(HOURS)[: -int(2.2 * 16_000)]
    async with http.post(service.client.url + STREAM, data=cut(cut_off, 320)) as reply:
        assert await reply.text() == f"{HOURS}\n"


async def test_a_call_survives_seconds_without_a_byte(
    service: Service, http: aiohttp.ClientSession
) -> None:
    async def halting() -> AsyncIterator[bytes]:
        for sentence in (HOURS, YES):
            yield spoken(sentence)
            await asyncio.sleep(3.0)

    async with http.post(service.client.url + STREAM, data=halting()) as reply:
        assert (await reply.text()).splitlines() == [HOURS, YES]


@pytest.mark.parametrize("rate_hz", [8000, 16_000, 44_100, 48_000])
async def test_an_utterance_of_any_usual_rate_is_transcribed(
    service: Service, http: aiohttp.ClientSession, example: Callable[[str], Any], rate_hz: int
) -> None:
    data = pcm_to_bytes(resample(clip(HOURS), 8000, rate_hz))
    headers = {"X-Sample-Rate": str(rate_hz), "X-Audio-Format": "audio/x-signed-linear"}
    async with http.post(service.client.url + TRANSCRIBE, data=data, headers=headers) as reply:
        assert (reply.status, await reply.json()) == (200, example("stt-response.json"))


async def test_a_transcription_without_a_rate_is_refused_as_the_contract_says(
    service: Service, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    async with http.post(service.client.url + TRANSCRIBE, data=bytes(320)) as reply:
        assert reply.status == 400
        assert (await reply.json()).items() >= example("stt-error.json").items()


# -- LLM


async def test_the_example_requests_are_answered(
    service: Service, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    assert await ask(service, http, example("llm-request.json")) == KNOWN
    assert await ask(service, http, example("llm-request-min-message.json"))
    assert await ask(service, http, example("llm-request-min-messages.json"))


async def test_what_nobody_wrote_down_is_not_made_up_and_a_yes_is_understood(
    service: Service, http: aiohttp.ClientSession
) -> None:
    unknown = read_agents(SHIPPED_AGENTS).default.phrases.unknown
    question = {"role": "user", "content": "who is the president of france"}
    assert await ask(service, http, {"messages": [question]}) == unknown
    answered = {"role": "assistant", "content": unknown}
    yes = {"role": "user", "content": YES}
    assert "put you through" in await ask(service, http, {"messages": [question, answered, yes]})


async def test_many_callers_are_answered_at_once(
    service: Service, http: aiohttp.ClientSession
) -> None:
    body = {"messages": [{"role": "user", "content": "hello, my name is anna"}]}
    assert all(await asyncio.gather(*(ask(service, http, body) for _ in range(6))))


# -- TTS


async def test_the_sound_is_understood_by_a_third_person(
    service: Service, http: aiohttp.ClientSession, understood: Callable[[Pcm], str]
) -> None:
    body = {"text": f"{KNOWN} All right. Is there anything else I can help you with?"}
    async with http.post(service.client.url + SPEAK, json=body) as reply:
        assert reply.headers["Content-Type"] == "audio/l16"
        words = understood(pcm_from_bytes(await reply.read()))
    assert "we are open from nine to five monday to friday" in words
    assert "is there anything else i can help you with" in words


async def test_the_example_text_is_spoken(
    service: Service, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    async with http.post(service.client.url + SPEAK, json=example("tts-request.json")) as reply:
        sound = pcm_from_bytes(await reply.read())
    assert 1.0 < sound.size / 8000 < 5.0
    assert np.abs(sound).max() > 3000


# -- all of it


async def test_the_example_call_is_announced(
    service: Service, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    url = service.client.url
    async with http.post(f"{url}/call", json=example("core-call-request.json")) as reply:
        expected = example("core-call-response-pipeline.json")
        assert (reply.status, await reply.json()) == (200, expected)
    async with http.get(f"{url}/health") as reply:
        assert await reply.json() == example("core-health.json")


async def test_a_core_written_in_node_holds_a_conversation(
    service: Service, tmp_path: Path, understood: Callable[[Pcm], str]
) -> None:
    node = shutil.which("node")
    if node is None:
        not_here("node; `apt install nodejs` brings it")
    caller, agent = tmp_path / "caller.raw", tmp_path / "agent.raw"
    caller.write_bytes(spoken(HOURS, PERSON))
    process = await asyncio.create_subprocess_exec(
        *(node, str(PEERS / "pipeline_core.mjs")),
        *(service.client.url, str(caller), str(agent)),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    told = json.loads(output)
    assert told["type"].startswith("text/plain")
    assert [piece["text"] for piece in told["heard"]] == [f"{HOURS}\n", f"{PERSON}\n"]
    assert told["heard"][0]["sending"]
    assert told["turns"][0]["answer"] == KNOWN
    assert {turn["spoken"]["type"] for turn in told["turns"]} == {"audio/l16"}
    words = understood(pcm_from_bytes(agent.read_bytes()))
    assert words.startswith("we are open from nine to five monday to friday")


async def test_schemathesis_finds_nothing(service: Service, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "schemathesis.cli", "run", f"{service.client.url}/openapi.json"),
        # A WebSocket is a GET that the document cannot declare; without an Asterisk there is
        # nothing that /originate could do but fail.
        *("--checks", "all", "--exclude-checks", "allow_header_conformance,unsupported_method"),
        *("--exclude-path", "/originate"),
        *("--phases", "coverage,fuzzing", "--max-examples", "5", "--seed", "1", "--no-color"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        cwd=tmp_path,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()


async def test_fifty_clients_of_each_kind_are_served_or_told_to_come_back(
    service: Service, http: aiohttp.ClientSession
) -> None:
    async def listen() -> tuple[int, bool]:
        data = cut(spoken(HOURS), 3200)
        async with http.post(service.client.url + STREAM, data=data) as reply:
            return await judged(reply, await reply.read() == f"{HOURS}\n".encode())

    async def speak(number: int) -> tuple[int, bool]:
        body = {"text": f"This is client number {number}. It has a second sentence to say."}
        async with http.post(service.client.url + SPEAK, json=body) as reply:
            return await judged(reply, len(await reply.read()) > 16_000)

    async def judged(reply: aiohttp.ClientResponse, served: bool) -> tuple[int, bool]:
        told = reply.status == 503 and int(reply.headers["Retry-After"]) > 0
        return reply.status, told or (reply.status == 200 and served)

    before = memory_mb(service)
    answers = await asyncio.gather(
        *(listen() for _ in range(50)), *(speak(number) for number in range(50))
    )
    assert all(right for _, right in answers), answers
    assert {200, 503} == {status for status, _ in answers[:50]}
    assert {200} == {status for status, _ in answers[50:]}
    assert memory_mb(service) - before < 100
    assert 'stage_clients{stage="asr"} 0.0' in await service.client.metrics()


async def test_a_telephone_call_is_answered_while_others_crowd_and_dawdle(
    service: Service, http: aiohttp.ClientSession, caller_lines: dict[str, Line]
) -> None:
    async def crowd(number: int) -> None:
        while True:
            body = {"text": f"This is client number {number}. It never has enough."}
            async with http.post(service.client.url + SPEAK, json=body) as reply:
                await reply.read()
            if reply.status == 503:
                await asyncio.sleep(0.2)

    host, port = service.client.url.removeprefix("http://").split(":")
    dawdling = [await asyncio.open_connection(host, int(port)) for _ in range(50)]
    for _, writer in dawdling:
        writer.write(
            b"POST /prompt-stream HTTP/1.1\r\nHost: localhost\r\n"
            b"Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
        )
    crowding = [asyncio.create_task(crowd(number)) for number in range(20)]
    try:
        call = await place_call(Target(port=service.port), [caller_lines["opening"]])
    finally:
        for task in crowding:
            task.cancel()
        await asyncio.gather(*crowding, return_exceptions=True)
        for _, writer in dawdling:
            writer.close()
    record = await service.client.record(call.uuid)
    assert call.all_answered
    assert record is not None
    assert [turn["source"] for turn in record["turns"]] == ["knowledge"]


def memory_mb(service: Service) -> float:
    status = Path(f"/proc/{service.pid}/status").read_text()
    return float(status.split("VmRSS:")[1].split()[0]) / 1024


async def test_a_host_made_for_it_hears_fifty_callers_at_once(http: aiohttp.ClientSession) -> None:
    port = free_port()
    overrides = {"max_calls": 60, "asr_port": port, "llm_context_tokens": 256}
    async with local_service(read_settings(overrides=overrides)) as service:

        async def listen(sentence: str) -> bool:
            data = cut(spoken(sentence), 3200)
            async with http.post(f"http://127.0.0.1:{port}{STREAM}", data=data) as reply:
                return await reply.text() == f"{sentence}\n"

        sentences = [HOURS, YES, PERSON, "how are you today", HOURS] * 10
        assert all(await asyncio.gather(*map(listen, sentences)))
        async with http.get(f"http://127.0.0.1:{port}/health") as reply:
            assert reply.status == 200
        async with http.post(f"http://127.0.0.1:{port}{SPEAK}", json={"text": "No."}) as reply:
            assert reply.status == 404  # the port is the ASR service's own
        assert await service.client.is_ready()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
