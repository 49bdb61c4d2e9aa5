"""AVR's LLM service over real sockets, with a model that answers by script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import aiohttp
import pytest

from appliance.engines.base import Message
from appliance.errors import EngineBusy, LanguageModelError
from tests.fakes.stages import DESK, ScriptedStages
from tests.fakes.waiting import eventually

pytestmark = pytest.mark.e2e
AS_JSON = {"Content-Type": "application/json"}

PROMPT = "/prompt-stream"
CALL = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
Example = Callable[[str], Any]


async def ask(url: str, http: aiohttp.ClientSession, **body: object) -> str:
    """What is said to ``body``."""
    async with http.post(url + PROMPT, json=body) as reply:
        assert reply.status == 200
        return "".join(piece["content"] for piece in objects(await reply.text()))


def objects(text: str) -> list[dict[str, str]]:
    """JSON objects one behind the other; nothing may stand between them."""
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
    return found


@pytest.mark.parametrize(
    "name", ["llm-request", "llm-request-min-message", "llm-request-min-messages"]
)
async def test_every_form_of_request_is_answered(
    url: str, http: aiohttp.ClientSession, example: Example, name: str
) -> None:
    assert await ask(url, http, **example(f"{name}.json"))


async def test_the_whole_request_of_avr_gets_the_sites_own_answer(
    url: str, http: aiohttp.ClientSession, example: Example
) -> None:
    said = await ask(url, http, **example("llm-request.json"))
    assert said == "We are open from nine to five."


async def test_the_reply_is_objects_one_behind_the_other(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    async with http.post(url + PROMPT, json={"prompt": "hello there"}) as reply:
        assert reply.headers["Content-Type"] == "text/event-stream"
        assert reply.headers["Cache-Control"] == "no-cache"
        text = await reply.text()
    assert "\n" not in text
    assert len(objects(text)) > 1
    assert all(set(piece) == {"type", "content"} for piece in objects(text))
    assert all(piece["type"] == "text" for piece in objects(text))


async def test_letters_beyond_ascii_come_as_they_are(url: str, http: aiohttp.ClientSession) -> None:
    words = 'say "Schöne Grüße, é{}"'
    async with http.post(url + PROMPT, json={"prompt": words}) as reply:
        text = (await reply.read()).decode("utf-8")
    assert "Schöne Grüße," in text
    assert "".join(piece["content"] for piece in objects(text)) == words


async def test_a_call_is_remembered_by_its_uuid(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    await ask(url, http, message="my name is anna", uuid=CALL)
    await ask(url, http, message="who am i to you", uuid="another")
    await ask(url, http, message="tell me my name", uuid=CALL)
    roles_and_words = [(m.role, m.content) for m in stages.model.asked[-1][-3:]]
    assert roles_and_words == [
        ("user", "my name is anna"),
        ("assistant", "I am fine, thank you."),
        ("user", "tell me my name"),
    ]


async def test_the_header_names_the_call_where_the_body_does_not(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    for words in ("my name is anna", "tell me my name"):
        async with http.post(
            url + PROMPT, json={"message": words}, headers={"X-UUID": CALL}
        ) as reply:
            await reply.read()
    assert Message("user", "my name is anna") in stages.model.asked[-1]


async def test_messages_stand_above_what_is_remembered(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    await ask(url, http, message="my name is anna", uuid=CALL)
    await ask(url, http, messages=[{"role": "user", "content": "tell me a joke"}], uuid=CALL)
    assert "anna" not in " ".join(message.content for message in stages.model.asked[-1])


async def test_a_digit_is_a_message_as_any(url: str, http: aiohttp.ClientSession) -> None:
    assert await ask(url, http, messages=[{"role": "user", "content": "1"}])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("{}", "Messages is required"),
        ('{"messages": []}', "Messages is required"),
        ('{"messages": [{"role": "assistant", "content": "Hello."}]}', "no user message"),
        ('{"messages": "hello"}', '"messages" must be an array'),
        ('{"message": 5}', '"message" must be a string'),
        ('{"message": "  "}', '"message" must not be blank'),
        ('{"prompt": "hello", "uuid": 5}', '"uuid" must be a string'),
        ('{"prompt": "\\ud800"}', "unicode"),
        ('["hello"]', "must be an object"),
        ("hello", "not JSON"),
        ("", "not JSON"),
        ("[" * 30_000, "nested"),
    ],
)
async def test_a_wrong_body_is_told_what_is_wrong(
    url: str, http: aiohttp.ClientSession, body: str, message: str
) -> None:
    async with http.post(url + PROMPT, data=body, headers=AS_JSON) as reply:
        answer = await reply.json()
    assert reply.status == 400
    assert set(answer) == {"error", "message"}
    assert message in answer["message"]


async def test_the_error_is_the_one_of_the_contract(
    url: str, http: aiohttp.ClientSession, example: Example
) -> None:
    async with http.post(url + PROMPT, json={}) as reply:
        assert await reply.json() == example("llm-error.json")


async def test_too_large_a_body_is_refused(url: str, http: aiohttp.ClientSession) -> None:
    async with http.post(url + PROMPT, data=b"x" * 70_000, headers=AS_JSON) as reply:
        assert (reply.status, (await reply.json())["error"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (LanguageModelError("scripted", "broken"), 500),
        (EngineBusy("scripted", "all conversations are in use"), 503),
    ],
)
async def test_a_model_that_fails_before_its_first_word_has_a_status(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages, failure: Exception, status: int
) -> None:
    stages.model.failure = failure
    async with http.post(url + PROMPT, json={"prompt": "hello there"}) as reply:
        assert reply.status == status
        assert set(await reply.json()) == {"error", "message"}


async def test_a_client_that_leaves_before_the_first_word_stops_the_model(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages
) -> None:
    stages.model.stalls_s = 30.0
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3), http.post(url + PROMPT, json={"prompt": "hello there"}):
            pass

    async def is_free() -> bool:
        return b'{outcome="left",stage="llm"} 1.0' in stages.metrics.render()

    await eventually(is_free, 3.0)
    assert stages.model.written == []


async def test_an_agent_is_chosen_by_query_or_header(http: aiohttp.ClientSession, url: str) -> None:
    body = {"prompt": "do you sell shoes"}
    for options in ({"params": {"agent": "desk"}}, {"headers": {"X-Agent": "desk"}}):
        async with http.post(url + PROMPT, json=body, **options) as reply:
            assert DESK.phrases.unknown in await reply.text()
    async with http.post(url + PROMPT, params={"agent": "nobody"}, json=body) as reply:
        assert (reply.status, (await reply.json())["error"]) == (404, "agent_unknown")


async def test_a_slow_body_is_given_up(
    url: str, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.http.requests.BODY_TIMEOUT_S", 0.3)
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /prompt-stream HTTP/1.1\r\nHost: localhost\r\n")
    writer.write(b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    async with asyncio.timeout(10):
        assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    writer.close()


async def test_a_transfer_is_ordered_when_its_words_have_been_heard(
    url: str, http: aiohttp.ClientSession, stages: ScriptedStages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.services.call_endings.LONGEST_S", 0.1)
    person = {"role": "user", "content": "i would like to speak to a person"}
    agent = stages.desk.agent.model_copy(update={"person": "600@desk"})
    object.__setattr__(stages.desk, "agent", agent)
    assert await ask(url, http, uuid=CALL, messages=[person]) == "I will put you through."

    async def is_ordered() -> bool:
        return stages.manager.orders == [("transfer", CALL, "600", "desk")]

    await eventually(is_ordered)
