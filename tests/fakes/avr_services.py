"""Stand-ins for AVR's connectors: a class for each stage, a switch for each of their ways.

They are servers on the loopback. What they hear, answer and speak is scripted, or done by engines
that a test gives them.
"""

from __future__ import annotations

import asyncio
import contextlib
import inspect
import json
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from aiohttp import web

WHOLE_BODY = 64 * 1024 * 1024


class Hearing(Protocol):
    """The recogniser inside an ASR service: sound in, the text of an utterance when it is over."""

    def accept(self, sound: bytes) -> str | None | Awaitable[str | None]: ...

    def final(self) -> str: ...


class ScriptedHearing:
    """Hears the next of ``texts`` when voice (samples that are not zero) was followed by
    ``silence_s`` of silence: by the samples, or by the clock of a VAD that looks at one."""

    def __init__(
        self, texts: Sequence[str], silence_s: float = 0.5, *, by_clock: bool = False
    ) -> None:
        self.texts = list(texts)
        self._silence_s = silence_s
        self._by_clock = by_clock
        self._voiced = False
        self._quiet_s = 0.0
        self._last_voice = 0.0

    def accept(self, sound: bytes) -> str | None:
        now = asyncio.get_running_loop().time()
        samples = np.frombuffer(sound[: len(sound) & ~1], dtype="<i2")
        voice = np.flatnonzero(samples)
        if voice.size:
            self._voiced = True
            self._last_voice = now
            self._quiet_s = 0.0
        self._quiet_s += (samples.size - (voice[-1] + 1 if voice.size else 0)) / 8000
        quiet_s = now - self._last_voice if self._by_clock else self._quiet_s
        return self._next() if self._voiced and quiet_s >= self._silence_s else None

    def final(self) -> str:
        return self._next() or "" if self._voiced else ""

    def _next(self) -> str | None:
        self._voiced = False
        return self.texts.pop(0) if self.texts else None


@dataclass
class AsrService:
    """``POST /speech-to-text-stream``, by default as avr-asr-vosk does it."""

    hearing: Callable[[], Hearing]
    """Made anew for each request, as the connector does."""
    late_headers: bool = True
    """Express sends them with the first text."""
    form: Literal["text", "lines", "sse", "sse_json", "json", "whole_json"] = "text"
    pieces: Callable[[str], Sequence[str]] = lambda text: [text]
    """A text as it is written: Soniox writes pieces of words."""
    piece_gap_s: float = 0.0
    flushes: bool = False
    """Whether the end of the request brings the rest."""
    notice: str = ""
    """Written as soon as sound comes: a service talking about itself."""
    delay_s: float = 0.0
    """Time that recognition takes."""
    status: int = 200
    break_after: int | None = None
    """Bytes of sound after which the first connection is cut."""
    ends_each: bool = False
    """The response ends with each utterance."""
    deaf: bool = False
    """Takes sound and never says anything."""
    uuids: list[str | None] = field(default_factory=list)
    types: list[str | None] = field(default_factory=list)
    received: list[bytearray] = field(default_factory=list)
    ended: int = 0
    """Requests whose body came to its end."""
    path = "/speech-to-text-stream"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.uuids.append(request.headers.get("X-UUID"))
        self.types.append(request.headers.get("Content-Type"))
        if self.status != 200:
            return web.json_response({"message": "Error"}, status=self.status)
        sound = bytearray()
        self.received.append(sound)
        answer = _Answer(request, "text/event-stream", late=self.late_headers)
        if not self.late_headers:
            await answer.begin()
        await self._listen(request, answer, sound)
        return await answer.end()

    async def _listen(self, request: web.Request, answer: _Answer, sound: bytearray) -> None:
        hearing = self.hearing()
        first = len(self.received) == 1
        async for data, _ in request.content.iter_chunks():
            sound += data
            if first and self.break_after is not None and len(sound) > self.break_after:
                assert request.transport is not None
                request.transport.abort()
                return
            if self.notice and len(sound) == len(data):
                await answer.write(self.notice)
            if self.deaf or self.form == "whole_json":
                continue
            text = await _done(hearing.accept(data))
            if text:
                await self._write(answer, text)
                if self.ends_each:
                    return
        self.ended += 1
        if self.form == "whole_json":
            text = await _done(hearing.accept(bytes(sound))) or hearing.final()
            await answer.write(json.dumps({"text": text}, indent=2))
        elif self.flushes and (text := hearing.final()):
            await self._write(answer, text)

    async def _write(self, answer: _Answer, text: str) -> None:
        await asyncio.sleep(self.delay_s)
        for piece in self.pieces(text):
            await answer.write(
                {
                    "text": piece,
                    "lines": f"{piece}\n",
                    "sse": f"data: {piece}\n\n",
                    "sse_json": f"data: {json.dumps({'text': piece})}\n\n",
                    "json": json.dumps({"transcription": piece}),
                }[self.form]
            )
            await asyncio.sleep(self.piece_gap_s)


