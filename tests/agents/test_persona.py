"""A persona for each call, from a real HTTP server."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from appliance.agents import persona
from appliance.agents.persona import fetch_persona

pytestmark = pytest.mark.e2e

CALL = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")


@asynccontextmanager
async def answering(reply: web.Response | None) -> AsyncIterator[tuple[str, list[str]]]:
    """A server that gives ``reply`` (never, when it is None), and whom it was asked for."""
    asked: list[str] = []
    gone = asyncio.Event()

    async def serve(request: web.Request) -> web.StreamResponse:
        asked.append(request.headers["X-AVR-UUID"])
        if reply is None:
            await gone.wait()
        return reply or web.Response()

    app = web.Application()
    app.router.add_get("/instructions", serve)
    async with TestServer(app) as server:
        yield str(server.make_url("/instructions")), asked
        gone.set()


async def test_the_program_is_told_the_call_and_tells_the_persona(data_dir: Path) -> None:
    example = (data_dir / "avr" / "instructions-reply.json").read_text(encoding="utf-8")
    reply = web.Response(text=example)
    async with answering(reply) as (url, asked), aiohttp.ClientSession() as client:
        assert await fetch_persona(client, url, CALL) == json.loads(example)["system"]
    assert asked == [str(CALL)]


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        (web.json_response({"system": ""}), 'no text "system"'),
        (web.json_response(["system"]), 'no text "system"'),
        (web.Response(text="You are a pirate."), "not JSON"),
        (web.json_response({"system": "x"}, status=500), "status 500"),
        (web.Response(status=302, headers={"Location": "http://elsewhere/"}), "status 302"),
    ],
)
async def test_an_answer_that_will_not_do_is_told_in_the_log(
    reply: web.Response, complaint: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(reply) as (url, _), aiohttp.ClientSession() as client:
        with caplog.at_level(logging.WARNING):
            assert await fetch_persona(client, url, CALL) is None
    assert complaint in caplog.text
    assert "pirate" not in caplog.text


async def test_nobody_there_does_not_stop_the_call(caplog: pytest.LogCaptureFixture) -> None:
    async with aiohttp.ClientSession() as client:
        assert await fetch_persona(client, "http://127.0.0.1:1/", CALL) is None
    assert "keeps its own persona" in caplog.text


async def test_a_program_that_takes_too_long_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(persona, "TIMEOUT_S", 0.05)
    async with answering(None) as (url, _), aiohttp.ClientSession() as client:
        assert await fetch_persona(client, url, CALL) is None
    assert "keeps its own persona" in caplog.text
