"""The demonstration: the real service, a simulated caller, one conversation, measured and
recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appliance.bench.local_service import local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.errors import ApplianceError
from appliance.settings import Settings
from appliance.weights.catalogue import models_root

CONVERSATION: Final = Path("demo") / "caller" / "conversation.toml"


@dataclass(frozen=True, slots=True)
class DemoResult:
    """One conversation from both sides."""

    call: CallResult
    """What the caller measured."""
    record: dict[str, Any]
    """What the service wrote down, as ``GET /call/{uuid}`` gives it."""
    start_s: float
    """Start of the service to ready."""
    lines: int
    """How many the caller had to say."""

    @property
    def passed(self) -> bool:
        """Every line was said and answered."""
        return self.call.all_answered and len(self.call.lines) == self.lines


def demo_conversation() -> Path:
    """The lines that come with the appliance."""
    return models_root() / CONVERSATION


async def run_demo(
    settings: Settings,
    lines: Sequence[Line],
    record: Path,
    say: Callable[[str], None],
) -> DemoResult:
    """Start a service, hold the conversation, stop the service; ``say`` is told each step.

    Raises ApplianceError when the service does not start or does not know the call afterwards.
    """
    say("starting the service: speech recognition, language model and voice are being loaded")
    async with local_service(settings) as service:
        say(f"ready after {service.start_s:.1f} s; the caller dials and says {len(lines)} lines")
        target = Target(host=service.host, port=service.port, record=record)
        await service.client.announce(target.uuid, {"from": "1000", "to": "5001"})
        call = await place_call(target, lines)
        call_record = await service.client.record(call.uuid)
        start_s = service.start_s or 0.0
        say("the call is over; stopping the service")
    if call_record is None:
        raise ApplianceError("the service kept no record of the call; set keep_calls above 0")
    return DemoResult(call, call_record, start_s, len(lines))