@dataclass
class LlmService:
    """``POST /prompt-stream``: answers with ``reply(request)``, the body in pieces."""

    reply: Callable[[dict[str, Any]], Sequence[bytes]]
    gap_s: float = 0.0
    status: int = 200
    fail_first: int = 0
    """So many first requests get a 503."""
    cut: bool = False
    """The connection is cut in place of the body's end."""
    hang: bool = False
    """Takes the question and never answers."""
    uuids: list[str | None] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    broken: int = 0
    """Replies that the client did not want to the end."""
    path = "/prompt-stream"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.uuids.append(request.headers.get("X-UUID"))
        self.asked.append(await request.json())
        if self.hang:
            await asyncio.sleep(3600)
        if self.status != 200 or len(self.asked) <= self.fail_first:
            status = 503 if self.status == 200 else self.status
            return web.json_response({"message": "Messages is required"}, status=status)
        answer = _Answer(request, "text/event-stream", late=True)
        try:
            for piece in self.reply(self.asked[-1]):
                await answer.write(piece)
                await asyncio.sleep(self.gap_s)
        except (ConnectionError, asyncio.CancelledError):
            self.broken += 1
            raise
        if self.cut:
            assert request.transport is not None
            request.transport.abort()
        return await answer.end()


@dataclass
class TtsService:
    """``POST /text-to-speech-stream``: 8 kHz samples of ``voice(text)``, in chunks of any size."""

    voice: Callable[[str], Any]
    """int16 samples."""
    chunk_bytes: int = 320
    wav: bool = False
    """With the header that ffmpeg writes to a pipe."""
    wav_rate_hz: int = 8000
    content_type: str = "audio/l16"
    status: int = 200
    cut_after: int | None = None
    """Bytes after which the connection is cut, the first time."""
    cut_always: bool = False
    gap_s: float = 0.0
    body: bytes | None = None
    """Sent in place of sound."""
    uuids: list[str | None] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    broken: int = 0
    path = "/text-to-speech-stream"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.uuids.append(request.headers.get("X-UUID"))
        text = (await request.json())["text"]
        self.texts.append(text)
        if self.status != 200:
            return web.json_response({"message": "Text is required"}, status=self.status)
        body = await self._body(text)
        answer = _Answer(request, self.content_type, late=True)
        cuts = self.cut_after is not None and (self.cut_always or len(self.texts) == 1)
        try:
            for at in range(0, len(body), self.chunk_bytes):
                if cuts and self.cut_after is not None and at >= self.cut_after:
                    assert request.transport is not None
                    request.transport.abort()
                    break
                await answer.write(body[at : at + self.chunk_bytes])
                await asyncio.sleep(self.gap_s)
        except (ConnectionError, asyncio.CancelledError):
            self.broken += 1
            raise
        return await answer.end()

    async def _body(self, text: str) -> bytes:
        if self.body is not None:
            return self.body
        samples = await _done(self.voice(text))
        sound = np.asarray(samples, dtype="<i2").tobytes()
        return ffmpeg_header(self.wav_rate_hz) + sound if self.wav else sound


async def _done(result: Any) -> Any:
    """What a function gave, or will give."""
    return await result if inspect.isawaitable(result) else result


class _Answer:
    """A response that is written piece by piece, each as one chunk of HTTP."""

    def __init__(self, request: web.Request, content_type: str, *, late: bool) -> None:
        self._request = request
        self._response = web.StreamResponse(
            headers={"Content-Type": content_type, "Cache-Control": "no-cache"}
        )
        self._begun = False

    async def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._response.enable_chunked_encoding()
            await self._response.prepare(self._request)

    async def write(self, data: str | bytes) -> None:
        await self.begin()
        await self._response.write(data.encode() if isinstance(data, str) else data)

    async def end(self) -> web.StreamResponse:
        await self.begin()
        with contextlib.suppress(ConnectionError):
            await self._response.write_eof()
        return self._response


def ffmpeg_header(rate_hz: int = 8000) -> bytes:
    """Of a WAV whose lengths nobody knew, with ffmpeg's own tag in it."""
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate_hz, rate_hz * 2, 2, 16)
    tag = b"LIST" + struct.pack("<I", 26) + b"INFOISFT" + struct.pack("<I", 14)
    tag += b"Lavf59.27.100\0"
    unknown = struct.pack("<I", 0xFFFFFFFF)
    return b"RIFF" + unknown + b"WAVE" + form + tag + b"data" + unknown


class Served:
    """An application on a port of its own."""

    def __init__(self, app: Callable[[], web.Application]) -> None:
        self._app = app
        self._runner: web.AppRunner | None = None
        self.port = 0

    @property
    def url(self) -> str:
        """Without a path."""
        return f"http://127.0.0.1:{self.port}"

    async def live(self) -> None:
        """Take requests; after ``die()`` at the same port."""
        self._runner = web.AppRunner(
            self._app(), handler_cancellation=True, shutdown_timeout=0.1, access_log=None
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]

    async def die(self) -> None:
        """Be gone: connections cut, port closed."""
        runner, self._runner = self._runner, None
        if runner is None:
            return
        for connection in list(runner.server.connections if runner.server is not None else ()):
            if connection.transport is not None:
                connection.transport.abort()
        await runner.cleanup()


@asynccontextmanager
async def serve(*services: AsrService | LlmService | TtsService) -> AsyncIterator[Served]:
    """The services on a port of their own."""

    def app() -> web.Application:
        application = web.Application(client_max_size=WHOLE_BODY)
        for service in services:
            application.router.add_post(service.path, service.handle)
        return application

    async with serve_app(app) as served:
        yield served


@asynccontextmanager
async def serve_app(app: Callable[[], web.Application]) -> AsyncIterator[Served]:
    """Any application on a free port."""
    served = Served(app)
    await served.live()
    try:
        yield served
    finally:
        await served.die()
