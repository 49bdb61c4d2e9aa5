"""Replies of AVR's LLM services, each quirk of theirs by itself."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager

import numpy as np
import pytest

from appliance.engines.base import Message, Sampling, Speech
from appliance.engines.remote.avr_language_model import AvrLanguageModel, AvrLanguageSession
from appliance.errors import RemoteError
from tests.fakes.avr_services import LlmService, ffmpeg_header, serve

pytestmark = pytest.mark.e2e

UUID = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
OPENING = [
    Message("system", "You are a receptionist."),
    Message("user", "My back hurts."),
    Message("assistant", "I am sorry to hear that."),
    Message("user", "Hello."),
]
HOURS = [
    *OPENING,
    Message("assistant", "Good morning, how can I help?"),
    Message("user", "What are your opening hours?"),
]


def text(content: str) -> bytes:
    return json.dumps({"type": "text", "content": content}, ensure_ascii=False).encode()


def audio(data: bytes) -> bytes:
    content = {"type": "Buffer", "data": list(data)}
    return json.dumps({"type": "audio", "content": content}).encode()


def says(*pieces: bytes, **quirks: object) -> LlmService:
    return LlmService(lambda asked: pieces, **quirks)  # type: ignore[arg-type]


@asynccontextmanager
async def session_with(
    service: LlmService, *, silence_s: float = 2.0
) -> AsyncIterator[AvrLanguageSession]:
    async with serve(service) as served:
        model = AvrLanguageModel(served.url, silence_s=silence_s)
        try:
            yield await model.open(OPENING, call_id=UUID)
        finally:
            await model.close()


async def reply(
    session: AvrLanguageSession, messages: Sequence[Message] = HOURS
) -> list[str | Speech]:
    return [part async for part in session.reply(messages, Sampling())]


async def words(service: LlmService) -> str:
    async with session_with(service) as session:
        return "".join(part for part in await reply(session) if isinstance(part, str))


async def test_objects_follow_each_other_without_a_delimiter() -> None:
    assert await words(says(text("We are open ") + text("from nine to five."))) == (
        "We are open from nine to five."
    )


async def test_an_object_may_be_cut_anywhere_even_in_a_character_or_an_escape() -> None:
    body = text('Anything else? é{}"x"\n') + text("日本語 \\ ok")
    pieces = [body[at : at + 1] for at in range(len(body))]
    assert await words(says(*pieces)) == 'Anything else? é{}"x"\n日本語 \\ ok'


async def test_bare_text_of_an_older_service_is_text() -> None:
    assert await words(says(b"We are open ", b"from nine.")) == "We are open from nine."


async def test_events_and_a_done_marker_are_understood_too() -> None:
    body = b"data: " + text("We are ") + b"\n\ndata: " + text("open.") + b"\n\ndata: [DONE]\n\n"
    assert await words(says(body)) == "We are open."


async def test_citations_are_left_out_even_when_they_are_cut() -> None:
    service = says(text("From nine【12"), text(":0†hours. txt】 to five."))
    assert await words(service) == "From nine to five."


async def test_objects_of_other_kinds_are_ignored() -> None:
    other = b'{"type":"meta","content":"x"}{"type":"text","content":7}'
    assert await words(says(other, text("Yes."))) == "Yes."


async def test_sound_is_played_in_its_place_as_pieces_of_one_wav() -> None:
    sound = np.arange(1, 8001, dtype="<i2")
    wav = ffmpeg_header() + sound.tobytes()
    cuts = [0, 10, 61, 99, 1500, 1501, len(wav)]
    pieces = [audio(wav[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]
    async with session_with(says(text("Listen. "), *pieces, text("Thank you."))) as session:
        before, *recording, after = await reply(session)
    assert (before, after) == ("Listen. ", "Thank you.")
    assert all(isinstance(part, Speech) and part.rate_hz == 8000 for part in recording)
    assert np.array_equal(np.concatenate([part.pcm for part in recording]), sound)  # type: ignore[union-attr]
    assert [part.text for part in recording] == ["[recording]", ""]  # type: ignore[union-attr]
    assert recording[0].pcm.size % 160 == 0  # type: ignore[union-attr]


async def test_a_second_wav_begins_with_its_own_header() -> None:
    wav = ffmpeg_header() + bytes(range(1, 101)) * 4
    async with session_with(says(audio(wav), audio(wav))) as session:
        recordings = await reply(session)
    assert [part.pcm.size for part in recordings] == [200, 200]  # type: ignore[union-attr]


async def test_all_three_fields_and_the_header_name_the_call_and_the_question() -> None:
    service = says(text("Yes."))
    async with session_with(service) as session:
        await reply(session)
    assert service.uuids == [UUID]
    assert service.asked == [
        {
            "uuid": UUID,
            "message": "What are your opening hours?",
            "messages": [
                {"role": "user", "content": "Hello."},
                {"role": "assistant", "content": "Good morning, how can I help?"},
                {"role": "user", "content": "What are your opening hours?"},
            ],
        }
    ]


async def test_a_long_call_sends_its_last_turns() -> None:
    service = says(text("Yes."))
    turns = [Message("user" if number % 2 else "assistant", str(number)) for number in range(100)]
    async with session_with(service) as session:
        await reply(session, [*OPENING, *turns])
    sent = service.asked[0]["messages"]
    assert [entry["role"] for entry in sent[:3]] == ["user", "assistant", "user"]
    assert len(sent) == 41
    assert sent[-1]["content"] == "99"


@pytest.mark.parametrize("status", [400, 500])
async def test_an_error_is_a_remote_error_without_what_the_service_said(status: int) -> None:
    async with session_with(says(status=status)) as session:
        with pytest.raises(RemoteError, match=f"answered {status}") as refused:
            await reply(session)
    assert refused.value.status == status
    assert "Messages" not in str(refused.value)


async def test_an_empty_body_is_a_remote_error() -> None:
    async with session_with(says()) as session:
        with pytest.raises(RemoteError, match="nothing"):
            await reply(session)


async def test_a_service_that_is_busy_for_a_moment_is_asked_twice() -> None:
    service = says(text("Yes."), fail_first=1)
    assert await words(service) == "Yes."
    assert len(service.asked) == 2


async def test_an_answer_that_breaks_off_is_a_remote_error_and_not_asked_again() -> None:
    service = says(text("We are open "), cut=True)
    async with session_with(service) as session:
        with pytest.raises(RemoteError, match="broke off"):
            await reply(session)
    assert len(service.asked) == 1


async def test_a_service_that_never_answers_is_a_time_out() -> None:
    async with session_with(says(hang=True), silence_s=0.2) as session:
        with pytest.raises(RemoteError, match="in time") as late:
            await reply(session)
    assert late.value.code == "remote_timeout"


async def test_a_reply_that_is_not_wanted_any_more_is_not_read_on() -> None:
    service = says(*[text("and ")] * 500, gap_s=0.01)
    async with session_with(service) as session:
        async with aclosing(session.reply(HOURS, Sampling())) as parts:
            assert await anext(parts) == "and "
        await asyncio.sleep(0.2)
    assert service.broken == 1


async def test_broken_json_is_a_remote_error_that_repeats_no_words() -> None:
    async with session_with(says(b'{"type":"text","content":secret}')) as session:
        with pytest.raises(RemoteError, match="not JSON") as wrong:
            await reply(session)
    assert "secret" not in str(wrong.value)
