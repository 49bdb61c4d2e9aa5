"""The demonstration: the real service, simulated callers, their conversations, measured and
recorded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appliance.agents.addresses import engines_of
from appliance.bench.local_service import Service, local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.conversation import by_caller
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.config.agent_defaults import site_agents, told_of
from appliance.config.settings import Settings
from appliance.errors import ApplianceError
from appliance.weights.catalogue import models_root

EXTENSION: Final = "5001"
"""What the caller dials."""
CONVERSATION: Final = Path("demo") / "caller" / "conversation.toml"


@dataclass(frozen=True, slots=True)
class DemoCall:
    """One conversation from both sides."""

    caller: str
    """Their name; empty where only one calls."""
    call: CallResult
    """What the caller measured."""
    record: dict[str, Any]
    """What the service wrote down, as ``GET /call/{uuid}`` gives it."""
    lines: int
    """How many the caller had to say."""

    @property
    def passed(self) -> bool:
        """Every line was said and answered."""
        return self.call.all_answered and len(self.call.lines) == self.lines

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return {"caller": self.caller, "call": self.call.to_json(), "record": self.record}


@dataclass(frozen=True, slots=True)
class DemoResult:
    """All that was held and seen."""

    calls: tuple[DemoCall, ...]
    start_s: float
    """Start of the service to ready."""
    models: Mapping[str, str]
    """What ran: "recognizer", "language_model" and "voice" to a model's name, or to an address."""

    @property
    def passed(self) -> bool:
        return all(call.passed for call in self.calls)

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        calls = [call.to_json() for call in self.calls]
        return {"models": dict(self.models), "start_s": self.start_s, "calls": calls}


def demo_conversation() -> Path:
    """The lines that come with the appliance, of two callers."""
    return models_root() / CONVERSATION


async def run_demo(
    settings: Settings,
    lines: Sequence[Line],
    record: Path,
    say: Callable[[str], None],
) -> DemoResult:
    """Start a service, hold the conversations (all callers at the same time, as far as the
    settings let them in), stop the service; ``say`` is told each step.

    ``record`` is the WAV of the only call; of several, the caller's name is added to it. Raises
    ApplianceError when the service does not start or does not know a call afterwards.
    """
    agents = site_agents(settings)
    callers = by_caller(lines)
    lines_at_once = asyncio.Semaphore(settings.max_calls)
    if agents.stand_ins:
        say(told_of(agents.stand_ins))
    say("starting the service: speech recognition, language model and voice are being loaded")
    async with local_service(settings) as service:
        say(f"ready after {service.start_s:.1f} s; {_who(callers)}")

        async def held(caller: str) -> DemoCall:
            async with lines_at_once:
                return await _held(service, caller, callers[caller], _wav(record, caller))

        async with asyncio.TaskGroup() as tasks:
            calls = [tasks.create_task(held(caller)) for caller in callers]
        say("the calls are over; stopping the service")
    models = engines_of(agents.for_extension(EXTENSION))
    return DemoResult(tuple(call.result() for call in calls), service.start_s or 0.0, models)


async def _held(service: Service, caller: str, lines: Sequence[Line], record: Path) -> DemoCall:
    target = Target(host=service.host, port=service.port, record=record)
    await service.client.announce(target.uuid, {"from": "1000", "to": EXTENSION})
    call = await place_call(target, lines)
    call_record = await service.client.record(call.uuid)
    if call_record is None:
        raise ApplianceError("the service kept no record of the call; set keep_calls above 1")
    return DemoCall(caller, call, call_record, len(lines))


def _who(callers: Mapping[str, Sequence[Line]]) -> str:
    told = [f"{name or 'the caller'} ({len(lines)} lines)" for name, lines in callers.items()]
    return f"{' and '.join(told)} dial{'s' if len(told) == 1 else ''}"


def _wav(record: Path, caller: str) -> Path:
    return record.with_stem(f"{record.stem}-{caller.lower()}") if caller else record
