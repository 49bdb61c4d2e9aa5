"""Speech recognition by AVR's services, each quirk of theirs by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES
from appliance.engines.remote.avr_recognizer import AvrRecognizer
from appliance.engines.remote.avr_session import AvrSession
from appliance.errors import EngineError, RemoteError
from tests.fakes.avr_services import AsrService, ScriptedHearing, Served, serve

pytestmark = pytest.mark.e2e

UUID = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
TABLE = "i would like to book a table"
FOUR = "for four people tomorrow"
SPEECH = np.full(FRAME_SAMPLES, 3000, np.int16)
QUIET = np.zeros(FRAME_SAMPLES, np.int16)


@asynccontextmanager
async def session_with(
    service: AsrService, *, silence_s: float = 5.0
) -> AsyncIterator[tuple[AvrSession, Served]]:
    async with serve(service) as served:
        recognizer = AvrRecognizer(served.url, silence_s=silence_s)
        try:
            session = await recognizer.open(call_id=UUID)
            yield session, served
            await session.close()
        finally:
            await recognizer.close()


def say(session: AvrSession, seconds: float = 0.6) -> None:
    """An utterance and the pause that ends it, as the call feeds them."""
    for _ in range(round(seconds / 0.02)):
        session.feed(SPEECH)
    for _ in range(8):
        session.feed(QUIET)


def hears(*texts: str, silence_s: float = 0.5, by_clock: bool = False) -> ScriptedHearing:
    return ScriptedHearing(texts, silence_s, by_clock=by_clock)


def vosk(*texts: str, **quirks: object) -> AsrService:
    hearing = hears(*texts)
    return AsrService(lambda: hearing, **quirks)  # type: ignore[arg-type]


async def heard(session: AvrSession) -> str:
    say(session)
    return (await session.finish()).text


async def test_two_utterances_of_the_vosk_connector_are_two_texts_without_any_delimiter() -> None:
    async with session_with(vosk(TABLE, FOUR)) as (session, _):
        assert await heard(session) == TABLE
        assert await heard(session) == FOUR


async def test_headers_that_come_with_the_first_text_do_not_keep_sound_back() -> None:
    service = vosk(TABLE, late_headers=True)
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE
        assert len(service.received[0]) > 0.6 * 16000


async def test_headers_that_come_at_once_are_as_welcome() -> None:
    async with session_with(vosk(TABLE, late_headers=False)) as (session, _):
        assert await heard(session) == TABLE


async def test_the_silence_that_ends_an_utterance_is_sent_faster_than_it_lasts() -> None:
    async with session_with(vosk(TABLE)) as (session, _):
        say(session)
        began = asyncio.get_running_loop().time()
        await session.finish()
        assert asyncio.get_running_loop().time() - began < 0.4


async def test_a_service_that_looks_at_the_clock_gets_silence_in_real_time() -> None:
    hearing = hears(TABLE, silence_s=0.5, by_clock=True)
    async with session_with(AsrService(lambda: hearing, form="lines")) as (session, _):
        assert await heard(session) == TABLE


@pytest.mark.parametrize("form", ["lines", "sse", "sse_json", "json"])
async def test_a_text_may_come_in_many_forms(form: str) -> None:
    async with session_with(vosk(TABLE, FOUR, form=form)) as (session, _):
        assert await heard(session) == TABLE
        assert await heard(session) == FOUR


async def test_a_service_that_answers_whole_requests_is_found_out_and_understood() -> None:
    service = AsrService(lambda: hears(TABLE), form="whole_json")
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE
        assert await heard(session) == TABLE
    assert service.ended >= 2


async def test_pieces_of_words_are_put_together_by_their_spaces() -> None:
    service = vosk(
        TABLE, pieces=lambda text: ["i would", " like", " to book", " a ta", "ble", "<end>"]
    )
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE


async def test_a_notice_of_the_service_is_no_text() -> None:
    service = vosk(TABLE, notice="[VAD Service: Error during transcription process]\n")
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE


async def test_a_cough_has_no_words_and_the_next_utterance_has_its_own() -> None:
    class Picky(ScriptedHearing):
        """Drops what is shorter than half a second, as asr-to-stt does."""

        def accept(self, sound: bytes) -> str | None:
            if any(sound):
                self.voiced = getattr(self, "voiced", 0) + len(sound)
            text = super().accept(sound)
            if text is not None and self.voiced < 8000:
                self.texts.insert(0, text)
                text = None
            if text is not None:
                self.voiced = 0
            return text

    hearing = Picky([TABLE, FOUR])
    async with session_with(AsrService(lambda: hearing)) as (session, _):
        assert await heard(session) == TABLE
        session.feed(SPEECH)
        cough = await session.finish()
        assert (cough.text, cough.final, cough.confidence) == ("", True, 1.0)
        assert await heard(session) == FOUR


async def test_nothing_fed_is_nothing_heard_at_once() -> None:
    async with session_with(vosk(TABLE)) as (session, _):
        assert (await session.finish()).text == ""


async def test_who_goes_on_after_a_pause_gets_the_words_of_both_parts() -> None:
    async with session_with(vosk(TABLE, FOUR, delay_s=0.3)) as (session, _):
        say(session)
        first = asyncio.create_task(session.finish())
        await asyncio.sleep(0.05)
        say(session)
        second = await session.finish()
        assert ((await first).text, second.text) == (TABLE, FOUR)


async def test_a_service_that_makes_one_text_of_two_parts_holds_nobody_up() -> None:
    hearing = hears(f"{TABLE} {FOUR}", silence_s=0.5, by_clock=True)
    async with session_with(AsrService(lambda: hearing)) as (session, _):
        say(session)
        first = asyncio.create_task(session.finish())
        await asyncio.sleep(0.1)
        say(session)
        began = asyncio.get_running_loop().time()
        second = await session.finish()
        assert (await first).text == f"{TABLE} {FOUR}"
        assert second.text == ""
        assert asyncio.get_running_loop().time() - began < 2.5


async def test_the_call_is_named_and_the_type_is_plain_bytes() -> None:
    service = vosk(TABLE)
    async with session_with(service) as (session, _):
        await heard(session)
    assert service.uuids == [UUID]
    assert service.types == ["application/octet-stream"]


async def test_a_call_is_one_request_and_its_body_is_brought_to_an_end() -> None:
    service = vosk(TABLE, FOUR)
    async with session_with(service) as (session, _):
        await heard(session)
        await heard(session)
        await session.close()
        await asyncio.sleep(0.1)
        assert service.ended == 1
    assert len(service.received) == 1


async def test_a_response_that_ends_with_each_utterance_is_asked_anew() -> None:
    service = vosk(TABLE, FOUR, ends_each=True)
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE
        assert await heard(session) == FOUR
    assert len(service.received) >= 2


async def test_an_utterance_in_which_the_connection_broke_is_sent_again() -> None:
    service = vosk(TABLE, break_after=6000)
    async with session_with(service) as (session, _):
        assert await heard(session) == TABLE
    assert len(service.received) == 2


async def test_a_service_that_dies_is_a_remote_error() -> None:
    async with session_with(vosk(TABLE, FOUR)) as (session, served):
        await heard(session)
        await served.die()
        with pytest.raises(RemoteError, match=r"avr-asr: http://127\.0\.0\.1:\d+/speech"):
            await heard(session)


async def test_a_service_that_refuses_is_a_remote_error_with_its_status() -> None:
    async with session_with(vosk(TABLE, status=500)) as (session, _):
        say(session)
        with pytest.raises(RemoteError) as refused:
            await session.finish()
        assert refused.value.status == 500


async def test_nobody_there_is_known_before_the_greeting() -> None:
    recognizer = AvrRecognizer("http://127.0.0.1:9", silence_s=5.0)
    with pytest.raises(RemoteError) as missing:
        await recognizer.open(call_id=UUID)
    assert missing.value.code == "remote_unreachable"
    await recognizer.close()


async def test_a_service_that_never_says_a_word_has_failed() -> None:
    async with session_with(vosk(deaf=True), silence_s=2.0) as (session, _):
        say(session, 1.5)
        with pytest.raises(RemoteError, match="no words"):
            await session.finish()


async def test_a_closed_session_hears_nothing_and_says_so() -> None:
    async with session_with(vosk(TABLE)) as (session, _):
        await session.close()
        with pytest.raises(EngineError, match="closed"):
            session.feed(SPEECH)
