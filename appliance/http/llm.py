"""AVR's LLM service: the conversation in, the answer out as JSON objects one behind the other.

No line ends between the objects, no end marker: nobody knows what AVR's core makes of them. A
client that leaves stops the model within a token.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from aiohttp import web

from appliance.agents.loaded_agent import LoadedAgent
from appliance.http.errors import BadRequest
from appliance.http.requests import AGENT, CALL_UUID, agent_of, read_json, uuid_of
from appliance.http.route import BACKEND, Body, Reply, Route, failures
from appliance.http.schemas import Prompt
from appliance.http.stream import send
from appliance.services.conversation import Talk, talk_of
from appliance.services.histories import Histories
from appliance.services.llm import think
from appliance.services.offered import Stages


async def _prompt(request: web.Request) -> web.StreamResponse:
    stages = request.app[BACKEND].stages
    loaded = agent_of(request)
    body = await read_json(request, Prompt)  # before the place: no dawdler holds one
    uuid = body.uuid or uuid_of(request)
    talk, history = _talk(body, uuid, stages.histories)
    stages.call_endings.withdraw(uuid)
    with stages.admission.place("llm"):
        objects = _objects(stages, loaded, talk, uuid, history)
        return await send(request, {"Content-Type": "text/event-stream"}, objects)


def _talk(body: Prompt, uuid: str, histories: Histories) -> tuple[Talk, Histories | None]:
    """What is asked, and where the answer must be remembered because the client does not."""
    if body.messages:
        talk = talk_of(body.messages)
        if talk is None:
            raise BadRequest("Messages is required: there is no user message among them")
        return talk, None
    words = (body.message or body.prompt or "").strip()
    return Talk(words, histories.of(uuid)), histories if uuid else None


async def _objects(
    stages: Stages, loaded: LoadedAgent, talk: Talk, uuid: str, history: Histories | None
) -> AsyncGenerator[bytes]:
    said, agent = "", loaded.agent
    answer = think(loaded, talk, uuid, lambda say: stages.call_endings.announce(uuid, say, agent))
    try:
        async with stages.admission.thinking, aclosing(answer) as pieces:
            async for piece in pieces:
                said += piece
                shown = {"type": "text", "content": piece}
                yield json.dumps(shown, ensure_ascii=False).encode()
    finally:
        if history is not None:
            history.add(uuid, talk.prompt, said)


ROUTES: Final = (
    Route(
        method="POST",
        scope="services",
        path="/prompt-stream",
        handler=_prompt,
        summary="What the agent answers, piece by piece",
        body=Body(Prompt),
        parameters=(*AGENT, CALL_UUID),
        replies={
            200: Reply(
                'objects {"type": "text", "content": "..."} one behind the other',
                media=("text/event-stream",),
            ),
            **failures(
                s400="the body cannot be understood",
                s404="no such agent",
                s408="the body did not arrive in time",
                s413="the body is too large",
                s503="no room for another client, or shutting down",
            ),
        },
    ),
)
