"""An AVR LLM service as the language model: the whole conversation up, JSON objects down.

The service has a persona and tools of its own, so neither the agent's system prompt nor its
examples are sent; its memory may be its own as well, which is why every request names the call and
repeats the caller's last words beside the history. It may answer with recorded sound in place of
words.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any, Final

import aiohttp
import numpy as np

from appliance.audio.frame import Pcm
from appliance.config.url import with_path
from appliance.engines.base import Message, Sampling, Speech
from appliance.engines.remote.history import as_json, recent
from appliance.engines.remote.json_stream import JsonStream
from appliance.engines.remote.pcm_stream import PcmStream
from appliance.engines.remote.peer import OnFirst, Peer, untold
from appliance.errors import ProtocolError
from appliance.text.markup import CitationFilter

NAME: Final = "avr-llm"
PATH: Final = "/prompt-stream"
MAX_REPLY_CHARS: Final = 8000
"""Ten minutes of speech. A service that goes on is not listened to any longer."""
RECORDING: Final = "[recording]"
"""What stands in the history for recorded sound, whose words nobody knows."""
PIECE_S: Final = 0.4
"""Recorded sound is passed on in whole Frames, and few enough of them to start soon."""


class AvrLanguageModel:
    """One LLM service; implements ``base.LanguageModel``. Event loop only."""

    name = NAME
    native_tools = True  # the service has its own, and is told of none

    def __init__(self, url: str, *, silence_s: float, on_first: OnFirst = untold) -> None:
        self._peer = Peer(NAME, with_path(url, PATH), silence_s=silence_s)
        self._on_first = on_first

    async def open(self, opening: Sequence[Message], *, call_id: str = "") -> AvrLanguageSession:
        """A session for the call ``call_id``; nothing is sent yet."""
        return AvrLanguageSession(self._peer, len(opening), call_id, self._on_first)

    async def warm_up(self, openings: Sequence[Sequence[Message]]) -> None:
        """See whether anybody is there; nothing is asked, for a question may cost money. Raises
        RemoteError."""
        await self._peer.probe()

    async def close(self) -> None:
        """Close the connections. Idempotent."""
        await self._peer.close()


class AvrLanguageSession:
    """One call's side of it; implements ``base.LanguageSession``."""

    def __init__(self, peer: Peer, opening: int, call_id: str, on_first: OnFirst) -> None:
        self._peer = peer
        self._opening = opening
        self._call_id = call_id
        self._on_first = on_first

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Nothing: the service reads when it is asked."""

    async def reply(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | Speech]:
        """As ``base.LanguageSession``; how to draw is the service's affair. Raises RemoteError,
        also for an answer in which there is nothing."""
        said = recent(messages, self._opening)[self._opening - 1 :]
        request = {
            "uuid": self._call_id,
            "message": said[-1].content,
            "messages": as_json(said),
        }
        now = asyncio.get_running_loop().time
        began_s = now()
        async with self._peer.post(request, call_id=self._call_id) as response:
            reply, empty = _Reply(), True
            async for value in _values(response):
                if empty:
                    self._on_first(now() - began_s)
                empty = False
                for part in reply.take(value):
                    yield part
                if reply.chars > MAX_REPLY_CHARS:
                    break
            for part in reply.end():
                yield part
        if empty:
            raise self._peer.fault("answered with nothing")

    async def close(self, *, keep: bool = False) -> None:
        """Nothing is held between two replies."""


async def _values(response: aiohttp.ClientResponse) -> AsyncGenerator[str | bytes]:
    """The texts and the pieces of sound of an answer."""
    stream = JsonStream()
    async for data in response.content.iter_any():
        for item in stream.feed(data):
            if (value := _value(item)) is not None:
                yield value
    for item in stream.flush():
        if (value := _value(item)) is not None:
            yield value


def _value(item: dict[str, Any] | str) -> str | bytes | None:
    """None for an object of another kind, or without content. Raises ProtocolError."""
    if isinstance(item, str):
        return item if item.strip() else None
    content = item.get("content")
    if item.get("type") == "text":
        return content if isinstance(content, str) and content else None
    if item.get("type") == "audio" and isinstance(content, dict):
        try:
            return bytes(content["data"]) or None
        except (KeyError, TypeError, ValueError) as error:
            raise ProtocolError("sound that is no list of bytes") from error
    return None


class _Reply:
    """One answer: texts without citations, sound in pieces that fill whole Frames."""

    def __init__(self) -> None:
        self.chars = 0
        self._citations = CitationFilter()
        self._recording: _Recording | None = None

    def take(self, value: str | bytes) -> list[str | Speech]:
        """What can be said of it now. Raises ProtocolError for sound in an unknown form."""
        if isinstance(value, str):
            self.chars += len(value)
            text = self._citations.push(value)
            return [*self._end_recording(), text] if text else []
        parts: list[str | Speech] = []
        if value.startswith(b"RIFF"):
            parts += self._end_recording()
        if self._recording is None:
            self._recording = _Recording()
        return [*parts, *self._recording.take(value)]

    def end(self) -> list[str | Speech]:
        """The rest."""
        text = self._citations.flush()
        return [*self._end_recording(), *([text] if text else [])]

    def _end_recording(self) -> list[str | Speech]:
        recording, self._recording = self._recording, None
        return [] if recording is None else list(recording.end())


class _Recording:
    """One WAV file, or raw sound, that comes in pieces of any size."""

    def __init__(self) -> None:
        self._stream = PcmStream()
        self._held: Pcm = np.zeros(0, np.int16)
        self._text = RECORDING

    def take(self, data: bytes) -> list[Speech]:
        """Whole pieces of ``PIECE_S``; what is left waits for more."""
        self._held = np.concatenate([self._held, self._stream.feed(data)])
        size = round(PIECE_S * self._stream.rate_hz)
        cut = self._held.size // size * size
        pcm, self._held = self._held[:cut], self._held[cut:]
        return self._speech(pcm)

    def end(self) -> list[Speech]:
        """The rest of it."""
        return self._speech(np.concatenate([self._held, self._stream.flush()]))

    def _speech(self, pcm: Pcm) -> list[Speech]:
        """Its first piece stands for the whole in the history."""
        if not pcm.size:
            return []
        text, self._text = self._text, ""
        return [Speech(pcm, self._stream.rate_hz, text)]
