"""The client's end of the older form: one POST, the caller's sound up and the agent's down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from appliance.audiosocket.protocol import Digit
from appliance.call.events import CallFailed
from tests.fakes.sts_service import CALL, Bridged, bridged, heard_of, hold, stay, tone

pytestmark = pytest.mark.e2e

Act = Callable[[web.Request, web.StreamResponse], Awaitable[None]]
WAV_HEADER = (
    b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0"
    b"\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\xff\xff\xff\xff"
)


@asynccontextmanager
async def posted_to(act: Act, status: int = 200) -> AsyncIterator[str]:
    """A service that does ``act``; like Express it sends no headers before its first sound."""

    async def serve(request: web.Request) -> web.StreamResponse:
        reply = web.StreamResponse(status=status)
        await act(request, reply)
        return reply

    app = web.Application()
    app.router.add_post("/speech-to-speech-stream", serve)
    async with TestServer(app) as server:
        yield f"http://{server.host}:{server.port}"


async def test_sound_goes_both_ways_and_headers_may_come_late() -> None:
    seen: dict[str, str] = {}

    async def act(request: web.Request, reply: web.StreamResponse) -> None:
        seen.update(request.headers)
        heard = await request.content.readexactly(3200)
        await reply.prepare(request)
        await reply.write(tone(800)[:801])
        await reply.write(tone(800)[801:])
        assert heard[:320] == tone(160)

    async def speak(bridge: Bridged) -> None:
        bridge.line.hear(tone(160))
        bridge.line.press(Digit("1"))  # there is no place for it
        await stay(bridge)

    async with posted_to(act) as url:
        done = await hold(await bridged(url), speak)
    assert seen["X-UUID"] == str(CALL)
    assert heard_of(done) == tone(800)
    assert done.record.outcome == "agent_hangup"


async def test_a_wav_header_is_no_sound() -> None:
    async def act(request: web.Request, reply: web.StreamResponse) -> None:
        await reply.prepare(request)
        await reply.write(WAV_HEADER + tone(800))

    async with posted_to(act) as url:
        done = await hold(await bridged(url), stay)
    assert heard_of(done) == tone(800)


@pytest.mark.parametrize("status", [404, 500])
async def test_a_status_that_is_no_200_is_an_apology(status: int) -> None:
    async def act(request: web.Request, reply: web.StreamResponse) -> None:
        await reply.prepare(request)

    async with posted_to(act, status) as url:
        done = await hold(await bridged(url), stay)
    assert CallFailed("remote_failed") in done.events
    assert done.heard


async def test_a_service_that_is_not_there_is_an_apology() -> None:
    async with posted_to(lambda *_: asyncio.sleep(0)) as url:
        nobody = url
    done = await hold(await bridged(nobody), stay)
    assert done.record.outcome == "remote_unreachable"
    assert done.heard


async def test_a_caller_who_hangs_up_ends_the_request() -> None:
    over = asyncio.Event()

    async def act(request: web.Request, reply: web.StreamResponse) -> None:
        await reply.prepare(request)
        try:
            while await request.content.readany():
                pass
        finally:
            over.set()

    async def speak(bridge: Bridged) -> None:
        bridge.line.hear(tone(160))
        await asyncio.sleep(0.1)
        bridge.line.closed()

    async with posted_to(act) as url:
        done = await hold(await bridged(url), speak)
        async with asyncio.timeout(10):
            await over.wait()
    assert done.record.outcome == "caller_hangup"
