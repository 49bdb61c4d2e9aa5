"""Between Asterisk and the service: passes every byte on, and keeps the sound it has seen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import numpy as np

from appliance.audio.frame import Pcm, pcm_from_bytes
from appliance.audiosocket.protocol import Audio, Decoder
from appliance.bench.local_service import Service


class Relay:
    """The sound of one call, both ways."""

    def __init__(self) -> None:
        self.port = 0
        self.to_service: list[Audio] = []
        self.from_service: list[Audio] = []


def sound(messages: list[Audio], rate_hz: int) -> Pcm:
    """All of ``messages``; AssertionError when one is of another rate."""
    assert {message.rate_hz for message in messages} == {rate_hz}
    return np.concatenate([pcm_from_bytes(message.payload) for message in messages])


@asynccontextmanager
async def relay(service: Service) -> AsyncIterator[Relay]:
    """Listen on a free port of loopback in the service's place."""
    here = Relay()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(service.host, service.port)
        await asyncio.gather(
            _pass_on(reader, far_writer, here.to_service),
            _pass_on(far_reader, writer, here.from_service),
        )
        for each in (writer, far_writer):
            each.close()
            with suppress(ConnectionError):
                await each.wait_closed()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    async with server:
        here.port = server.sockets[0].getsockname()[1]
        yield here


async def _pass_on(
    source: asyncio.StreamReader, sink: asyncio.StreamWriter, seen: list[Audio]
) -> None:
    decoder = Decoder()
    with suppress(ConnectionError):
        while data := await source.read(4096):
            seen += [message for message in decoder.feed(data) if isinstance(message, Audio)]
            sink.write(data)
        sink.write_eof()
