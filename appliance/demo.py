"""The demonstration: the real service, a simulated caller, one conversation, measured and
recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appliance.agent import Agent
from appliance.agent_defaults import site_agents, told_of
from appliance.bench.local_service import local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.engines.remote.addresses import OpenAiAddress, addresses
from appliance.errors import ApplianceError
from appliance.settings import Settings
from appliance.weights.catalogue import models_root

EXTENSION: Final = "5001"
"""What the caller dials."""
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
    models: Mapping[str, str]
    """What ran: "hears", "thinks" and "speaks" to a model's name, or to a service's address."""

    @property
    def passed(self) -> bool:
        """Every line was said and answered."""
        return self.call.all_answered and len(self.call.lines) == self.lines

    def to_json(self) -> dict[str, Any]:
        """Plain values for ``json.dumps``."""
        return {"models": self.models, "call": self.call.to_json(), "record": self.record}


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
    agents = site_agents(settings)
    if agents.stand_ins:
        say(told_of(agents.stand_ins))
    agent = agents.for_extension(EXTENSION)
    say("starting the service: speech recognition, language model and voice are being loaded")
    async with local_service(settings) as service:
        say(f"ready after {service.start_s:.1f} s; the caller dials and says {len(lines)} lines")
        target = Target(host=service.host, port=service.port, record=record)
        await service.client.announce(target.uuid, {"from": "1000", "to": EXTENSION})
        call = await place_call(target, lines)
        call_record = await service.client.record(call.uuid)
        start_s = service.start_s or 0.0
        say("the call is over; stopping the service")
    if call_record is None:
        raise ApplianceError("the service kept no record of the call; set keep_calls above 0")
    return DemoResult(call, call_record, start_s, len(lines), models_of(agent))


def models_of(agent: Agent) -> dict[str, str]:
    """What an agent hears, thinks and speaks with: a model's name, or the address of a service."""
    elsewhere = addresses(agent)
    mind = elsewhere.llm.url if isinstance(elsewhere.llm, OpenAiAddress) else elsewhere.llm
    return {
        "hears": agent.sts_url or elsewhere.asr or agent.recognizer,
        "thinks": agent.sts_url or mind or agent.language_model,
        "speaks": agent.sts_url or elsewhere.tts or agent.voice,
    }
