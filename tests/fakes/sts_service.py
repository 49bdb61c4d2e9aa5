"""A speech-to-speech service that does what a test says, and a call bridged to it."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import numpy as np
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.call.events import CallEvent
from appliance.call.record import CallRecord
from appliance.config.agent import Agent
from appliance.engines.absent import AbsentEngine
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import Metrics
from appliance.sts.bridge import BridgedCall
from appliance.sts.line import StsLine
from appliance.turns.pacer import Pacer
from tests.fakes.conversation import ScriptedVoice

CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")
APOLOGY = "Something has gone wrong"


@dataclass
class Session:
    """One connection, from the service's side."""

    socket: web.WebSocketResponse
    query: dict[str, str]
    received: list[dict[str, Any]] = field(default_factory=list)
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def say(self, **body: Any) -> None:
        await self.socket.send_str(json.dumps(body))

    async def sound(self, data: bytes) -> None:
        await self.say(type="audio", audio=b64encode(data).decode())

    async def until(self, kind: str) -> dict[str, Any]:
        """The first message of this kind."""

        def found() -> list[dict[str, Any]]:
            return [body for body in self.received if body["type"] == kind]

        async with asyncio.timeout(10), self.arrived:
            await self.arrived.wait_for(found)
        return found()[0]

    @property
    def heard(self) -> bytes:
        """The caller's sound so far."""
        pieces = [body["audio"] for body in self.received if body["type"] == "audio"]
        return b"".join(b64decode(piece) for piece in pieces)


Act = Callable[[Session], Awaitable[None]]


@asynccontextmanager
async def standing_in(act: Act) -> AsyncIterator[str]:
    """The address of a service that does ``act`` in each session, and then closes it."""

    async def serve(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        session = Session(socket, dict(request.query))
        acting = asyncio.create_task(act(session))
        acting.add_done_callback(lambda task: task.cancelled() or task.exception())

        async def close() -> None:
            await acting
            await socket.close()

        closing = asyncio.create_task(close())
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                session.received.append(json.loads(received.data))
                async with session.arrived:
                    session.arrived.notify_all()
        acting.cancel()
        await asyncio.gather(closing, return_exceptions=True)
        return socket

    app = web.Application()
    app.router.add_get("/", serve)
    async with TestServer(app) as server:
        yield f"ws://{server.host}:{server.port}/"


@dataclass
class Bridged:
    """A call with a service, seen from the caller's and the site's side."""

    line: StsLine
    call: BridgedCall
    record: CallRecord
    events: list[CallEvent] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    """The Frames that were written to the caller."""

    @property
    def sound(self) -> np.ndarray:
        return np.frombuffer(b"".join(self.heard), "<i2")


async def bridged(url: str, *, timeout_s: float = 5.0, **agent: Any) -> Bridged:
    """A call that waits for its ``run()``."""
    values = {"name": "desk", "persona": "Be brief.", "greeting": "Hello."}
    described = Agent.model_validate(values | {"phrases": {"apology": APOLOGY}} | agent)
    none = AbsentEngine("desk")
    loaded = LoadedAgent(described, none, none, Voice(none, "en"), Knowledge(()))
    for phrase in (APOLOGY, described.phrases.time_over):
        await loaded.voice.borrow(phrase, ScriptedVoice(work_s=0.0))
    line, record = StsLine(CALL, Pacer()), CallRecord(CALL, "desk")
    events: list[CallEvent] = []
    call = BridgedCall(
        line,
        loaded,
        url,
        record=record,
        metrics=Metrics(),
        timeout_s=timeout_s,
        on_event=events.append,
    )
    return Bridged(line, call, record, events)


async def hold(
    bridge: Bridged, speak: Callable[[Bridged], Awaitable[None]] | None = None
) -> Bridged:
    """Run the call to its end, the caller doing ``speak`` meanwhile."""

    async def listen() -> None:
        async for item in bridge.line.outgoing():
            if isinstance(item, bytes):
                bridge.heard.append(item)
        bridge.line.closed()

    async with asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        tasks.create_task(listen())
        speaking = tasks.create_task(speak(bridge)) if speak is not None else None
        await bridge.call.run()
        if speaking is not None:
            speaking.cancel()
    return bridge


def tone(samples: int) -> bytes:
    return (np.arange(samples) % 500 + 1000).astype("<i2").tobytes()


async def stay(bridge: Bridged) -> None:
    """The caller is there, and silent."""
    while True:
        bridge.line.hear(bytes(320))
        await asyncio.sleep(0.02)


def heard_of(bridge: Bridged) -> bytes:
    """What was heard but for silence: the tones of these tests hold no zeros."""
    sound = bridge.sound
    return sound[sound != 0].astype("<i2").tobytes()


async def eventually(happened: Callable[[], bool]) -> None:
    """Return when it has."""
    async with asyncio.timeout(10):
        for _ in range(10_000):
            if happened():
                return
            await asyncio.sleep(0.01)
