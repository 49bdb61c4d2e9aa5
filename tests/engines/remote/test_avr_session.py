"""How long an utterance waits for its words, in virtual time and without a network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from appliance.engines.base import Transcript
from appliance.engines.remote.avr_session import (
    BURST,
    DRIBBLE_S,
    LONGEST_WAIT_S,
    SHORTEST_WAIT_S,
    AvrSession,
    Habits,
    OnEnd,
)
from appliance.errors import RemoteError
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

SPEECH = np.full(16000, 3000, np.int16)
COUGH = np.full(1600, 3000, np.int16)


@dataclass
class Request:
    """Stands for a ``SoundStream``."""

    on_text: Callable[[str], None]
    on_end: OnEnd
    sent: bytearray = field(default_factory=bytearray)
    pressing: bool = False
    ended: bool = False

    def send(self, sound: bytes) -> None:
        self.sent += sound

    def press(self, pressing: bool) -> None:
        self.pressing = pressing

    def end(self) -> None:
        self.ended = True

    def leave(self) -> None:
        self.ended = True


class Service:
    """Requests as they are made, and one session."""

    def __init__(self, habits: Habits | None = None) -> None:
        self.requests: list[Request] = []
        self.habits = habits or Habits(silence_s=10.0)
        self.session = AvrSession(
            self._begin, self.habits, lambda text: RemoteError("avr-asr", "http://box", text)
        )

    def _begin(self, on_text: Callable[[str], None], on_end: OnEnd, after_s: float) -> Request:
        self.requests.append(Request(on_text, on_end))
        return self.requests[-1]

    @property
    def request(self) -> Request:
        return self.requests[-1]

    async def hears(self, *texts: tuple[float, str], sound: Any = SPEECH) -> tuple[str, float]:
        """The words of one utterance for which the service sends ``texts`` so long after its end,
        and how long they took."""
        loop = asyncio.get_running_loop()
        self.session.feed(sound)
        for after_s, text in texts:
            loop.call_later(after_s, lambda text=text: self.requests[-1].on_text(text))
        began = loop.time()
        transcript: Transcript = await self.session.finish()
        return transcript.text, round(loop.time() - began, 3)


def in_time(test: Callable[[Service], Coroutine[Any, Any, None]]) -> None:
    async def with_service() -> None:
        await test(Service())

    run(with_service())


def test_the_first_text_after_the_pause_is_the_utterance() -> None:
    async def test(service: Service) -> None:
        assert await service.hears((0.2, "hello")) == ("hello", 0.2)
        assert service.request.sent.endswith(BURST)

    in_time(test)


def test_the_silence_goes_out_before_the_next_utterance_however_late_the_words_are_awaited() -> (
    None
):
    async def test(service: Service) -> None:
        service.session.feed(SPEECH)
        finish = service.session.finish()
        service.session.feed(SPEECH)
        speech = SPEECH.tobytes()
        assert bytes(service.request.sent) == speech + BURST + speech
        service.request.on_text("hello")
        assert (await finish).text == "hello"

    in_time(test)


def test_silence_in_real_time_is_wanted_only_while_somebody_waits() -> None:
    async def test(service: Service) -> None:
        asyncio.get_running_loop().call_later(0.1, lambda: seen.append(service.request.pressing))
        seen: list[bool] = []
        await service.hears((0.2, "hello"))
        assert (seen, service.request.pressing) == ([True], False)

    in_time(test)


def test_how_long_to_wait_for_nothing_is_learned() -> None:
    async def test(service: Service) -> None:
        await service.hears((0.1, "hello"))
        assert await service.hears(sound=COUGH) == ("", SHORTEST_WAIT_S)
        await service.hears((0.9, "hello"))
        assert await service.hears(sound=COUGH) == ("", 2.3)
        await service.hears((2.2, "hello"))
        assert await service.hears(sound=COUGH) == ("", LONGEST_WAIT_S)

    in_time(test)


def test_words_that_come_too_late_are_nobodys_and_lengthen_the_wait() -> None:
    async def test(service: Service) -> None:
        await service.hears((0.1, "hello"))
        assert await service.hears((1.2, "late")) == ("", SHORTEST_WAIT_S)
        await asyncio.sleep(0.5)
        assert await service.hears((0.2, "again")) == ("again", 0.2)
        assert service.habits.wait_s > 2.5

    in_time(test)


def test_pieces_of_words_are_waited_for_until_no_more_come() -> None:
    async def test(service: Service) -> None:
        service.session.feed(SPEECH)
        service.request.on_text("open")
        assert service.session.partial.text == "open"
        pieces = ((0.1, "ing"), (0.4, " hours"))
        assert await service.hears(*pieces) == ("opening hours", 0.4 + DRIBBLE_S)

    in_time(test)


def test_nothing_said_in_any_utterance_is_a_service_that_has_failed() -> None:
    async def test(service: Service) -> None:
        assert await service.hears() == ("", 2 * LONGEST_WAIT_S)
        assert service.request.ended
        with pytest.raises(RemoteError, match="no words"):
            await service.hears()

    in_time(test)


def test_a_request_that_ended_between_two_utterances_is_made_anew() -> None:
    async def test(service: Service) -> None:
        await service.hears((0.1, "hello"))
        service.request.on_end(service.request, None)
        assert len(service.requests) == 1
        assert await service.hears((0.1, "again")) == ("again", 0.1)
        assert len(service.requests) == 2

    in_time(test)


def test_an_utterance_whose_request_broke_is_sent_again_once() -> None:
    async def test(service: Service) -> None:
        fault = RemoteError("avr-asr", "http://box", "broke the connection")
        loop = asyncio.get_running_loop()
        for after_s in (0.1, 0.3):
            loop.call_later(after_s, lambda: service.request.on_end(service.request, fault))
        with pytest.raises(RemoteError, match="broke the connection"):
            await service.hears()
        assert len(service.requests) == 2
        assert bytes(service.requests[1].sent) == SPEECH.tobytes() + BURST

    in_time(test)


def test_cancelling_the_wait_leaves_the_session_usable() -> None:
    async def test(service: Service) -> None:
        waiting = asyncio.create_task(service.hears())
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await service.hears((0.1, "hello")) == ("hello", 0.1)

    in_time(test)
