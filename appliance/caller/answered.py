"""The far end of a call that Asterisk places: it connects to us, we listen and speak.

Like a telephone behind ``AudioSocket()`` in the dialplan: the same wire as the service's, the other
way round. Asterisk hangs up at anything but sound and 0x00, so keys cannot be sent here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final
from uuid import UUID

from appliance.audio.frame import FRAME_S, pcm_from_bytes, pcm_to_bytes, rms_dbfs
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Hangup,
    Identify,
    encode_audio,
    encode_hangup,
)
from appliance.caller.script import Script
from appliance.clock import MonotonicClock
from appliance.errors import ProtocolError

READ_BYTES: Final = 4096
END_S: Final = 2.0
"""Asterisk closes soon after a 0x00."""
MAX_CONNECTIONS: Final = 4


class Answered:
    """One call of Asterisk's to us. Event loop only."""

    def __init__(
        self,
        uuid: UUID,
        decoder: Decoder,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.uuid = uuid
        self._decoder = decoder
        self._reader = reader
        self._writer = writer

    async def talk(self, script: Script) -> bool:
        """Hold the conversation to its end; False when the other side has ended it before.

        Position 0 of the script is now. Raises ProtocolError.
        """
        clock = MonotonicClock()
        origin_s = clock.now()
        listening = asyncio.create_task(self._listen(script, clock, origin_s))
        try:
            frames = 0
            while not listening.done():
                frames += 1
                await asyncio.sleep(max(0.0, origin_s + frames * FRAME_S - clock.now()))
                pcm, _ = script.frame(clock.now() - origin_s)
                if script.over:
                    return True
                self._writer.write(encode_audio(pcm_to_bytes(pcm)))
            listening.result()  # its ProtocolError, if that is why it ended
            return False
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, ProtocolError):
                await listening
            script.finish()

    async def give_back(self) -> None:
        """End our part in order: the dialplan goes on behind ``AudioSocket()``."""
        self._writer.write(encode_hangup())
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(END_S):
                while await self._reader.read(READ_BYTES):
                    pass
        await self.close()

    async def close(self) -> None:
        """End the connection."""
        self._writer.close()
        with suppress(ConnectionError):
            await self._writer.wait_closed()

    async def _listen(self, script: Script, clock: MonotonicClock, origin_s: float) -> None:
        with suppress(ConnectionResetError):
            while data := await self._reader.read(READ_BYTES):
                at_s = clock.now() - origin_s
                for message in self._decoder.feed(data):
                    if isinstance(message, Hangup):
                        return
                    if isinstance(message, Audio):
                        script.heard(at_s, rms_dbfs(pcm_from_bytes(message.payload)))


class Answering:
    """Waits for calls of Asterisk's."""

    def __init__(self) -> None:
        self.port = 0
        self._calls: asyncio.Queue[Answered] = asyncio.Queue(MAX_CONNECTIONS)

    async def call(self, uuid: UUID, within_s: float) -> Answered:
        """The call that brings ``uuid``; others are closed. Raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while True:
                call = await self._calls.get()
                if call.uuid == uuid:
                    return call
                await call.close()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take in a connection that begins with a UUID; close any other."""
        decoder = Decoder()
        with suppress(TimeoutError, ConnectionError, ProtocolError, asyncio.QueueFull):
            async with asyncio.timeout(END_S):
                while data := await reader.read(3 + 16):  # the UUID's frame and nothing more
                    for message in decoder.feed(data):
                        if isinstance(message, Identify):
                            self._calls.put_nowait(Answered(message.uuid, decoder, reader, writer))
                            return
        writer.close()


@asynccontextmanager
async def answering() -> AsyncIterator[Answering]:
    """Listen on a free port of loopback."""
    here = Answering()
    server = await asyncio.start_server(here.accept, "127.0.0.1", 0)
    async with server:
        here.port = server.sockets[0].getsockname()[1]
        yield here
