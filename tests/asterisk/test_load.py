"""Many calls through a real Asterisk: nothing is lost while they last, nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from appliance.audio.frame import FRAME_S
from appliance.bench.local_service import Service
from tests.asterisk.machine import others
from tests.asterisk.pbx import Pbx
from tests.asterisk.sipp import many_calls
from tests.asterisk.talk import AGENT
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.alone, pytest.mark.asyncio(loop_scope="session")]

CALLS = 200
"""Ten at a time."""
CALLERS = 30
"""At once, and each for so long:"""
LONG_S = 60.0

OURS = 0.15
"""Of its cores others may use so much, and the machine still counts as ours: then no frame may
be lost. Thirty calls use most of two cores."""
LOST = 0.05
"""Share of frames that may be lost otherwise: the calls did not get what they need."""


def figure(metrics: str, name: str) -> float:
    """The sum of a metric over its labels."""
    lines = [line for line in metrics.splitlines() if line.startswith((f"{name} ", f"{name}{{"))]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


def sockets(pid: int) -> int:
    """Open sockets of a process."""
    names = (os.readlink(f"/proc/{pid}/fd/{each}") for each in os.listdir(f"/proc/{pid}/fd"))
    return sum(name.startswith("socket:") for name in names)


async def test_thirty_calls_at_once_lose_no_frame(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    await pbx.use(service)
    assert service.pid is not None
    before = await service.client.metrics()
    with others([service.pid, pbx.pid]) as competing:
        await many_calls(
            pbx, "1003", AGENT, wavs["opening"], calls=CALLERS, at_once=CALLERS, duration_s=LONG_S
        )
        await pbx.falls_silent()
    after = await service.client.metrics()
    name = "appliance_frames_lost_total"
    lost = figure(after, name) - figure(before, name)
    print(f"{lost:.0f} frames lost; others used {competing.share:.0%} of the machine")
    if competing.share < OURS:
        assert lost == 0
    else:
        assert lost <= LOST * CALLERS * LONG_S / FRAME_S
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
