"""The pace of a session's sound, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import uuid4

import pytest

from appliance.audio.frame import FRAME_S
from appliance.call.events import AgentSaid, CallerSaid, Interrupted
from appliance.sts.line import LEAD_FRAMES, WAITING_MESSAGES, StsLine
from appliance.sts.messages import Fault, Interruption, Spoken
from appliance.turns.pacer import Pacer
from tests.fakes import virtual_time

pytestmark = pytest.mark.unit

FRAME = b"\1\2" * 160


def sent(
    supply: Callable[[float], bytes | None], until_s: float
) -> list[tuple[float, bytes | object]]:
    """What a line sends, and when, while its call supplies at each moment what ``supply`` gives."""

    async def held() -> list[tuple[float, bytes | object]]:
        loop = asyncio.get_running_loop()
        line = StsLine(uuid4(), Pacer())
        line.play_from(lambda: supply(loop.time()))
        found: list[tuple[float, bytes | object]] = []

        async def send() -> None:
            async for item in line.outgoing():
                found.append((loop.time(), item))
            line.closed()

        sending = asyncio.create_task(send())
        await asyncio.sleep(until_s)
        await line.hang_up()
        await sending
        return found

    return virtual_time.run(held())


def run(work: Callable[[StsLine], Coroutine[Any, Any, None]]) -> StsLine:
    async def held() -> StsLine:
        line = StsLine(uuid4(), Pacer())
        await work(line)
        line.closed()
        return line

    return virtual_time.run(held())


def test_speech_begins_two_frames_ahead_and_stays_so() -> None:
    frames = sent(lambda now_s: FRAME, 1.0)
    began_s = frames[0][0]
    assert [at_s for at_s, _ in frames[: 1 + LEAD_FRAMES]] == [began_s] * (1 + LEAD_FRAMES)
    for number, (at_s, _) in enumerate(frames[1 + LEAD_FRAMES :], 1):
        assert at_s == pytest.approx(began_s + number * FRAME_S)


def test_after_a_silence_it_is_ahead_again_by_as_much_and_no_more() -> None:
    frames = sent(lambda now_s: None if 0.3 <= now_s < 0.6 else FRAME, 0.9)
    times = [at_s for at_s, _ in frames]
    assert not [at_s for at_s in times if 0.3 <= at_s < 0.58]
    second = [at_s for at_s in times if at_s >= 0.58]
    assert second.count(second[0]) == 1 + LEAD_FRAMES


def test_silence_is_nothing() -> None:
    assert sent(lambda now_s: None, 1.0) == []


def test_what_is_told_keeps_its_order_among_the_frames() -> None:
    async def held(line: StsLine) -> None:
        line.tell(CallerSaid("Hello."))
        line.tell(Interrupted())
        line.tell(AgentSaid("Good day."))
        line.complain("no")
        line.begin_hang_up("hung_up")
        assert [item async for item in line.outgoing()] == [
            Spoken("user", "Hello."),
            Interruption(),
            Spoken("agent", "Good day."),
            Fault("no"),
        ]

    run(held)


def test_nothing_is_told_after_the_end_and_the_first_reason_stays() -> None:
    async def held(line: StsLine) -> None:
        line.begin_hang_up("protocol_error")
        line.begin_hang_up("hung_up")
        line.tell(CallerSaid("Hello."))
        assert [item async for item in line.outgoing()] == []

    assert run(held).end == "protocol_error"


def test_a_peer_that_reads_nothing_is_given_up() -> None:
    async def held(line: StsLine) -> None:
        for _ in range(WAITING_MESSAGES + 1):
            line.complain("no")

    assert run(held).end == "peer_stalled"


def test_a_supplier_that_fails_ends_its_own_call() -> None:
    def broken() -> bytes | None:
        raise ZeroDivisionError

    async def held(line: StsLine) -> None:
        line.play_from(broken)
        await asyncio.sleep(0.1)

    assert run(held).end == "internal_error"
