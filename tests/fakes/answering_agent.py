"""An agent over a real AudioSocket connection that greets and answers with tones: no engines."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import numpy as np

from appliance.audio.frame import (
    FRAME_S,
    FRAME_SAMPLES,
    SILENCE,
    pcm_from_bytes,
    pcm_to_bytes,
    rms_dbfs,
)
from appliance.audiosocket.protocol import (
    Audio,
    Decoder,
    Digit,
    Identify,
    Message,
    encode_audio,
    encode_hangup,
)

TONE = pcm_to_bytes(
    (8000 * np.sin(2 * np.pi * 400 * np.arange(FRAME_SAMPLES) / 8000)).astype(np.int16)
)


@dataclass
class AnsweringAgent:
    """Greets with a tone, answers ``wait_frames`` after the caller's voice ends, stops when he
    speaks."""

    greeting_frames: int = 10
    answer_frames: int = 15
    wait_frames: int = 10
    hang_up_after: int | None = None
    """Answers after which it ends a call."""
    refuse: bool = False
    garbage: bytes = b""
    """Sent instead of a greeting."""
    port: int = 0
    uuids: list[object] = field(default_factory=list)
    digits: str = ""
    _connections: list[asyncio.Task[None]] = field(default_factory=list)
    _speak: int = 0
    _wait: int | None = None
    _heard: bool = False
    _answers: int = 0

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[AnsweringAgent]:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        async with server:
            yield self
            await asyncio.gather(*self._connections)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.append(task)
        if self.garbage:
            writer.write(self.garbage)
            await reader.read()
        elif self.refuse:
            await reader.read(100)
            writer.write(encode_hangup())
        else:
            self._speak = self.greeting_frames
            async with asyncio.TaskGroup() as tasks:
                talking = tasks.create_task(self._talk(writer))
                await self._listen(reader)
                talking.cancel()
        writer.close()
        with suppress(ConnectionResetError):  # a caller who has not read to the end
            await writer.wait_closed()

    async def _talk(self, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        origin_s = loop.time()
        for number in range(10_000):
            await asyncio.sleep(max(0.0, origin_s + number * FRAME_S - loop.time()))
            if self._wait is not None:
                self._wait -= 1
                if self._wait <= 0:
                    self._wait, self._speak = None, self.answer_frames
                    self._answers += 1
            writer.write(encode_audio(TONE if self._speak > 0 else SILENCE))
            self._speak -= 1
            if self._answers == self.hang_up_after and self._speak == 0:
                writer.write(encode_hangup())
                return

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        decoder = Decoder()
        with suppress(ConnectionResetError):
            while data := await reader.read(4096):
                for message in decoder.feed(data):
                    self._take(message)

    def _take(self, message: Message) -> None:
        if isinstance(message, Identify):
            self.uuids.append(message.uuid)
            self._answers = 0
        elif isinstance(message, Digit):
            self.digits += message.digit
            self._wait = self.wait_frames
        elif isinstance(message, Audio):
            self._hear(rms_dbfs(pcm_from_bytes(message.payload)) > -30)

    def _hear(self, voice: bool) -> None:
        if voice:
            self._speak, self._wait = 0, None
        elif self._heard:
            self._wait = self.wait_frames
        self._heard = voice
