"""Independent peers of speech to speech: programs of Node with a WebSocket library that is not
ours."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from appliance.audio.frame import Pcm
from tests.asterisk.skipping import not_here

PEERS = Path(__file__).parents[1] / "peers"


@dataclass(frozen=True)
class Talk:
    """One session from the peer's side."""

    uuid: str
    agent: Pcm
    """What was played of the agent, at 8 kHz, on the peer's clock."""
    transcripts: list[tuple[str, str]]
    interruptions: int
    interrupted_ms: list[int]
    """Begin of a line to the interruption."""
    sizes: dict[int, int]
    """Bytes of a piece of sound to how many there were."""
    most_queued: int
    """Frames that waited to be played."""
    close: int
    messages: list[dict[str, Any]]

    def said_by(self, role: str) -> list[str]:
        return [text for who, text in self.transcripts if who == role]


async def talk(url: str, lines: list[str | dict[str, Any]], folder: Path, **job: Any) -> Talk:
    """Hold a session in real time; skips, or fails, where there is no Node."""
    uuid, out = str(uuid4()), folder / f"{uuid4()}.raw"
    job |= {"url": url, "uuid": uuid, "lines": lines, "out": str(out)}
    process = await asyncio.create_subprocess_exec(
        *_program("core.mjs"), json.dumps(job), stdout=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(120):
        printed, _ = await process.communicate()
    told = json.loads(printed)
    assert "error" not in told, told["error"]
    return Talk(
        uuid,
        np.frombuffer(out.read_bytes(), "<i2"),
        [(role, text) for role, text in told["transcripts"]],
        told["interruptions"],
        told["interruptedMs"],
        {int(size): count for size, count in told["sizes"].items()},
        told["mostQueued"],
        told["close"],
        told["messages"],
    )


class NodeService:
    """An independent speech-to-speech service for one session."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.url = f"ws://127.0.0.1:{port}"
        self._process = process

    async def seen(self) -> dict[str, Any]:
        """What it saw in its session, once that is over."""
        assert self._process.stdout is not None
        async with asyncio.timeout(10):
            seen: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return seen


@asynccontextmanager
async def node_service(greeting: Path, answer: Path, piece: int) -> AsyncIterator[NodeService]:
    """It says ``greeting``, hears a turn, says ``answer`` in pieces of so many bytes; then it
    closes."""
    job = {"greeting": str(greeting), "answer": str(answer), "piece": piece}
    process = await asyncio.create_subprocess_exec(
        *_program("service.mjs"), json.dumps(job), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            port = int(await process.stdout.readline())
        yield NodeService(process, port)
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        await process.communicate()


def _program(name: str) -> tuple[str, str]:
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules" / "ws").is_dir():
        not_here("Node's peers: tests/peers/build.sh installs them")
    return node, str(PEERS / name)
