"""A conversation by telephone: the phone speaks when the agent has said what it had to say."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp

from appliance.bench.local_service import Service
from tests.asterisk.pbx import Pbx
from tests.asterisk.phone import Phone, phone
from tests.fakes.waiting import eventually

AGENT = "5001"
TURN_S = 40.0
"""A busy machine may need this long for an exchange."""


class Talk:
    """A phone in a call with the agent."""

    def __init__(self, caller: Phone, service: Service, uuid: UUID) -> None:
        self.phone = caller
        self.uuid = uuid
        self._service = service
        self._turns = 0

    async def record(self) -> dict[str, Any]:
        """What the service has written down of the call so far."""
        url = f"{self._service.client.url}/call/{self.uuid}"
        async with aiohttp.ClientSession() as http, http.get(url) as reply:
            record: dict[str, Any] = await reply.json()
            return record

    async def greeted(self) -> str:
        """Wait until the greeting is over; its words."""

        async def heard() -> bool:
            return bool((await self.record()).get("greeting"))

        await eventually(heard, TURN_S)
        return str((await self.record())["greeting"])

    async def say(self, wav: Path) -> dict[str, Any]:
        """Speak, and wait until the answer is over; the exchange."""
        self.phone.prepare(wav.stem, wav)
        await self.phone.say(wav.stem)
        return await self.answered()

    async def press(self, key: str) -> dict[str, Any]:
        """Press a key, and wait until the answer is over; the exchange."""
        await self.phone.press(key)
        return await self.answered()

    async def answered(self) -> dict[str, Any]:
        """Wait for one more exchange."""
        self._turns += 1

        async def taken() -> bool:
            return len((await self.record()).get("turns", [])) >= self._turns

        await eventually(taken, TURN_S)
        turn: dict[str, Any] = (await self.record())["turns"][self._turns - 1]
        return turn

    async def ended(self) -> str:
        """Wait until the service has ended the call; how."""

        async def over() -> bool:
            return bool((await self.record()).get("ended"))

        await eventually(over, TURN_S)
        return str((await self.record())["outcome"])


@asynccontextmanager
async def talk(
    pbx: Pbx,
    service: Service,
    *,
    number: str = "1002",
    codec: str = "ulaw",
    dial: str = AGENT,
    by: int | None = None,
    transport: str = "udp",
) -> AsyncIterator[Talk]:
    """A phone that has dialled the agent and is connected to it; ``by``: through the port of a
    relay."""
    await pbx.use(service)
    if by is not None:
        await pbx.set_global("APPLIANCE_PORT", str(by))
    async with phone(pbx, number, codec=codec, transport=transport) as caller:
        await caller.dial(dial)
        yield Talk(caller, service, await pbx.agents_call(number))
