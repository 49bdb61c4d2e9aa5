"""A webhook receiver with the rules of AVR's own, which misbehaves when told to."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from aiohttp import web

SECRET = "change-me"
TYPES = {
    "call_initiated",
    "call_started",
    "transcription",
    "interruption",
    "dtmf_digit",
    "call_ended",
}
FIELDS = {"uuid", "type", "timestamp", "payload"}


@dataclass(frozen=True, slots=True)
class Misbehave:
    """What one request gets instead of an answer."""

    status: int = 500
    after_s: float = 0.0
    headers: tuple[tuple[str, str], ...] = ()


class Receiver:
    """Takes letters; what it has taken is in ``taken``, in order."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []
        self.attempts: list[tuple[str, str]] = []
        """uuid and type of every request, the refused ones too."""
        self.next: deque[Misbehave] = deque()
        """For the next requests, one each."""
        self.always: Misbehave | None = None
        self.sts_url: str | None = None
        """The answer to call_initiated."""
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/webhooks"

    def types(self, uuid: UUID | str) -> list[str]:
        """Of the letters taken of one call."""
        return [letter["type"] for letter in self.taken if letter["uuid"] == str(uuid)]

    async def handle(self, request: web.Request) -> web.Response:
        letter = await request.json()
        self.attempts.append((letter["uuid"], letter["type"]))
        fault = self.next.popleft() if self.next else self.always
        if fault is not None:
            await asyncio.sleep(fault.after_s)
            if fault.status != 201:
                return web.json_response({}, status=fault.status, headers=dict(fault.headers))
        if request.headers.get("X-AVR-WEBHOOK-SECRET") != SECRET:
            return web.json_response({"message": "Invalid secret"}, status=401)
        complaint = _complaint(letter)
        if complaint:
            return web.json_response({"message": complaint}, status=400)
        self.taken.append(letter)
        self.headers.append(request.headers)
        if letter["type"] == "call_initiated" and self.sts_url is not None:
            return web.json_response({"sts_url": self.sts_url}, status=201)
        return web.json_response({"status": "ok"}, status=201)


def _complaint(letter: dict[str, Any]) -> str:
    try:
        UUID(letter["uuid"])
    except ValueError:
        return "uuid must be a UUID"
    if set(letter) - FIELDS:
        return "property should not exist"
    if letter["type"] not in TYPES:
        return "type must be a valid enum value"
    return "" if isinstance(letter["payload"], dict) else "payload must be an object"


@asynccontextmanager
async def receiving(receiver: Receiver, port: int = 0) -> AsyncIterator[Receiver]:
    """``receiver`` on a port of its own; with ``port`` on one it had before."""
    app = web.Application()
    app.router.add_post("/webhooks", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    receiver.port = runner.addresses[0][1]
    try:
        yield receiver
    finally:
        await runner.cleanup()
