"""A service of our own for as long as a demo or a measurement lasts: the real program, free ports.

It is a child process, started as an operator would start it, with a state directory of its own that
goes when it goes; models and agents are the site's.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from appliance.caller.service_client import ServiceClient, service_client
from appliance.config.settings import Settings, env_name
from appliance.errors import ApplianceError, SettingsError

READY_S: Final = 120.0
"""A disk that reads weights for the first time may need this long."""
STOP_S: Final = 20.0
POLL_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class Service:
    """A service that takes calls."""

    host: str
    port: int
    client: ServiceClient
    pid: int | None = None
    """None when the service is not ours and maybe not on this host."""
    start_s: float | None = None
    """Start of the process to ready; None when it ran already."""


@asynccontextmanager
async def local_service(settings: Settings) -> AsyncIterator[Service]:
    """Start ``appliance serve`` with ``settings`` on free loopback ports, wait until it is ready,
    stop it with SIGTERM at the end. Meanwhile SIGTERM is for us what Ctrl-C is, so that the service
    does not outlive us. Main thread only.

    Raises SettingsError or ApplianceError with the service's own last line when it ends before it
    is ready.
    """
    with tempfile.TemporaryDirectory(prefix="appliance-") as state:
        port, http_port = _free_ports()
        environ = _environment(settings, Path(state), port, http_port)
        log = Path(state) / "service.log"
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, _interrupt)  # first: none may be left behind
        try:
            async with (
                _started(environ, log) as process,
                service_client(f"http://127.0.0.1:{http_port}") as client,
            ):
                start_s = await _ready(process, client, log)
                yield Service("127.0.0.1", port, client, process.pid, start_s)
        finally:
            loop.remove_signal_handler(signal.SIGTERM)


@asynccontextmanager
async def _started(environ: dict[str, str], log: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """``appliance serve``, stopped at the end."""
    with log.open("wb") as log_file:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "appliance", "serve"),
            env=environ,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log_file,
            stderr=log_file,
        )
    try:
        yield process
    finally:
        await _stop(process)


def _interrupt() -> None:
    """The loop lets it out, and its runner cancels what goes on."""
    raise KeyboardInterrupt


@asynccontextmanager
async def running_service(host: str, port: int, http_port: int) -> AsyncIterator[Service]:
    """A service that somebody else has started."""
    async with service_client(f"http://{host}:{http_port}") as client:
        if not await client.is_ready():
            raise ApplianceError(
                f"the appliance at {client.url} is not ready; `curl {client.url}/ready` tells why",
                code="not_ready",
            )
        yield Service(host, port, client)


async def _ready(process: asyncio.subprocess.Process, client: ServiceClient, log: Path) -> float:
    """Seconds from now until the service is ready."""
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    while loop.time() - began_s < READY_S:
        if await client.is_ready():
            return round(loop.time() - began_s, 3)
        if process.returncode is not None:
            wrong_settings = process.returncode == os.EX_CONFIG
            kind = SettingsError if wrong_settings else ApplianceError
            raise kind(f"the service did not start: {_last_words(log)}")
        await asyncio.sleep(POLL_S)
    raise ApplianceError(f"the service was not ready after {READY_S:.0f} s: {_last_words(log)}")


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()


def _environment(settings: Settings, state: Path, port: int, http_port: int) -> dict[str, str]:
    """Ours, with every setting written out: the child reads no other file than we did. Nobody is
    told of its calls by webhooks: they are not real ones."""
    values = settings.model_dump(exclude={"webhook_url"}).items()
    given = {key: _text(value) for key, value in values if value is not None}
    given |= {
        "host": "127.0.0.1",
        "port": str(port),
        "http_host": "127.0.0.1",
        "http_port": str(http_port),
        "state_dir": str(state),
        "models_dir": str(settings.models),
    }
    not_ours = ("APPLIANCE_CONFIG", env_name("webhook_url"))
    others = {key: value for key, value in os.environ.items() if key not in not_ours}
    return others | {env_name(key): value for key, value in given.items()}


def _text(value: object) -> str:
    """A setting as the environment has it."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _free_ports() -> tuple[int, int]:
    """Two ports that were free a moment ago."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(2)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        first, second = (each.getsockname()[1] for each in sockets)
    return first, second


def _last_words(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return lines[-1].removeprefix("appliance: ") if lines else "it said nothing"
