"""Replies of OpenAI-compatible servers: of a stand-in with their differences, and of llama.cpp's
own server."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from appliance.engines.base import Message, Sampling, ToolCall, ToolSpec
from appliance.engines.remote.openai_chat import OpenAiChat
from appliance.errors import RemoteError
from tests.fakes.avr_services import serve_app
from tests.fakes.waiting import eventually

pytestmark = pytest.mark.e2e

OPENING = [Message("system", "You are a receptionist."), Message("user", "Hello.")]
ASKED = [*OPENING, Message("assistant", "Good day."), Message("user", "How are you?")]
TRANSFER = ToolSpec(
    "avr_transfer",
    "Put the caller through.",
    {"type": "object", "properties": {"transfer_extension": {"type": "string"}}},
)


def delta(content: str | None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": {"content": content, **more}, "finish_reason": None}
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


class ChatServer:
    """A stand-in that sends ``body`` in pieces."""

    def __init__(self, *body: bytes, models: Sequence[str] = ("only",), **quirks: Any) -> None:
        self.body = body
        self.models = models
        self.quirks = quirks
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.broken = 0

    async def chat(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization"))
        self.asked.append(await request.json())
        if status := self.quirks.get("status"):
            return web.json_response({"error": {"message": "no"}}, status=status)
        content_type = self.quirks.get("content_type", "text/event-stream")
        response = web.StreamResponse(headers={"Content-Type": content_type})
        await response.prepare(request)
        try:
            for piece in self.body:
                await response.write(piece)
                await asyncio.sleep(self.quirks.get("gap_s", 0))
        except (ConnectionError, asyncio.CancelledError):
            self.broken += 1
            raise
        return response

    async def list(self, request: web.Request) -> web.Response:
        return web.json_response({"data": [{"id": name} for name in self.models]})

    @asynccontextmanager
    async def client(self, *, model: str | None = None, key: str = "") -> AsyncIterator[OpenAiChat]:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self.chat)
        app.router.add_get("/v1/models", self.list)
        async with serve_app(lambda: app) as served:
            chat = OpenAiChat(served.url, model=model, api_key=key, silence_s=2.0)
            try:
                yield chat
            finally:
                await chat.close()


async def answer(
    chat: OpenAiChat, messages: Sequence[Message] = ASKED, sampling: Sampling | None = None
) -> list[str | ToolCall]:
    session = await chat.open(OPENING)
    return [part async for part in session.reply(messages, sampling or Sampling())]


async def answered(server: ChatServer) -> list[str | ToolCall]:
    async with server.client() as chat:
        return await answer(chat)


async def test_deltas_come_as_they_are_written() -> None:
    role = delta("", role="assistant")
    counts = b'data: {"choices": [], "usage": {"total_tokens": 9}}\n\n'
    server = ChatServer(role, delta("Very "), delta("well."), counts, b"data: [DONE]\n\n")
    assert await answered(server) == ["Very ", "well."]


async def test_events_may_be_cut_anywhere_and_use_other_line_ends() -> None:
    body = delta("Très ") + delta("bien.").replace(b"\n", b"\r\n") + b": ping\n\ndata: [DONE]\n\n"
    server = ChatServer(*[body[at : at + 1] for at in range(len(body))])
    assert await answered(server) == ["Très ", "bien."]


async def test_an_answer_that_is_not_streamed_is_an_answer() -> None:
    whole = {"choices": [{"message": {"role": "assistant", "content": "Very well."}}]}
    server = ChatServer(json.dumps(whole).encode(), content_type="application/json")
    assert await answered(server) == ["Very well."]


async def test_the_request_says_who_what_and_how_much() -> None:
    server = ChatServer(delta("Yes."))
    async with server.client(model="big", key="secret") as chat:
        await answer(chat, sampling=Sampling(max_tokens=60, temperature=0.5, seed=7))
    assert server.keys == ["Bearer secret"]
    assert server.asked == [
        {
            "model": "big",
            "messages": [
                {"role": "system", "content": "You are a receptionist."},
                {"role": "user", "content": "Hello."},
                {"role": "assistant", "content": "Good day."},
                {"role": "user", "content": "How are you?"},
            ],
            "stream": True,
            "max_tokens": 60,
            "temperature": 0.5,
            "seed": 7,
        }
    ]


async def test_without_a_model_named_the_only_one_is_asked_for() -> None:
    server = ChatServer(delta("Yes."), models=["only"])
    await answered(server)
    assert server.asked[0]["model"] == "only"
    assert server.keys == [None]


async def test_of_several_models_one_must_be_named() -> None:
    with pytest.raises(RemoteError, match="2 models.*openai_model"):
        await answered(ChatServer(delta("Yes."), models=["one", "two"]))


async def test_a_tool_that_is_asked_for_comes_last_and_whole() -> None:
    def call(**function: str) -> bytes:
        return delta(None, tool_calls=[{"index": 0, "function": function}])

    server = ChatServer(
        delta("Wait. "),
        call(name="avr_transfer", arguments=""),
        call(arguments='{"transfer_ext'),
        call(arguments='ension": "600"}'),
        b"data: [DONE]\n\n",
    )
    async with server.client() as chat:
        parts = await answer(chat, sampling=Sampling(tools=(TRANSFER,)))
    assert parts == ["Wait. ", ToolCall("avr_transfer", {"transfer_extension": "600"})]
    assert server.asked[0]["tools"][0]["function"]["name"] == "avr_transfer"


@pytest.mark.parametrize(
    ("status", "advice"), [(401, "check its key"), (404, "check the address"), (400, "400")]
)
async def test_an_error_says_what_to_look_at(status: int, advice: str) -> None:
    with pytest.raises(RemoteError, match=advice) as refused:
        await answered(ChatServer(status=status))
    assert refused.value.status == status


async def test_an_error_in_the_middle_of_a_stream_is_a_remote_error() -> None:
    server = ChatServer(delta("Very "), b'data: {"error": {"message": "out of memory"}}\n\n')
    with pytest.raises(RemoteError, match="an error in place of a reply"):
        await answered(server)


async def test_an_answer_without_words_is_a_remote_error() -> None:
    with pytest.raises(RemoteError, match="nothing"):
        await answered(ChatServer(delta(""), b"data: [DONE]\n\n"))


async def test_a_reply_that_is_not_wanted_any_more_is_ended() -> None:
    server = ChatServer(*[delta("and ")] * 500, gap_s=0.01)
    async with server.client() as chat:
        session = await chat.open(OPENING)
        async with aclosing(session.reply(ASKED, Sampling())) as parts:
            assert await anext(parts) == "and "

        async def ended() -> bool:
            return server.broken == 1

        await eventually(ended, within_s=2.0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def llama_server(language_model_path: Path) -> AsyncIterator[str]:
    """llama-cpp-python's server with the demo's language model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {"host": "127.0.0.1", "port": port, "n_ctx": 1024, "n_threads": 1}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "llama_cpp.server", "--model", str(language_model_path)),
        *(word for name, value in options.items() for word in (f"--{name}", str(value))),
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as http:

        async def ready() -> bool:
            assert process.returncode is None, "llama_cpp.server did not start"
            try:
                async with http.get(f"{url}/v1/models") as reply:
                    return reply.status == 200
            except aiohttp.ClientError:
                return False

        try:
            await eventually(ready, within_s=60.0)
            yield url
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()


@pytest.mark.asyncio(loop_scope="module")
async def test_llama_cpps_own_server_answers_and_is_ended_in_mid_reply(llama_server: str) -> None:
    chat = OpenAiChat(llama_server, model=None, api_key="", silence_s=30.0)
    await chat.warm_up([OPENING])
    session = await chat.open(OPENING)
    capital = [*OPENING, Message("user", "What is the capital of France? One sentence.")]
    words = [part async for part in session.reply(capital, Sampling(max_tokens=30))]
    assert "Paris" in "".join(map(str, words))
    async with aclosing(session.reply(ASKED, Sampling(max_tokens=500))) as parts:
        await anext(parts)
    again = [part async for part in session.reply(capital, Sampling(max_tokens=30))]
    assert again == words
    await chat.close()
