"""``appliance bench calls``: several calls at once, all talking; and many short ones after them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from appliance.bench.exchange import by_source, exchanges_of, uneven_calls
from appliance.bench.figures import (
    Conditions,
    Exposition,
    ProcessState,
    Spread,
    bucket_quantile,
    process_state,
    spread,
)
from appliance.bench.held_call import hold_call, record_of
from appliance.bench.local_service import Service
from appliance.bench.turns import Say
from appliance.caller.line import Line
from appliance.caller.result import CallResult

LATENESS: Final = "appliance_playout_lateness_seconds"
LATENESS_QUANTILE: Final = 0.99
ROOM_POLL_S: Final = 0.02
ROOM_POLLS: Final = 100
SETTLE_S: Final = 0.5
"""Between the last call's end and the count of what it left behind."""


@dataclass(frozen=True, slots=True)
class SoakReport:
    """Many short calls: what the service held before and after. None where it is not ours."""

    calls: int
    unanswered: int
    before: ProcessState | None
    after: ProcessState | None
    tasks_before: int
    tasks_after: int


@dataclass(frozen=True, slots=True)
class CallsReport:
    """Result of the measurement."""

    conditions: Conditions
    calls: int
    runs: int
    start_s: float | None
    lines: int
    unanswered: int
    refused: int
    voice_to_voice: Spread | None
    by_source: dict[str, Spread | None]
    uneven_calls: int
    """As in ``TurnsReport``."""
    greeting: Spread | None
    playout_lateness_p99_below_ms: float | None
    """The bound of the histogram's bucket that holds it."""
    underruns: int
    frames_lost: int
    """Frames that a caller's connection did not take, or that the service could not keep up
    with."""
    worst_gap_ms: float
    """Longest time between two frames, as the callers saw it."""
    memory: ProcessState | None
    """While the calls had just ended; ``peak_mb`` is the most there ever was."""
    soak: SoakReport | None


async def measure_calls(
    service: Service,
    lines: Sequence[Line],
    calls: int,
    runs: int,
    soak: int,
    conditions: Conditions,
    say: Say,
) -> CallsReport:
    """``runs`` times ``calls`` conversations at once, then ``soak`` short calls."""
    before = Exposition(await service.client.metrics())
    results: list[CallResult] = []
    for number in range(runs):
        say(f"{calls} calls at once, {number + 1} of {runs}")
        await _room(service, calls)
        results += await _crowd(service, lines, calls)
    held = [(call, await record_of(service, call)) for call in results]
    exchanges = [exchange for call, record in held for exchange in exchanges_of(call, record)]
    after = Exposition(await service.client.metrics())
    late_s = bucket_quantile(before.buckets(LATENESS), after.buckets(LATENESS), LATENESS_QUANTILE)
    said = [line for call in results for line in call.lines]
    memory = _state(service)
    return CallsReport(
        conditions=conditions.of_service(before, own=service.pid is not None),
        calls=calls,
        runs=runs,
        start_s=service.start_s,
        lines=len(said),
        unanswered=calls * runs * len(lines) - sum(line.answered for line in said),
        refused=sum(call.outcome == "refused" for call in results),
        voice_to_voice=spread(each.answered_s for each in exchanges),
        by_source=by_source(exchanges),
        uneven_calls=uneven_calls(held),
        greeting=spread(call.greeting_s for call in results),
        playout_lateness_p99_below_ms=None if late_s is None else late_s * 1000,
        underruns=int(_gained(before, after, "appliance_playout_underruns_total")),
        frames_lost=int(_gained(before, after, "appliance_frames_lost_total")),
        worst_gap_ms=round(1000 * max(call.worst_gap_s for call in results), 1),
        memory=memory,
        soak=await _soak(service, lines[1:2] or lines, soak, calls, say) if soak else None,
    )


async def _crowd(service: Service, lines: Sequence[Line], calls: int) -> list[CallResult]:
    """All at once, each beginning at another line: people do not ask in chorus. The last line (a
    goodbye) stays the last."""
    works = []
    for number in range(calls):
        start = number % max(1, len(lines) - 1)
        turned = [*lines[start:-1], *lines[:start], lines[-1]]
        works.append(hold_call(service, turned))
    return list(await asyncio.gather(*works))


async def _soak(
    service: Service, lines: Sequence[Line], calls: int, at_once: int, say: Say
) -> SoakReport:
    """Calls of one question each, ``at_once`` of them at a time. The first ones settle what is made
    only once, and are not counted."""
    await _crowd(service, lines, at_once)
    await _quiet(service)
    before, tasks_before = _state(service), await _tasks(service)
    unanswered = 0
    for done in range(0, calls, at_once):
        say(f"{done} of {calls} short calls")
        await _room(service, at_once)
        results = await _crowd(service, lines, min(at_once, calls - done))
        unanswered += sum(not result.all_answered for result in results)
    await _quiet(service)
    return SoakReport(
        calls, unanswered, before, _state(service), tasks_before, await _tasks(service)
    )


async def _quiet(service: Service) -> None:
    """Wait until every call has been cleared away, and a moment more."""
    await _room(service, int((await service.client.readiness())["calls_max"]))
    await asyncio.sleep(SETTLE_S)


async def _room(service: Service, calls: int) -> None:
    """Wait until the calls before have been cleared away: a caller who dials in the same
    millisecond would be refused by a service that is exactly as large as the measurement."""
    for _ in range(ROOM_POLLS):
        state = await service.client.readiness()
        if state["calls_max"] - state["calls_active"] >= calls:
            return
        await asyncio.sleep(ROOM_POLL_S)


async def _tasks(service: Service) -> int:
    return int(Exposition(await service.client.metrics()).total("appliance_tasks"))


def _state(service: Service) -> ProcessState | None:
    return None if service.pid is None else process_state(service.pid)


def _gained(before: Exposition, after: Exposition, name: str) -> float:
    return after.total(name) - before.total(name)
