"""AVR's TTS service over real sockets, with a voice that makes noise by script."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from appliance.errors import SynthesizerError
from tests.fakes.stages import ScriptedStages
from tests.fakes.waiting import eventually

pytestmark = pytest.mark.e2e
AS_JSON = {"Content-Type": "application/json"}

SPEAK = "/text-to-speech-stream"
WORD_BYTES = round(0.3 * 8000) * 2


async def test_the_example_request_becomes_headerless_sound(
    url: str, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    async with http.post(url + SPEAK, json=example("tts-request.json")) as reply:
        assert reply.status == 200
        assert reply.headers["Content-Type"] == "audio/l16"
        assert reply.headers["Transfer-Encoding"] == "chunked"
        sound = await reply.read()
    assert not sound.startswith(b"RIFF")
    assert len(sound) == 7 * WORD_BYTES


async def test_the_first_sentence_is_sent_before_the_second_is_made(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    text = "This is the first. This is the second. This is the third."
    async with http.post(url + SPEAK, json={"text": text}) as reply:
        await reply.content.readany()
        assert stages.voice.spoken[0] == "This is the first."
        assert len(stages.voice.spoken) < 3
        rest = await reply.content.read()
    assert len(rest) % 2 == 0


async def test_a_client_that_leaves_stops_the_work(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    text = " ".join(f"This is sentence {number}." for number in range(200))
    async with http.post(url + SPEAK, json={"text": text}) as reply:
        await reply.content.readany()

    async def is_free() -> bool:
        return b'{outcome="left",stage="tts"} 1.0' in stages.metrics.render()

    await eventually(is_free, 3.0)
    assert len(stages.voice.spoken) < 100


async def test_a_client_that_takes_nothing_is_given_up(
    url: str, stages: ScriptedStages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.http.stream.STALLED_S", 0.3)
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
    body = b'{"text": "%s"}' % b" ".join([b"This is a sentence of words."] * 150)
    writer.write(b"POST %s HTTP/1.1\r\nHost: localhost\r\n" % SPEAK.encode())
    writer.write(b"Content-Type: application/json\r\n")
    writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")

    async def is_free() -> bool:
        return b'{outcome="left",stage="tts"} 1.0' in stages.metrics.render()

    await eventually(is_free)
    writer.close()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{}", "Text is required"),
        ('{"text": ""}', "Text is required"),
        ('{"text": " \\n "}', '"text" must not be blank'),
        ('{"text": 5}', '"text" must be a string'),
        ('{"text": ["a"]}', '"text" must be a string'),
        ('{"text": null}', '"text" must be a string'),
        ('{"text": "a", "voice": 5}', '"voice" must be a string'),
        ('{"text": "' + "a" * 5001 + '"}', "5000"),
        ('{"text": "\\udc00"}', "unicode"),
        ('"text"', "must be an object"),
        ('{"text": "a"', "not JSON"),
    ],
)
async def test_a_wrong_body_is_told_what_is_wrong(
    url: str, http: aiohttp.ClientSession, body: str, message: str
) -> None:
    async with http.post(url + SPEAK, data=body, headers=AS_JSON) as reply:
        answer = await reply.json()
    assert reply.status == 400
    assert set(answer) == {"error", "message"}
    assert message in answer["message"]


async def test_the_error_is_the_one_of_the_contract(
    url: str, http: aiohttp.ClientSession, example: Callable[[str], Any]
) -> None:
    async with http.post(url + SPEAK, json={}) as reply:
        assert await reply.json() == example("tts-error.json")


async def test_what_other_services_take_besides_is_passed_over(
    url: str, http: aiohttp.ClientSession
) -> None:
    body = {"text": "Hello.", "language": "en", "model": 5, "sample_rate": 8000, "voice": "nobody"}
    async with http.post(url + SPEAK, json=body) as reply:
        assert (reply.status, len(await reply.read())) == (200, WORD_BYTES)


async def test_what_cannot_be_spoken_is_no_sound_and_no_error(
    url: str, http: aiohttp.ClientSession
) -> None:
    async with http.post(url + SPEAK, json={"text": "***"}) as reply:
        assert (reply.status, await reply.read()) == (200, b"")


async def test_a_failing_voice_has_a_status(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    stages.voice.failure = SynthesizerError("scripted", "broken")
    async with http.post(url + SPEAK, json={"text": "Hello."}) as reply:
        assert (reply.status, (await reply.json())["error"]) == (500, "synthesizer_failed")


async def test_fifty_clients_at_once_are_served_in_turn(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    async def speak(number: int) -> int:
        text = f"Client {number} says one. And it says two."
        async with http.post(url + SPEAK, json={"text": text}) as reply:
            await reply.read()
            return reply.status

    statuses = await asyncio.gather(*(speak(number) for number in range(50)))
    assert set(statuses) == {200}
    first_halves = [text for text in stages.voice.spoken[:50] if text.startswith("Client")]
    assert len(first_halves) >= 45  # nobody's second sentence before most of the first ones


async def test_more_clients_than_there_is_room_for_are_refused_at_once(
    url: str, http: aiohttp.ClientSession
) -> None:
    text = "This is one. This is two. This is three. This is four."

    async def speak() -> tuple[int, str | None]:
        async with http.post(url + SPEAK, json={"text": text}) as reply:
            await reply.read()
            return reply.status, reply.headers.get("Retry-After")

    answers = await asyncio.gather(*(speak() for _ in range(80)))
    assert {status for status, _ in answers} == {200, 503}
    assert all(after for status, after in answers if status == 503)
