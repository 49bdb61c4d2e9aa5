"""An independent AVR Core: a program of Node with a WebSocket library that is not ours."""

from __future__ import annotations

import asyncio
import json
import shutil
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
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules" / "ws").is_dir():
        not_here("Node's peers: tests/peers/build.sh installs them")
    uuid, out = str(uuid4()), folder / f"{uuid4()}.raw"
    job |= {"url": url, "uuid": uuid, "lines": lines, "out": str(out)}
    process = await asyncio.create_subprocess_exec(
        node, str(PEERS / "core.mjs"), json.dumps(job), stdout=asyncio.subprocess.PIPE
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
