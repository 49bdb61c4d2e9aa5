"""The older form: one POST, sound up and sound down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import aiohttp
import pytest

from appliance.errors import CallRefused
from appliance.sts.line import StsLine
from tests.fakes.sts_server import Served, sts_served
from tests.fakes.sts_service import eventually

pytestmark = pytest.mark.e2e

CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")
FRAME = b"\x34\x12" * 160
PATH = "/speech-to-speech-stream"


class Echo:
    """A call that says back what it hears, Frame by Frame, until ``most`` Frames."""

    def __init__(self, most: int = 10**6) -> None:
        self.uuid: UUID | None = None
        self.metadata: Any = None
        self.end: str | None = None
        self.ended = asyncio.Event()
        self._most = most

    async def call(self, line: StsLine, provider_config: Any, metadata: Any) -> None:
        self.uuid, self.metadata = line.uuid, metadata
        heard: list[bytes] = []
        line.play_from(lambda: heard.pop(0) if heard else None)
        try:
            async for frame in line:
                heard.append(frame.tobytes())  # type: ignore[union-attr]
                self._most -= 1
                if self._most == 0:
                    await eventually(lambda: not heard)
                    return
        finally:
            self.end = line.end
            self.ended.set()


async def post(
    served: Served, session: aiohttp.ClientSession, body: Any, **headers: str
) -> aiohttp.ClientResponse:
    return await session.post(served.http + PATH + "?from=2000", data=body, headers=headers)


async def test_sound_goes_both_ways_while_the_request_is_open() -> None:
    echo, answered = Echo(), asyncio.Event()

    async def speak() -> AsyncIterator[bytes]:
        yield FRAME[:101]
        yield FRAME[101:]
        await answered.wait()

    async with sts_served(echo.call) as served, aiohttp.ClientSession() as session:
        reply = await post(served, session, speak(), **{"X-UUID": str(CALL)})
        async with asyncio.timeout(10):
            assert await reply.content.readexactly(320) == FRAME
            answered.set()
            assert await reply.content.read() == b""
            await echo.ended.wait()
        assert (echo.uuid, echo.metadata) == (CALL, {"from": "2000"})
        assert echo.end == "peer_hung_up"


async def test_the_agent_ends_the_exchange_while_the_caller_still_sends() -> None:
    echo = Echo(most=3)

    async def speak() -> AsyncIterator[bytes]:
        while True:
            yield FRAME
            await asyncio.sleep(0.02)

    async with sts_served(echo.call) as served, aiohttp.ClientSession() as session:
        reply = await post(served, session, speak())
        async with asyncio.timeout(10):
            assert await reply.content.read() == FRAME * 3
            await served.sts.drained()


async def test_a_client_that_breaks_off_ends_the_call() -> None:
    echo = Echo()

    async def speak() -> AsyncIterator[bytes]:
        yield FRAME
        await asyncio.sleep(60)

    async with sts_served(echo.call) as served:
        async with aiohttp.ClientSession() as session:
            reply = await post(served, session, speak())
            async with asyncio.timeout(10):
                await reply.content.readexactly(320)
            reply.close()
        async with asyncio.timeout(10):
            await echo.ended.wait()


async def test_sound_that_comes_too_fast_ends_the_exchange() -> None:
    echo = Echo()
    async with sts_served(echo.call) as served, aiohttp.ClientSession() as session:
        reply = await post(served, session, bytes(16000 * 60))
        async with asyncio.timeout(10):
            await reply.content.read()
            await echo.ended.wait()
        assert echo.end == "protocol_error"


async def test_a_wrong_uuid_is_a_400_and_a_refused_call_a_503() -> None:
    def admit(uuid: UUID) -> None:
        raise CallRefused("full", "all 4 lines are busy")

    async with sts_served(Echo().call, admit) as served, aiohttp.ClientSession() as session:
        reply = await post(served, session, b"", **{"X-UUID": "call-1"})
        assert (reply.status, (await reply.json())["error"]) == (400, "bad_request")
        reply = await post(served, session, b"")
        assert (reply.status, (await reply.json())["error"]) == (503, "call_refused_full")
        assert reply.headers["Retry-After"]
