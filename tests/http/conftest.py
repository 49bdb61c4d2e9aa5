"""The HTTP interface on a free port of loopback, before a service that is a fake."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from appliance.http.app import build_app
from appliance.http.server import start_http
from tests.fakes.http_backend import FakeBackend
from tests.fakes.stages import ScriptedStages


@pytest.fixture
def stages() -> ScriptedStages:
    """Hears two lines; says the prompt again where it holds a quotation, else that it is fine."""
    return ScriptedStages(
        ["i would like a table", "for four people"],
        lambda prompt: prompt if '"' in prompt else "I am fine, thank you.",
    )


@pytest.fixture
def backend(stages: ScriptedStages) -> FakeBackend:
    return FakeBackend(stages)


@pytest_asyncio.fixture
async def url(backend: FakeBackend) -> AsyncIterator[str]:
    """Where it is served, as the service itself puts it on a port."""
    server = await start_http(build_app(backend), "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.port}"
    await server.close()


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(scope="session")
def example(data_dir: Path) -> Callable[[str], Any]:
    """A message of AVR's by its file name; JSON is read."""

    def load(name: str) -> Any:
        text = (data_dir / "avr" / name).read_text()
        return json.loads(text) if name.endswith(".json") else text

    return load
