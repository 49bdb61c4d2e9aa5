"""Putting the HTTP interface on a port, with one clear line when the port cannot be had."""

from __future__ import annotations

import os

from aiohttp import web

from appliance.errors import SettingsError


async def start_http(app: web.Application, host: str, port: int) -> web.AppRunner:
    """Serve ``app`` on ``host``:``port`` (0 = any; ``runner.addresses[0][1]`` tells which).

    Ends with ``await runner.cleanup()``. Raises SettingsError when the address is busy.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise SettingsError(
            f"HTTP cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}; "
            "stop the program that uses it, or set HTTP_PORT to a free port"
        ) from error
    return runner
