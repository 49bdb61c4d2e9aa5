"""Does the transport alone keep 20 ms pacing with many calls at once?

The server runs in this process, as it does in service; the callers run in one process of their own
and note when each Frame reaches them, sending one themselves every 20 ms as Asterisk does. Nobody
speaks and no engine runs: what is measured is the loop, the pacer and the sockets.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import selectors
import socket
import sys
import time
from dataclasses import asdict, dataclass
from typing import Final
from uuid import uuid4

import numpy as np

from appliance.audio.frame import FRAME_S, SILENCE
from appliance.audiosocket.connection import Connection
from appliance.audiosocket.protocol import Audio, Decoder, encode_audio, encode_identify
from appliance.audiosocket.server import AudioSocketServer
from appliance.errors import ApplianceError
from appliance.turns.pacer import Pacer

SETTLE_S: Final = 1.0
"""After the last caller has connected, before gaps count."""
HOST: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Pacing:
    """Gaps between Frames as the callers saw them, and what they were measured under."""

    calls: int
    seconds: float
    frames: int
    gap_p50_ms: float
    gap_p95_ms: float
    gap_p99_ms: float
    gap_max_ms: float
    lateness_p99_ms: float
    """From a deadline until the last Frame due at it was written, on the server's side."""
    skipped: int
    """Deadlines given up by the server."""
    server_cpu: float
    """Share of one core used by the server's process."""
    cores: int
    load: float
    """Load average of the last minute, when it was over."""


async def measure_pacing(calls: int = 200, seconds: float = 10.0) -> Pacing:
    """Hold ``calls`` idle calls for ``seconds``. Raises ApplianceError when they cannot be held."""
    lateness: list[float] = []
    pacer = Pacer(on_lateness=lateness.append)
    server = AudioSocketServer(HOST, 0, pacer=pacer, on_call=_listen)
    await server.start()
    cpu_s, start_s = time.process_time(), time.monotonic()
    try:
        gaps_ms = await _callers(server.port, calls, seconds)
    finally:
        await server.close()
    cpu = (time.process_time() - cpu_s) / (time.monotonic() - start_s)
    p50, p95, p99 = (float(p) for p in np.percentile(gaps_ms, (50, 95, 99)))
    return Pacing(
        calls=calls,
        seconds=seconds,
        frames=len(gaps_ms),
        gap_p50_ms=round(p50, 2),
        gap_p95_ms=round(p95, 2),
        gap_p99_ms=round(p99, 2),
        gap_max_ms=round(max(gaps_ms), 2),
        lateness_p99_ms=round(float(np.percentile(lateness, 99)) * 1000, 2),
        skipped=pacer.skipped,
        server_cpu=round(cpu, 3),
        cores=os.cpu_count() or 1,
        load=round(os.getloadavg()[0], 2),
    )


async def _listen(connection: Connection) -> None:
    async for _ in connection:
        pass


async def _callers(port: int, calls: int, seconds: float) -> list[float]:
    """Gaps in milliseconds, from the callers' process."""
    arguments = [str(port), str(calls), str(seconds)]
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "appliance.bench.transport",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await child.communicate()
    if child.returncode != 0:
        raise ApplianceError(f"the benchmark's callers failed (exit status {child.returncode})")
    gaps_ms: list[float] = json.loads(output)
    return gaps_ms


class _Caller:
    """One socket of the callers' process, without an event loop of its own weight."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(encode_identify(uuid4()))
        self._decoder = Decoder()
        self._last_s: float | None = None

    def receive(self, gaps_ms: list[float], count_from_s: float) -> None:
        data = self.socket.recv(4096)
        now_s = time.monotonic()
        if not data:
            raise ConnectionError("the server hung up")
        for message in self._decoder.feed(data):
            if isinstance(message, Audio):
                if self._last_s is not None and now_s > count_from_s:
                    gaps_ms.append((now_s - self._last_s) * 1000)
                self._last_s = now_s


def _be_callers(port: int, calls: int, seconds: float) -> list[float]:
    callers = [_Caller(port) for _ in range(calls)]
    selector, gaps_ms = selectors.DefaultSelector(), list[float]()
    for caller in callers:
        selector.register(caller.socket, selectors.EVENT_READ, caller)
    start_s = time.monotonic()
    # Each caller has a moment of its own within the 20 ms, as telephones do.
    due_s = [start_s + FRAME_S * n / calls for n in range(calls)]
    turn, message = 0, encode_audio(SILENCE)
    while (now_s := time.monotonic()) < start_s + SETTLE_S + seconds:
        while due_s[turn] <= now_s:
            callers[turn].socket.sendall(message)
            due_s[turn] += FRAME_S
            turn = (turn + 1) % calls
        for key, _ in selector.select(max(0.0, due_s[turn] - now_s)):
            key.data.receive(gaps_ms, start_s + SETTLE_S)
    selector.close()
    for caller in callers:
        caller.socket.close()
    return gaps_ms


def _main() -> None:
    """``python -m appliance.bench.transport`` measures; with arguments it is the callers'
    process."""
    parser = argparse.ArgumentParser(description="Pacing of many idle calls.")
    parser.add_argument("callers", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.callers:
        port, calls, seconds = options.callers
        json.dump(_be_callers(int(port), int(calls), float(seconds)), sys.stdout)
    else:
        json.dump(asdict(asyncio.run(measure_pacing())), sys.stdout, indent=2)


if __name__ == "__main__":
    _main()
