"""AVR's ASR service over real sockets, with a recogniser that hears by script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import numpy as np
import pytest

from appliance.audio.frame import pcm_to_bytes
from appliance.errors import RecognizerError
from tests.fakes.conversation import Script
from tests.fakes.http_backend import FakeBackend
from tests.fakes.stages import ScriptedStages
from tests.fakes.waiting import eventually

pytestmark = pytest.mark.e2e

STREAM = "/speech-to-text-stream"
TWO_TURNS = Script().says("i would like a table").quiet(1.5).says("for four people").quiet(1.5)


def wire(script: Script) -> bytes:
    return b"".join(pcm_to_bytes(f) for f in script.frames if not isinstance(f, str))


async def cut(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def test_the_headers_come_before_any_sound(url: str, http: aiohttp.ClientSession) -> None:
    release = asyncio.Event()

    async def nothing() -> AsyncIterator[bytes]:
        yield b"\0"  # aiohttp's client sends its own headers with the first bytes
        await release.wait()

    async with http.post(url + STREAM, data=nothing()) as reply:
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert reply.headers["Cache-Control"] == "no-cache"
        release.set()
        assert await reply.read() == b""


async def test_two_utterances_are_two_lines_and_the_first_comes_while_sound_still_goes_up(
    url: str, http: aiohttp.ClientSession
) -> None:
    first = asyncio.Event()

    async def call() -> AsyncIterator[bytes]:
        yield wire(Script().says("i would like a table").quiet(1.5))
        await first.wait()
        yield wire(TWO_TURNS)[len(wire(Script().says("i would like a table").quiet(1.5))) :]

    async with http.post(url + STREAM, data=call()) as reply:
        assert await reply.content.readany() == b"i would like a table\n"
        first.set()
        assert await reply.content.read() == b"for four people\n"


@pytest.mark.parametrize("size", [33, 321, 100_000])
async def test_chunks_of_any_size_also_odd_ones(
    url: str, http: aiohttp.ClientSession, size: int
) -> None:
    async with http.post(url + STREAM, data=cut(wire(TWO_TURNS), size)) as reply:
        assert await reply.text() == "i would like a table\nfor four people\n"


async def test_the_end_of_the_request_flushes_what_was_being_said(
    url: str, http: aiohttp.ClientSession
) -> None:
    data = wire(Script().says("i would like a table"))
    async with http.post(url + STREAM, data=data) as reply:
        assert await reply.text() == "i would like a table\n"


async def test_one_text_is_one_chunk(url: str, http: aiohttp.ClientSession) -> None:
    async with http.post(url + STREAM, data=wire(TWO_TURNS)) as reply:
        chunks = [data async for data, ends in reply.content.iter_chunks() if data and ends]
    assert chunks == [b"i would like a table\n", b"for four people\n"]


async def test_without_a_delimiter_the_words_are_all_there_is(
    backend: FakeBackend, url: str, http: aiohttp.ClientSession
) -> None:
    object.__setattr__(backend.stages, "asr_delimiter", "")
    async with http.post(url + STREAM, data=wire(TWO_TURNS)) as reply:
        assert await reply.text() == "i would like a tablefor four people"


@pytest.mark.parametrize("kind", ["audio/l16", "audio/x-raw", "application/json", None])
async def test_any_type_of_body_and_none_is_accepted(
    url: str, http: aiohttp.ClientSession, kind: str | None
) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    skip = ["Content-Type"] if kind is None else []
    async with http.post(
        url + STREAM, data=cut(wire(TWO_TURNS), 320), headers=headers, skip_auto_headers=skip
    ) as reply:
        assert len((await reply.text()).splitlines()) == 2


async def test_one_uuid_may_come_again_and_in_several_requests_at_once(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    headers = {"X-UUID": "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"}
    silent = wire(Script().quiet(1.0))

    async def once() -> int:
        async with http.post(url + STREAM, data=silent, headers=headers) as reply:
            return reply.status

    assert await once() == await once() == 200
    assert await asyncio.gather(once(), once(), once()) == [200, 200, 200]


async def test_a_full_service_refuses_before_the_sound(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    stages.calls = 4
    async with http.post(url + STREAM, data=wire(TWO_TURNS)) as reply:
        assert (reply.status, (await reply.json())["error"]) == (503, "call_refused_full")
        assert int(reply.headers["Retry-After"]) > 0


async def test_a_failing_recogniser_ends_the_body_and_nothing_else(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    stages.recognition.failure = RecognizerError("scripted", "broken")
    async with http.post(url + STREAM, data=wire(TWO_TURNS)) as reply:
        assert (reply.status, await reply.text()) == (200, "")
    stages.recognition.failure = None
    async with http.post(url + STREAM, data=wire(Script().quiet(0.5))) as reply:
        assert reply.status == 200


async def test_a_client_that_vanishes_or_closes_one_half_frees_its_place(
    url: str, stages: ScriptedStages
) -> None:
    host, port = url.removeprefix("http://").split(":")

    async def is_free() -> bool:
        return b'appliance_stage_clients{stage="asr"} 0.0' in stages.metrics.render()

    for half in (True, False):
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"POST %s HTTP/1.1\r\nHost: localhost\r\n" % STREAM.encode())
        writer.write(b"Transfer-Encoding: chunked\r\n\r\n4\r\n\0\0\0\0\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 200")
        assert not await is_free()
        if half:
            writer.write_eof()
        else:
            writer.transport.abort()
        await eventually(is_free)
        writer.close()


async def test_a_chunk_that_is_none_is_told_or_ends_the_connection(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /transcribe HTTP/1.1\r\nHost: localhost\r\nX-Sample-Rate: 8000\r\n")
    writer.write(b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")
    async with asyncio.timeout(10):
        assert (await reader.readline()).split()[1] == b"400"
    writer.close()


async def test_an_utterance_is_transcribed(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    data = wire(Script().says("i would like a table"))
    async with http.post(
        f"{url}/transcribe", data=data, headers={"X-Sample-Rate": "8000"}
    ) as reply:
        assert reply.status == 200
        assert set(await reply.json()) == {"transcription"}


async def test_silence_transcribed_is_an_empty_text(url: str, http: aiohttp.ClientSession) -> None:
    headers = {"X-Sample-Rate": "16000", "X-Audio-Format": "audio/x-signed-linear"}
    async with http.post(f"{url}/transcribe", data=bytes(32_000), headers=headers) as reply:
        assert await reply.json() == {"transcription": ""}


@pytest.mark.parametrize(
    "rate", [None, "", "eight", "0", "-8000", "8000.5", "1000000000000", "８０００"]
)
async def test_a_missing_or_odd_sample_rate_is_refused_in_avrs_words(
    url: str, http: aiohttp.ClientSession, rate: str | None
) -> None:
    headers = {} if rate is None else {"X-Sample-Rate": rate}
    async with http.post(f"{url}/transcribe", data=b"\0\0", headers=headers) as reply:
        message = "Missing or invalid X-Sample-Rate header."
        assert (reply.status, await reply.json()) == (
            400,
            {"error": "bad_request", "message": message},
        )


async def test_an_assumed_rate_stands_above_a_header_that_lies(
    backend: FakeBackend, url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    fed: list[int] = []
    stages.recognition.feed = lambda pcm: fed.append(pcm.size)  # type: ignore[method-assign]
    object.__setattr__(backend.stages, "stt_assume_rate_hz", 8000)
    headers = {"X-Sample-Rate": "16000"}
    async with http.post(f"{url}/transcribe", data=bytes(16_000), headers=headers) as reply:
        assert reply.status == 200
    assert sum(fed) == pytest.approx(8000, abs=2000)  # and not the half of it


async def test_no_sound_is_refused_in_avrs_words(url: str, http: aiohttp.ClientSession) -> None:
    headers = {"X-Sample-Rate": "8000"}
    async with http.post(f"{url}/transcribe", data=b"", headers=headers) as reply:
        assert (reply.status, (await reply.json())["message"]) == (
            400,
            "Empty audio data received.",
        )


async def test_more_than_fifty_megabytes_are_refused_before_they_are_sent(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /transcribe HTTP/1.1\r\nHost: localhost\r\nX-Sample-Rate: 8000\r\n"
        b"Content-Length: 50000001\r\n\r\n"
    )
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()


async def test_an_utterance_without_end_is_cut_off(
    url: str, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.http.asr.UTTERANCE_LIMIT_BYTES", 100_000)
    silence = np.zeros(80_000, np.int16).tobytes()
    headers = {"X-Sample-Rate": "8000"}
    async with http.post(f"{url}/transcribe", data=cut(silence, 3200), headers=headers) as reply:
        assert (reply.status, (await reply.json())["error"]) == (413, "body_too_large")
