"""AVR's TTS service: a text in, its sound out while it is made.

Raw little-endian samples of 8 kHz without a header, of the type AVR gives them. Work ends behind
the present sentence when the client has left.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from aiohttp import web

from appliance.audio.frame import FRAME_BYTES, Pcm, pcm_to_bytes
from appliance.http.requests import AGENT, CALL_UUID, agent_of, read_json, uuid_of
from appliance.http.route import BACKEND, Body, Reply, Route, failures
from appliance.http.schemas import TextToSpeak
from appliance.http.stream import send
from appliance.services.tts import speak

WRITE_BYTES: Final = 25 * FRAME_BYTES
"""Half a second of sound: what one write may have to wait for with a client that plays it."""

_numbers = itertools.count(1)


async def _text_to_speech(request: web.Request) -> web.StreamResponse:
    stages = request.app[BACKEND].stages
    loaded = agent_of(request)
    body = await read_json(request, TextToSpeak)  # before the place, as in llm.py
    key = f"tts-{next(_numbers)}-{uuid_of(request)}"
    voice = stages.voice(body.voice, loaded)
    with stages.admission.place("tts"):
        spoken = speak(voice, body.text, stages.admission.speaking, key)
        return await send(request, {"Content-Type": "audio/l16"}, _bytes(spoken))


async def _bytes(spoken: AsyncGenerator[Pcm]) -> AsyncGenerator[bytes]:
    async with aclosing(spoken) as clips:
        async for pcm in clips:
            data = pcm_to_bytes(pcm)
            for start in range(0, len(data), WRITE_BYTES):
                yield data[start : start + WRITE_BYTES]


ROUTES: Final = (
    Route(
        method="POST",
        scope="services",
        path="/text-to-speech-stream",
        handler=_text_to_speech,
        summary="The sound of a text",
        body=Body(TextToSpeak),
        parameters=(*AGENT, CALL_UUID),
        replies={
            200: Reply(
                "raw 16-bit little-endian mono samples of 8 kHz, sentence by sentence",
                media=("audio/l16",),
            ),
            **failures(
                s400="no text, or a body that cannot be understood",
                s404="no such agent",
                s408="the body did not arrive in time",
                s413="the body is too large",
                s503="no room for another client, or shutting down",
            ),
        },
    ),
)
