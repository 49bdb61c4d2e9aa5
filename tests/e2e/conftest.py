"""The real program on free ports, started once for a module, and what a third person
understands."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.bench.local_service import Service, local_service
from appliance.caller.conversation import load_conversation
from appliance.caller.line import Line, load_line
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from tests.fakes.listener import Listener


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def service() -> AsyncIterator[Service]:
    async with local_service(read_settings()) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def real_service() -> AsyncIterator[Service]:
    """With the appliance's own models in place of the small ones."""
    async with local_service(read_settings(overrides={"small_models": False})) as running:
        yield running


@pytest.fixture(scope="session")
def caller_lines(data_dir: Path) -> dict[str, Line]:
    """What a caller says whom the small models understand as well, by file name without its
    ending."""
    lines = load_conversation(data_dir / "caller" / "conversation.toml")
    return {line.name.removesuffix(".wav"): line for line in lines}


@pytest.fixture(scope="session")
def line(data_dir: Path) -> Callable[..., Line]:
    """A line of the tests' own, by file name without its ending."""

    def load(name: str, barge_in_ms: int | None = None, rate_hz: int = 8000) -> Line:
        return load_line(data_dir / f"{name}.wav", barge_in_ms=barge_in_ms, rate_hz=rate_hz)

    return load


@pytest.fixture(scope="session")
def understood() -> Callable[[Pcm], str]:
    """What an independent recogniser understands of the agent's sound."""
    agent = read_agents(SHIPPED_AGENTS).default
    phrases = agent.phrases
    texts = [agent.greeting, phrases.unknown, *phrases.no_input, phrases.anything_else]
    texts += [phrases.apology]
    listener = Listener([*texts, *(entry.answer for entry in agent.knowledge)])
    return listener.understands
