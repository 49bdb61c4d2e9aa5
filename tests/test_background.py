"""Work beside the calls: it has an owner, and a failure does not end it."""

import asyncio
import logging

import pytest

from appliance.background import AGAIN_S, Background
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


def test_work_that_fails_is_logged_and_begins_again(caplog: pytest.LogCaptureFixture) -> None:
    begun_s: list[float] = []

    async def work() -> None:
        begun_s.append(asyncio.get_running_loop().time())
        if len(begun_s) < 3:
            raise OSError("Too many open files")

    async def service() -> None:
        async with Background() as background:
            background.keep_up(work)
            await asyncio.sleep(10 * AGAIN_S)

    with caplog.at_level(logging.ERROR):
        run(service())
    assert [after - before for before, after in zip(begun_s, begun_s[1:], strict=False)] == [
        pytest.approx(AGAIN_S)
    ] * 2
    assert len(caplog.records) == 2
    assert "begins again" in caplog.records[0].getMessage()


def test_work_is_over_when_its_owner_is() -> None:
    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def service() -> None:
        async with Background() as background:
            background.keep_up(endless)
            await asyncio.sleep(1)

    run(service())
    assert ended == ["cancelled"]
