"""Words that are on their way."""

from __future__ import annotations

import asyncio

import pytest

from appliance.call.segment import Segment
from appliance.engines.base import Transcript
from appliance.errors import RecognizerError
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


async def heard(text: str, after_s: float = 0.1) -> Transcript:
    await asyncio.sleep(after_s)
    if not text:
        raise RecognizerError("scripted", "it is deaf")
    return Transcript(text, final=True)


def test_words_can_be_asked_for_again_and_by_others_who_give_up() -> None:
    async def work() -> list[str]:
        async with asyncio.TaskGroup() as tasks:
            segment = Segment(heard("yes"), tasks)
            impatient = asyncio.create_task(segment.words())
            await asyncio.sleep(0.05)
            impatient.cancel()
            return [(await segment.words()).text, (await segment.words()).text]

    assert run(work()) == ["yes", "yes"]


def test_a_failure_is_raised_to_who_asks_and_ends_no_call() -> None:
    async def work() -> None:
        async with asyncio.TaskGroup() as tasks:
            segment = Segment(heard(""), tasks)
            await asyncio.sleep(1.0)
            with pytest.raises(RecognizerError):
                await segment.words()

    run(work())


def test_work_that_is_given_up_before_it_began_is_closed() -> None:
    async def work() -> None:
        async with asyncio.TaskGroup() as tasks:
            Segment(heard("yes"), tasks).cancel()

    run(work())
