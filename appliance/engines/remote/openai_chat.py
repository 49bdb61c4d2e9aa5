"""Any OpenAI-compatible server on the local network as the language model: llama.cpp's, vLLM,
Ollama.

The server is stateless, so each request brings the whole conversation, persona and examples first;
the servers keep the evaluated beginning of a prompt themselves. A reply that nobody wants any more
is ended by closing its connection, which all of them notice at the next token.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from appliance.engines.base import Message, Sampling, ToolCall, ToolSpec
from appliance.engines.remote.history import as_json, recent
from appliance.engines.remote.openai_reply import OpenAiReply, model_names
from appliance.engines.remote.peer import OnFirst, Peer, untold
from appliance.engines.remote.sse import SseData
from appliance.errors import ProtocolError

NAME: Final = "openai"
DONE: Final = "[DONE]"
MAX_BODY_BYTES: Final = 1_000_000


class OpenAiChat:
    """One server; implements ``base.LanguageModel``. Event loop only.

    ``model`` may be left out where the server has only one.
    """

    name = NAME
    native_tools = True

    def __init__(
        self,
        url: str,
        *,
        model: str | None,
        api_key: str,
        silence_s: float,
        on_first: OnFirst = untold,
    ) -> None:
        self.on_first = on_first
        self._base = base_url(url)
        self._model = model
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._peer = Peer(
            NAME, f"{self._base}/chat/completions", silence_s=silence_s, headers=headers
        )

    async def open(self, opening: Sequence[Message], *, call_id: str = "") -> OpenAiSession:
        """A session for one call; nothing is sent yet."""
        return OpenAiSession(self, self._peer, len(opening), call_id)

    async def warm_up(self, openings: Sequence[Sequence[Message]]) -> None:
        """See whether the server is there and which model it has. Raises RemoteError."""
        if self._model is None:
            await self.model()
        else:
            await self._peer.probe()

    async def model(self) -> str:
        """The model to ask for: the configured one, else the only one there is. Raises
        RemoteError."""
        if self._model is None:
            async with self._peer.get(f"{self._base}/models") as response:
                names = model_names(await _body(response))
            if len(names) != 1:
                raise self._peer.fault(
                    f"offers {len(names)} models; name one with the setting openai_model"
                )
            self._model = names[0]
        return self._model

    async def close(self) -> None:
        """Close the connections. Idempotent."""
        await self._peer.close()


class OpenAiSession:
    """One call's side of it; implements ``base.LanguageSession``."""

    def __init__(self, chat: OpenAiChat, peer: Peer, opening: int, call_id: str) -> None:
        self._chat = chat
        self._peer = peer
        self._opening = opening
        self._call_id = call_id

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Nothing: there is no request that only reads."""

    async def reply(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | ToolCall]:
        """As ``base.LanguageSession``. Raises RemoteError, also for an answer without words."""
        request = {
            "model": await self._chat.model(),
            "messages": as_json(recent(messages, self._opening)),
            "stream": True,
            "max_tokens": sampling.max_tokens,
            "temperature": sampling.temperature,
            "seed": sampling.seed,
        }
        if sampling.tools:
            request["tools"] = [_tool(spec) for spec in sampling.tools]
        reply, now = OpenAiReply(), asyncio.get_running_loop().time
        began_s: float | None = now()
        async with self._peer.post(request, call_id=self._call_id) as response:
            async for event in _events(response):
                words = reply.take(event)
                if began_s is not None and not reply.empty:
                    self._chat.on_first(now() - began_s)
                    began_s = None
                if words:
                    yield words
            call = reply.call()
        if reply.empty:
            raise self._peer.fault("answered with nothing")
        if call is not None:
            yield call

    async def close(self, *, keep: bool = False) -> None:
        """Nothing is held between two replies."""


def _tool(spec: ToolSpec) -> dict[str, Any]:
    function = {
        "name": spec.name,
        "description": spec.description,
        "parameters": dict(spec.parameters),
    }
    return {"type": "function", "function": function}


def base_url(url: str) -> str:
    """Where ``/chat/completions`` and ``/models`` lie: an address without a path means ``/v1``."""
    base = url.rstrip("/").removesuffix("/chat/completions")
    return f"{base}/v1" if urlsplit(base).path == "" else base


async def _events(response: aiohttp.ClientResponse) -> AsyncGenerator[str]:
    """The pieces of JSON of a streamed completion; one, from a server that does not stream."""
    if response.content_type == "application/json":
        yield await _body(response)
        return
    events = SseData()
    async for data in response.content.iter_any():
        for event in events.feed(data):
            if event == DONE:
                return
            yield event
    for event in events.flush():
        if event != DONE:
            yield event


async def _body(response: aiohttp.ClientResponse) -> str:
    body = bytearray()
    async for data in response.content.iter_any():
        body += data
        if len(body) > MAX_BODY_BYTES:
            raise ProtocolError("an answer without end")
    return body.decode("utf-8", "replace")
