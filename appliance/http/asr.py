"""AVR's ASR service: a call's sound in while its words go out, and single utterances.

``/speech-to-text-stream`` answers while it is still being asked: its headers go out at once, since
a client may wait for them before it sends anything, and every turn of the caller's is one write.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

import numpy as np
from aiohttp import web

from appliance.audio.frame import Pcm
from appliance.audio.resample import stream
from appliance.http.errors import BadRequest
from appliance.http.requests import AGENT, CALL_UUID, agent_of, sound, uuid_of
from appliance.http.route import BACKEND, Body, Parameter, Reply, Route, failures
from appliance.http.schemas import Transcription
from appliance.http.stream import Outgoing
from appliance.services.asr import hear, understand

RATES_HZ: Final = (4000, 99_999)
UTTERANCE_LIMIT_BYTES: Final = 50_000_000
"""As AVR's own services; never held as a whole."""
UTTERANCE_TIMEOUT_S: Final = 60.0
FLUSH_S: Final = 0.2
"""Silence behind a recording that brings the resampler's last samples out."""


async def _speech_to_text(request: web.Request) -> web.StreamResponse:
    stages = request.app[BACKEND].stages
    loaded = agent_of(request)
    with stages.admission.place("asr"):
        outgoing = Outgoing(request, {"Content-Type": "text/plain; charset=utf-8"})
        await outgoing.open()
        try:
            async with aclosing(sound(request)) as pieces:
                await hear(
                    loaded,
                    stages.detector(),
                    pieces,
                    lambda text: outgoing.write((text + stages.asr_delimiter).encode()),
                    stages.clock,
                    uuid_of(request),
                )
        except Exception as error:
            return await outgoing.fail(error)
        return await outgoing.close()


async def _transcribe(request: web.Request) -> web.Response:
    stages = request.app[BACKEND].stages
    loaded = agent_of(request)
    rate_hz = stages.stt_assume_rate_hz or _rate_hz(request)
    recognizer = loaded.recognizer
    with stages.admission.place("asr"):
        session = await recognizer.open(hotwords=loaded.agent.hotwords, call_id=uuid_of(request))
        try:
            async with aclosing(_utterance(request, rate_hz, recognizer.rate_hz)) as pieces:
                text = await understand(session, pieces, recognizer.rate_hz)
        finally:
            await session.close()
    return web.json_response({"transcription": text})


async def _utterance(request: web.Request, from_hz: int, to_hz: int) -> AsyncGenerator[Pcm]:
    """The recording at the recogniser's rate. Raises BadRequest when there is none."""
    convert, heard = stream(from_hz, to_hz), False
    limit_bytes, timeout_s = UTTERANCE_LIMIT_BYTES, UTTERANCE_TIMEOUT_S
    async with aclosing(sound(request, limit_bytes=limit_bytes, timeout_s=timeout_s)) as pieces:
        async for piece in pieces:
            heard = heard or piece.size > 0
            yield convert(piece)
    if not heard:
        raise BadRequest("Empty audio data received.")
    yield convert(np.zeros(int(from_hz * FLUSH_S), np.int16))


def _rate_hz(request: web.Request) -> int:
    """As AVR's services say it when it is wrong."""
    text = request.headers.get("X-Sample-Rate", "")
    lowest, highest = RATES_HZ
    if not (text.isascii() and text.isdigit() and lowest <= int(text[:9]) <= highest):
        raise BadRequest("Missing or invalid X-Sample-Rate header.")
    return int(text)


_SOUND: Final = "application/octet-stream"
_REFUSALS: Final = {
    "s404": "no such agent",
    "s503": "no room for another client, or shutting down",
}

ROUTES: Final = (
    Route(
        method="POST",
        scope="services",
        path="/speech-to-text-stream",
        handler=_speech_to_text,
        summary="The caller's words while they speak, a line for each of their turns",
        body=Body(
            media=_SOUND,
            meaning="16-bit little-endian mono sound of 8 kHz, as it comes",
            required=False,  # a call may be silent
        ),
        parameters=(*AGENT, CALL_UUID),
        replies={
            200: Reply("the words; headers come at once", media=("text/plain",)),
            **failures(**_REFUSALS),
        },
    ),
    Route(
        method="POST",
        scope="services",
        path="/transcribe",
        handler=_transcribe,
        summary="The words of one recorded utterance",
        body=Body(media=_SOUND, meaning="16-bit little-endian mono sound without a header"),
        parameters=(
            *AGENT,
            CALL_UUID,
            Parameter(
                "X-Sample-Rate",
                "header",
                "of the sound, in Hz",
                {"type": "string", "pattern": r"^([4-9][0-9]{3}|[1-9][0-9]{4})$"},
                required=True,
            ),
        ),
        replies={
            200: Reply("what was said", Transcription),
            **failures(
                s400="no sound, or no rate",
                s408="the sound did not arrive in time",
                s413="more than 50 MB",
                **_REFUSALS,
            ),
        },
    ),
)
