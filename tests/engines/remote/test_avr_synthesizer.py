"""Speech of AVR's TTS services, each quirk of theirs by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest
from aiohttp import web

from appliance.audio.frame import Pcm
from appliance.engines.remote.avr_synthesizer import AvrSynthesizer
from appliance.errors import RemoteError
from tests.fakes.avr_services import TtsService, serve, serve_app

pytestmark = pytest.mark.e2e

UUID = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
TEXT = "We are open from nine to five."
TONE: Pcm = (8000 * np.sin(np.arange(8000) / 3)).astype(np.int16)


def tone(text: str) -> Pcm:
    return TONE


@asynccontextmanager
async def voice_of(service: TtsService, *, silence_s: float = 2.0) -> AsyncIterator[AvrSynthesizer]:
    async with serve(service) as served:
        voice = AvrSynthesizer(served.url, silence_s=silence_s)
        try:
            yield voice
        finally:
            await voice.close()


async def sound_of(service: TtsService) -> Pcm:
    async with voice_of(service) as voice:
        speech = await voice.synthesize(TEXT, call_id=UUID)
    assert (speech.rate_hz, speech.text) == (8000, TEXT)
    return speech.pcm


async def test_raw_samples_are_taken_as_they_are() -> None:
    service = TtsService(tone)
    assert np.array_equal(await sound_of(service), TONE)
    assert service.uuids == [UUID]
    assert service.texts == [TEXT]


async def test_chunks_of_odd_length_lose_no_sample() -> None:
    assert np.array_equal(await sound_of(TtsService(tone, chunk_bytes=333)), TONE)


async def test_a_wav_header_of_unknown_lengths_is_not_played() -> None:
    assert np.array_equal(await sound_of(TtsService(tone, wav=True)), TONE)


async def test_a_wav_header_may_come_byte_by_byte() -> None:
    service = TtsService(lambda text: TONE[:400], wav=True, chunk_bytes=1)
    assert np.array_equal(await sound_of(service), TONE[:400])


async def test_the_rate_that_a_wav_names_is_believed() -> None:
    async with voice_of(TtsService(tone, wav=True, wav_rate_hz=16000)) as voice:
        assert (await voice.synthesize(TEXT)).rate_hz == 16000


@pytest.mark.parametrize("label", ["audio/basic", "audio/wav", "application/octet-stream"])
async def test_the_label_of_the_sound_is_not_believed(label: str) -> None:
    assert np.array_equal(await sound_of(TtsService(tone, content_type=label)), TONE)


async def test_silence_around_the_voice_is_cut_off() -> None:
    quiet = np.zeros(4000, np.int16)
    pcm = await sound_of(TtsService(lambda text: np.concatenate([quiet, TONE, quiet])))
    assert TONE.size <= pcm.size <= TONE.size + 2 * 280


async def test_a_sound_that_breaks_off_once_is_asked_for_again() -> None:
    service = TtsService(tone, cut_after=3000)
    assert np.array_equal(await sound_of(service), TONE)
    assert len(service.texts) == 2


async def test_a_sound_that_breaks_off_again_is_a_remote_error() -> None:
    with pytest.raises(RemoteError, match="broke off"):
        await sound_of(TtsService(tone, cut_after=3000, cut_always=True))


@pytest.mark.parametrize("status", [400, 500, 502])
async def test_an_error_is_a_remote_error_without_what_the_service_said(status: int) -> None:
    with pytest.raises(RemoteError, match=f"answered {status}") as refused:
        await sound_of(TtsService(tone, status=status))
    assert "Text is required" not in str(refused.value)


async def test_no_sound_is_a_remote_error() -> None:
    with pytest.raises(RemoteError, match="without sound"):
        await sound_of(TtsService(tone, body=b""))


async def test_a_page_of_text_is_not_played() -> None:
    with pytest.raises(RemoteError, match="in place of sound"):
        await sound_of(TtsService(tone, body=b"<html>", content_type="text/html"))


@pytest.mark.parametrize(("body", "name"), [(b"ID3\4", "MP3"), (b"OggS\0", "Ogg")])
async def test_compressed_sound_is_not_played_as_noise(body: bytes, name: str) -> None:
    with pytest.raises(RemoteError, match=f"sound as {name}"):
        await sound_of(TtsService(tone, body=body * 500))


async def test_a_service_that_stops_sending_is_a_time_out() -> None:
    async with voice_of(TtsService(tone, gap_s=1.0), silence_s=0.1) as voice:
        with pytest.raises(RemoteError) as late:
            await voice.synthesize(TEXT)
    assert late.value.code == "remote_timeout"


async def test_a_cancelled_text_ends_its_request() -> None:
    service = TtsService(tone, gap_s=0.01)
    async with voice_of(service) as voice:
        speaking = asyncio.create_task(voice.synthesize(TEXT))
        await asyncio.sleep(0.1)
        speaking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await speaking
        await asyncio.sleep(0.1)
    assert service.broken == 1


async def test_a_redirect_is_not_followed() -> None:
    app = web.Application()

    async def elsewhere(request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("http://example.org/text-to-speech-stream")

    app.router.add_post("/text-to-speech-stream", elsewhere)
    async with serve_app(lambda: app) as served:
        voice = AvrSynthesizer(served.url, silence_s=1.0)
        with pytest.raises(RemoteError, match="redirects are not followed"):
            await voice.synthesize(TEXT)
        await voice.close()


async def test_an_address_with_a_path_of_its_own_is_used_as_it_is() -> None:
    async with serve(TtsService(tone)) as served:
        voice = AvrSynthesizer(f"{served.url}/v2/speak", silence_s=1.0)
        with pytest.raises(RemoteError, match="404; check the address"):
            await voice.synthesize(TEXT)
        await voice.close()


async def test_a_password_in_the_address_is_not_shown() -> None:
    voice = AvrSynthesizer("http://user:hidden@127.0.0.1:9/?key=hidden", silence_s=1.0)
    with pytest.raises(RemoteError) as missing:
        await voice.synthesize(TEXT)
    assert "hidden" not in str(missing.value)
    await voice.close()
