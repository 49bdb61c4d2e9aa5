"""A real Asterisk and real phones, or the reason why there are none.

The first run unpacks them (``build-tree.sh``). Where that cannot be done, every test here is
skipped and says why; with ``TESTS_STRICT=1`` in the environment, as in CI, a skip is a failure.
"""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.bench.local_service import Service, local_service
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from tests.asterisk.pbx import Pbx, asterisk
from tests.asterisk.skipping import not_here
from tests.asterisk.tree import Tree, tree_folder
from tests.fakes.listener import Listener

BUILD = Path(__file__).parent / "build-tree.sh"
BUILD_S = 600


@pytest.fixture(scope="session")
def tree() -> Tree:
    """The unpacked programs."""
    built = subprocess.run(
        [BUILD], capture_output=True, text=True, timeout=BUILD_S, check=False, encoding="utf-8"
    )
    if built.returncode:
        reason = built.stderr.strip().splitlines()[-1:] or ["it says nothing"]
        not_here(f"tests/asterisk/build-tree.sh found no Asterisk: {reason[0]}")
    return Tree(tree_folder())


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def any_pbx(tree: Tree) -> AsyncIterator[Pbx]:
    async with asterisk(tree) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="session")
async def pbx(any_pbx: Pbx) -> AsyncIterator[Pbx]:
    """The Asterisk, with the dialplan as shipped; no call may be left when the test is over."""
    await any_pbx.reset()
    yield any_pbx
    await any_pbx.falls_silent()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def service() -> AsyncIterator[Service]:
    """The real program with room for many calls."""
    async with local_service(read_settings(overrides={"max_calls": 30})) as running:
        yield running


@pytest.fixture(scope="session")
def understood() -> Callable[[Pcm], str]:
    """What an independent recogniser understands of the agent's sound."""
    agent = read_agents(SHIPPED_AGENTS).default
    texts = [agent.greeting, agent.phrases.unknown, *(each.answer for each in agent.knowledge)]
    return Listener(texts).understands


@pytest.fixture(scope="session")
def wavs(data_dir: Path) -> dict[str, Path]:
    """What callers say, by name."""
    return {path.stem: path for path in data_dir.rglob("*.wav")}
