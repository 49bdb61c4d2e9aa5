"""``appliance bench remote``: what it costs to have the conversation, or its stages, elsewhere.

Three services run side by side on this host: one that does everything itself, one that has the
first hold its conversations by speech to speech, and one that has the first recognise, think and
speak for it. The same caller says the same lines to each in turn, run after run, so that whatever
else the host does meets all of them; what counts is the difference line by line. Everything goes
over loopback: a network's way comes on top of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Final

from appliance.bench.figures import Conditions, Exposition, Spread, spread
from appliance.bench.local_service import Service, local_service
from appliance.bench.turns import Say
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.config.settings import Settings

IN_PROCESS: Final = "in process"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to hold a conversation."""

    name: str
    voice_to_voice: Spread | None
    added: Spread | None
    """To the same line in the same run in process; None for that one itself."""
    unanswered: int


@dataclass(frozen=True, slots=True)
class RemoteReport:
    """Result of the measurement."""

    conditions: Conditions
    runs: int
    lines: int
    ways: tuple[Way, ...]


async def measure_remote(
    settings: Settings, lines: Sequence[Line], runs: int, conditions: Conditions, say: Say
) -> RemoteReport:
    """Hold ``runs`` conversations each way. Raises ApplianceError when a service does not start."""
    async with AsyncExitStack() as stack:
        say("starting the service that does everything itself")
        home = await stack.enter_async_context(local_service(settings))
        services = {IN_PROCESS: home}
        told = Exposition(await home.client.metrics())
        for name, addresses in _ways(home).items():
            say(f"starting the one with {name} elsewhere")
            other = settings.model_copy(update=addresses)
            services[name] = await stack.enter_async_context(local_service(other))
        took: dict[str, list[float | None]] = {name: [] for name in services}
        for run in range(runs):
            for name, service in services.items():
                say(f"{name}, conversation {run + 1} of {runs}")
                took[name] += await _answer_times(service, lines)
    ways = tuple(_way(name, times, took[IN_PROCESS]) for name, times in took.items())
    return RemoteReport(conditions.of_service(told, own=True), runs, len(lines), ways)


def _ways(home: Service) -> dict[str, dict[str, Any]]:
    url = home.client.url
    return {
        "speech to speech": {"sts_url": url.replace("http://", "ws://", 1)},
        "all three stages": {"asr_url": url, "llm_url": url, "tts_url": url},
    }


async def _answer_times(service: Service, lines: Sequence[Line]) -> list[float | None]:
    """Voice to voice of each line; None for one without an answer."""
    call = await place_call(Target(host=service.host, port=service.port), lines)
    found = [line.voice_to_voice_s for line in call.lines]
    return [*found, *[None] * (len(lines) - len(found))]


def _way(name: str, times: Sequence[float | None], usual: Sequence[float | None]) -> Way:
    pairs = zip(times, usual, strict=True)
    added = [None if a is None or b is None else a - b for a, b in pairs]
    more = None if name == IN_PROCESS else spread(added)
    return Way(name, spread(times), more, sum(each is None for each in times))
