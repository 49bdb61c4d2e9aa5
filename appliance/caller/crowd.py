"""Several simulated calls at once, as the command line describes them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.caller.caller import Echo, Target, place_call
from appliance.caller.conversation import lines_from_arguments
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.caller.script import Manners
from appliance.caller.service_client import service_client
from appliance.errors import SettingsError


@dataclass(frozen=True, slots=True)
class CallPlan:
    """What to say, where, how often."""

    lines: tuple[str, ...]
    """WAV files, or ``keys:12#``."""
    host: str
    port: int
    http_port: int | None
    """Announce each call there first; None: do not."""
    calls: int
    record: Path | None
    """Folder for recordings, made when missing."""
    barge_in: tuple[str, ...]
    """``LINE:MS``, lines counted from 1."""
    echo_db: float | None
    manners: Manners
    rate_hz: int = WIRE_RATE_HZ


async def place_calls(plan: CallPlan) -> list[CallResult]:
    """Hold all calls of a plan at the same time. Raises what ``place_call`` raises, and
    SettingsError for a plan that makes no sense."""
    lines = with_barge_in(lines_from_arguments(plan.lines, plan.rate_hz), plan.barge_in)
    if plan.record is not None:
        _make_folder(plan.record)
    return list(await asyncio.gather(*(_one(plan, lines) for _ in range(plan.calls))))


def with_barge_in(lines: tuple[Line, ...], provider_config: tuple[str, ...]) -> tuple[Line, ...]:
    """The lines, those named by ``LINE:MS`` spoken into the agent's words."""
    changed = list(lines)
    for wish in provider_config:
        number, _, delay_ms = wish.partition(":")
        if not (number.isdigit() and delay_ms.isdigit() and 1 <= int(number) <= len(lines)):
            raise SettingsError(
                f"--barge-in {wish}: must be LINE:MS, LINE from 1 to {len(lines)}, as in 1:500"
            )
        index = int(number) - 1
        changed[index] = replace(changed[index], barge_in_ms=int(delay_ms))
    return tuple(changed)


async def _one(plan: CallPlan, lines: tuple[Line, ...]) -> CallResult:
    uuid = uuid4()
    target = Target(
        host=plan.host,
        port=plan.port,
        uuid=uuid,
        echo=None if plan.echo_db is None else Echo(plan.echo_db),
        record=None if plan.record is None else plan.record / f"{uuid}.wav",
    )
    if plan.http_port is not None:
        async with service_client(f"http://{plan.host}:{plan.http_port}") as client:
            await client.announce(uuid, {"from": "1000", "to": "5001"})
    return await place_call(target, lines, plan.manners)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(f"--record {folder}: cannot be made: {error.strerror}") from error
