"""A speech-to-speech server on a free port, with a call of the test's own at its lines' ends."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from aiohttp import web
from aiohttp.test_utils import TestServer

from appliance.http.errors import errors_as_json
from appliance.http.route import Route
from appliance.http.sts import routes
from appliance.sts.server import OnCall, StsServer
from appliance.turns.pacer import Pacer


@dataclass(frozen=True)
class Served:
    """Where it is."""

    sts: StsServer
    http: str
    ws: str


@asynccontextmanager
async def sts_served(
    on_call: OnCall, admit: Callable[[UUID], None] = lambda uuid: None
) -> AsyncIterator[Served]:
    sts = StsServer(pacer=Pacer(), on_call=on_call, admit=admit)
    app = web.Application(middlewares=[errors_as_json])
    declared = routes(sts)
    app.add_routes(each.definition() if isinstance(each, Route) else each for each in declared)
    async with TestServer(app) as server:
        where = f"{server.host}:{server.port}"
        yield Served(sts, f"http://{where}", f"ws://{where}")
        await sts.close()
