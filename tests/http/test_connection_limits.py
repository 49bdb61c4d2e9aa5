"""Connections that hesitate, or are too many, cost nobody else anything."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import aiohttp
import pytest

from appliance.http.app import build_app
from appliance.http.server import start_http
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e


async def connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


async def health(port: int) -> int:
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{port}/health") as reply,
    ):
        return reply.status


async def test_headers_that_dribble_in_are_given_up_and_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("appliance.http.connection_limits.HEADERS_S", 0.5)
    server = await start_http(build_app(FakeBackend()), "127.0.0.1", 0)
    slow = [await connect(server.port) for _ in range(20)]
    for _, writer in slow:
        writer.write(b"GET /health HTTP/1.1\r\nX-Slow: ")
    assert await health(server.port) == 200
    async with asyncio.timeout(5):
        for reader, writer in slow:
            with suppress(ConnectionResetError):  # an orderly end is as good as a reset
                assert not await reader.read()
            writer.close()
    await server.close()


async def test_a_connection_may_ask_again_long_after_its_first_headers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("appliance.http.connection_limits.HEADERS_S", 0.2)
    server = await start_http(build_app(FakeBackend()), "127.0.0.1", 0)
    reader, writer = await connect(server.port)
    for _ in range(2):
        writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b" 200 " in await reader.readline()
        await reader.readuntil(b"}")
        await asyncio.sleep(0.4)
    writer.close()
    await server.close()


async def test_too_many_connections_are_told_so_until_one_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("appliance.http.connection_limits.MAX_CONNECTIONS", 3)
    server = await start_http(build_app(FakeBackend()), "127.0.0.1", 0)
    held = [await connect(server.port) for _ in range(3)]
    await asyncio.sleep(0.1)
    assert await health(server.port) == 503
    async with (
        aiohttp.ClientSession() as http,
        http.get(f"http://127.0.0.1:{server.port}/health") as reply,
    ):
        assert (await reply.json())["error"] == "connections_full"
        assert int(reply.headers["Retry-After"]) > 0
    held[0][1].close()
    await held[0][1].wait_closed()
    await asyncio.sleep(0.1)
    assert await health(server.port) == 200
    for _, writer in held:
        writer.close()
    await server.close()


async def test_a_server_that_closes_does_not_wait_for_streams_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("appliance.http.server.END_S", 0.2)
    backend = FakeBackend()
    server = await start_http(build_app(backend), "127.0.0.1", 0)
    reader, writer = await connect(server.port)
    writer.write(b"POST /speech-to-text-stream HTTP/1.1\r\nHost: localhost\r\n")
    writer.write(b"Transfer-Encoding: chunked\r\n\r\n")
    assert b" 200 " in await reader.readline()
    async with asyncio.timeout(5):
        await server.close()
        await backend.stages.admission.drained()
    writer.close()
