"""Putting the HTTP interface on a port, with one clear line when the port cannot be had."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from typing import Final

from aiohttp import web

from appliance.errors import SettingsError
from appliance.http.connection_limits import Guard
from appliance.http.route import Handler

IDLE_S: Final = 30.0
"""How long a connection may wait for its next request."""
HANDSHAKE_S: Final = 10.0
"""How long a client may take over TLS's; it holds no place among the connections until then."""
LINGER_S: Final = 2.0
"""How long the rest of a body is read that nobody wants any more, so that its sender sees why."""
END_S: Final = 2.0
"""How long requests may go on once the server closes."""


# Its errors quote what a client sent, which may be somebody's words; errors.py logs our own.
logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)


class HttpServer:
    """An application on a port. Made by ``start_http``."""

    def __init__(self, runner: web.AppRunner, server: asyncio.Server) -> None:
        self._runner = runner
        self._server = server

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more connections, give requests a moment to end, and cancel them. Idempotent."""
        self._server.close()
        await self._runner.cleanup()


async def start_http(
    app: web.Application,
    host: str,
    port: int,
    setting: str = "HTTP_PORT",
    tls: ssl.SSLContext | None = None,
) -> HttpServer:
    """Serve ``app`` on ``host``:``port`` (0 = any), with ``tls`` by that alone. A handler is
    cancelled when its client leaves.

    Raises SettingsError, which names the ``setting`` of the port, when the address is busy.
    """
    guard: Guard

    @web.middleware
    async def asked(request: web.Request, handler: Handler) -> web.StreamResponse:
        guard.asked(request.transport)
        return await handler(request)

    app.middlewares.insert(0, asked)
    runner = web.AppRunner(
        app,
        access_log=None,
        handler_cancellation=True,
        keepalive_timeout=IDLE_S,
        lingering_time=LINGER_S,
        shutdown_timeout=END_S,
    )
    await runner.setup()
    assert runner.server is not None
    guard = Guard(runner.server)
    loop = asyncio.get_running_loop()
    try:
        server = await loop.create_server(
            guard,
            host,
            port,
            ssl=tls,
            ssl_handshake_timeout=None if tls is None else HANDSHAKE_S,
            backlog=128,
            reuse_address=True,
        )
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"HTTP cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}; "
            f"stop the program that uses it, or set {setting} to a free port"
        ) from error
    return HttpServer(runner, server)
