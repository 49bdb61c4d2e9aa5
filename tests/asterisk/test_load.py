"""Many calls through a real Asterisk: nothing is lost while they last, nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.audio.frame import FRAME_S
from appliance.bench.local_service import Service
from tests.asterisk.pbx import Pbx
from tests.asterisk.sipp import many_calls
from tests.asterisk.stalls import stalls
from tests.asterisk.talk import AGENT
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]

CALLS = int(os.environ.get("ASTERISK_TESTS_CALLS", "60"))
"""How many calls one after the other are made; 200 when there is time."""
LONG_S = float(os.environ.get("ASTERISK_TESTS_SECONDS", "20"))
"""How long thirty calls at once last; 60 when there is time."""


def figure(metrics: str, name: str) -> float:
    """The sum of a metric over its labels."""
    lines = [line for line in metrics.splitlines() if line.startswith((f"{name} ", f"{name}{{"))]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


def sockets(pid: int) -> int:
    """Open sockets of a process."""
    names = (os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd"))
    return sum(name.startswith("socket:") for name in names)


CALLERS = 30


async def test_thirty_calls_at_once_lose_no_frame(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    """None, that is, but those of moments in which the whole machine stood still: then as many as
    fell into them."""
    await pbx.use(service)
    before = await service.client.metrics()
    async with stalls() as machine:
        await many_calls(
            pbx, "1003", AGENT, wavs["opening"], calls=CALLERS, at_once=CALLERS, duration_s=LONG_S
        )
        await pbx.falls_silent()
    after = await service.client.metrics()
    lost = [figure(metrics, "appliance_frames_lost_total") for metrics in (before, after)]
    assert lost[1] - lost[0] <= CALLERS * machine.total_s / FRAME_S
    calls = "appliance_calls_total"
    assert figure(after, calls) - figure(before, calls) == CALLERS


async def test_after_many_calls_nothing_is_left(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    await pbx.use(service)
    pid = service.pid
    assert pid is not None

    async def left() -> tuple[float, ...]:
        """Calls, tasks, threads and sockets of the service, sockets of Asterisk."""
        metrics = await service.client.metrics()
        names = ("appliance_calls_active", "appliance_tasks", "appliance_threads")
        return (*(figure(metrics, name) for name in names), sockets(pid), sockets(pbx.pid))

    async def as_before() -> bool:
        return all(now <= then for now, then in zip(await left(), before, strict=True))

    # the first calls open what stays open: pools of both programs
    await many_calls(pbx, "1003", AGENT, wavs["goodbye"], calls=10, at_once=10, duration_s=1.0)
    await pbx.falls_silent()
    before = await left()
    await many_calls(pbx, "1003", AGENT, wavs["goodbye"], calls=CALLS, at_once=10, duration_s=1.0)
    await pbx.falls_silent()
    await eventually(as_before, 40.0)  # a connection of HTTP is kept alive for a while
    assert (await left())[0] == 0
