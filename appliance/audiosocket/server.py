"""The AudioSocket server: accepts connections and gives each admitted one a task of its own."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from appliance.audiosocket.connection import Connection
from appliance.errors import ApplianceError, SettingsError
from appliance.turns.pacer import Pacer

log = logging.getLogger(__name__)

BACKLOG: Final = 512
MOST_CONNECTIONS: Final = 1024
"""Sockets held at once, refused and unidentified ones included; more are closed at the door."""


def _admit_all(uuid: UUID) -> None: ...


class AudioSocketServer:
    """Listens, identifies, admits, and owns the calls' tasks. Event loop only."""

    def __init__(
        self,
        host: str,
        port: int,
        *,
        pacer: Pacer,
        on_call: Callable[[Connection], Awaitable[None]],
        admit: Callable[[UUID], None] = _admit_all,
    ) -> None:
        """``admit`` is asked when a UUID arrives and raises CallRefused to turn the call away,
        which gets an orderly 0x00; it must return at once. ``on_call`` then runs in a task of the
        call's own; when it returns or raises, the connection is hung up. It must end soon after the
        connection has."""
        self._host = host
        self._port = port
        self._pacer = pacer
        self._on_call = on_call
        self._admit = admit
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._calls: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def port(self) -> int:
        """The port listened on; tells which one was free when 0 was asked for."""
        if self._server is not None and self._server.sockets:
            self._port = int(self._server.sockets[0].getsockname()[1])
        return self._port

    @property
    def calls(self) -> int:
        """Calls whose task has not ended."""
        return len(self._calls)

    async def start(self) -> None:
        """Listen. Raises SettingsError when the address cannot be had."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(
                self._connection, self._host, self._port, backlog=BACKLOG
            )
        except OSError as error:
            raise SettingsError(
                f"cannot listen for AudioSocket on {self._host}:{self._port}: {_why(error)}",
                code="address_unavailable",
            ) from error

    async def drained(self) -> None:
        """Wait until no call is left; new ones are the business of ``admit``."""
        await self._idle.wait()

    def hang_up_all(self) -> None:
        """Begin the orderly end of every connection, without waiting for it."""
        for connection in tuple(self._connections):
            connection.begin_hang_up("hung_up")

    async def close(self, *, deadline_s: float = 3.0) -> None:
        """Stop listening, hang up every call, wait for their tasks, cancel what is left after the
        deadline. Nothing of the server is left behind. Idempotent."""
        if self._server is not None:
            self._server.close()
        self.hang_up_all()
        if self._calls:
            _, late = await asyncio.wait(self._calls, timeout=deadline_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)
        for connection in tuple(self._connections):
            await connection.hang_up()  # within its own deadline
        if self._server is not None:
            await self._server.wait_closed()
            self._server = None

    def _connection(self) -> asyncio.BaseProtocol:
        if len(self._connections) >= MOST_CONNECTIONS:
            log.warning("too many AudioSocket connections (%d)", MOST_CONNECTIONS)
            return _ClosedDoor()
        connection = Connection(self._pacer, self._identified, self._connections.discard)
        self._connections.add(connection)
        return connection

    def _identified(self, connection: Connection) -> None:
        self._admit(connection.uuid)
        task = asyncio.create_task(self._run(connection), name=f"call {connection.uuid}")
        self._calls.add(task)
        self._idle.clear()
        task.add_done_callback(self._ended)

    async def _run(self, connection: Connection) -> None:
        try:
            await self._on_call(connection)
        except ApplianceError as error:
            log.error("call %s failed: %s (%s)", connection.uuid, error, error.code)
            connection.begin_hang_up("internal_error")
        except Exception:
            log.exception("call %s failed", connection.uuid)
            connection.begin_hang_up("internal_error")
        finally:
            await connection.hang_up()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._calls.discard(task)
        if not self._calls:
            self._idle.set()


def _why(error: OSError) -> str:
    """The reason and its mend."""
    if error.errno == errno.EADDRINUSE:
        return "another program uses this port; stop it, or set PORT to a free one"
    if error.errno == errno.EACCES:
        return "ports below 1024 need privileges; set PORT to a higher one"
    # asyncio's own text names the address again; a resolver's error has a negative number.
    reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    return f"{reason}; set HOST to an address of this machine"


class _ClosedDoor(asyncio.Protocol):
    """Full: a connection that is closed as soon as it is made."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.close()
