"""Answers that are sent while they are made, and that stop being made when nobody takes them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

from aiohttp import web

from appliance.errors import ApplianceError

STALLED_S: Final = 30.0
"""A client that takes nothing for so long has gone, whatever TCP says."""

_log = logging.getLogger(__name__)


class Outgoing:
    """One response in pieces. Its headers go out with the first one, or when ``open()`` says."""

    def __init__(self, request: web.Request, headers: Mapping[str, str]) -> None:
        self._request = request
        self.response = web.StreamResponse(headers={"Cache-Control": "no-cache", **headers})

    async def open(self) -> None:
        """Send the headers now. Idempotent."""
        if not self.response.prepared:
            await self.response.prepare(self._request)

    async def write(self, piece: bytes) -> None:
        """Send ``piece``. Raises ConnectionError when the client has gone."""
        try:
            async with asyncio.timeout(STALLED_S):
                await self.open()
                await self.response.write(piece)
        except TimeoutError as error:
            if self._request.transport is not None:
                self._request.transport.abort()
            raise ConnectionResetError("the client takes nothing any more") from error

    async def close(self) -> web.StreamResponse:
        """The end of the body."""
        await self.open()
        await self.response.write_eof()
        return self.response

    async def fail(self, error: Exception) -> web.StreamResponse:
        """Where the headers are out an error can only end the body; before, it is raised again."""
        if isinstance(error, ConnectionError) or not self.response.prepared:
            raise error
        unforeseen = None if isinstance(error, ApplianceError) else error
        _log.error("%s broke off: %s", self._request.path, error, exc_info=unforeseen)
        return await self.close()


async def send(
    request: web.Request, headers: Mapping[str, str], pieces: AsyncGenerator[bytes]
) -> web.StreamResponse:
    """Answer with ``pieces`` as they come; they are closed when the client goes."""
    outgoing = Outgoing(request, headers)
    try:
        async with aclosing(pieces):
            async for piece in pieces:
                await outgoing.write(piece)
    except Exception as error:
        return await outgoing.fail(error)
    return await outgoing.close()
