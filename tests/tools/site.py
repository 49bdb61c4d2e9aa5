"""A program of the site's, for tools to ask: a real HTTP server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer


@dataclass
class Site:
    """What it was asked, and what it answers."""

    url: str = ""
    answer: Any = field(default_factory=lambda: {"day": "Monday", "time": "nine"})
    status: int = 200
    stalls: bool = False
    asked: list[tuple[str, str, Mapping[str, str], Any]] = field(default_factory=list)
    """(method, path and query, headers, JSON body)."""
    _released: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.method, request.path_qs, request.headers, body))
        if self.stalls:
            await self._released.wait()
        if isinstance(self.answer, str):
            return web.Response(text=self.answer, status=self.status)
        return web.json_response(self.answer, status=self.status)


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """One, running."""
    here = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", here.serve)
    async with TestServer(app) as server:
        here.url = str(server.make_url("")).rstrip("/")
        yield here
        here._released.set()
