"""Work beside a body."""

import asyncio

import pytest

from appliance.background import concurrently
from appliance.errors import SettingsError
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


def test_leaving_waits_for_the_work() -> None:
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(1)
        done.append("work")

    async def body() -> None:
        async with concurrently(work()):
            done.append("body")

    run(body())
    assert done == ["body", "work"]


def test_an_error_of_the_body_comes_out_as_it_is_and_ends_the_work() -> None:
    async def body() -> None:
        async with concurrently(asyncio.sleep(1000)):
            raise SettingsError("one clear line")

    with pytest.raises(SettingsError, match="one clear line"):
        run(body())


def test_an_error_of_the_work_ends_the_body() -> None:
    async def work() -> None:
        await asyncio.sleep(1)
        raise SettingsError("the work")

    async def body() -> None:
        async with concurrently(work()):
            await asyncio.sleep(1000)

    with pytest.raises(SettingsError, match="the work"):
        run(body())
