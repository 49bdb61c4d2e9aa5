"""The HTTP side of a call as a dialplan and an operator use it: announce, ask, read the figures."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

import aiohttp

from appliance.errors import ApplianceError

TIMEOUT_S: Final = 5.0
RECORD_WAIT_S: Final = 3.0
"""A call's record is complete some moments after its caller has hung up."""


class ServiceClient:
    """One service's HTTP interface. Use ``service_client`` to make one."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self._session = session

    async def announce(self, uuid: UUID, payload: Mapping[str, str]) -> None:
        """``POST /call`` before the audio. Raises ApplianceError with the reason of a refusal."""
        status, answer = await self._json(
            "POST", "/call", json={"uuid": str(uuid), "payload": dict(payload)}
        )
        if status != 200:
            raise ApplianceError(str(answer["message"]), code=str(answer["error"]))

    async def readiness(self) -> dict[str, Any]:
        """What ``GET /ready`` says. Raises ApplianceError when nothing answers."""
        _, answer = await self._json("GET", "/ready")
        return answer

    async def is_ready(self) -> bool:
        """Whether a call would be answered; False as well when nothing answers yet."""
        try:
            return bool((await self.readiness())["ready"])
        except ApplianceError:
            return False

    async def record(self, uuid: str) -> dict[str, Any] | None:
        """The record of a call that is over, complete; None when the service does not know it."""
        loop = asyncio.get_running_loop()
        give_up_s = loop.time() + RECORD_WAIT_S
        while True:
            status, answer = await self._json("GET", f"/call/{uuid}")
            if status == 404:
                return None
            if answer.get("ended") or loop.time() > give_up_s:
                return answer
            await asyncio.sleep(0.05)

    async def record_so_far(self, uuid: UUID) -> dict[str, Any]:
        """The record of a call that is going on; without turns when the service does not know
        it."""
        status, answer = await self._json("GET", f"/call/{uuid}")
        return {"turns": []} if status == 404 else answer

    async def metrics(self) -> str:
        """The Prometheus exposition."""
        try:
            async with self._session.get(f"{self.url}/metrics") as reply:
                return await reply.text()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise self._silent() from error

    async def _json(self, method: str, path: str, **options: Any) -> tuple[int, dict[str, Any]]:
        try:
            async with self._session.request(method, self.url + path, **options) as reply:
                return reply.status, await reply.json()
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise self._silent() from error

    def _silent(self) -> ApplianceError:
        return ApplianceError(
            f"no appliance answers at {self.url}: start it with `appliance serve`",
            code="no_connection",
        )


@asynccontextmanager
async def service_client(url: str) -> AsyncIterator[ServiceClient]:
    """A client for the service at ``url`` (``http://127.0.0.1:6001``). Its certificate is taken as
    it is: the service is mostly this machine's, called by an address that no certificate names, and
    nothing secret is sent."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    connector = aiohttp.TCPConnector(ssl=False)
    async with aiohttp.ClientSession(timeout=timeout, connector=connector) as session:
        yield ServiceClient(url, session)
