"""``appliance bench turns``: one call at a time, over and over; how soon it answers and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from appliance.bench.exchange import by_source, exchanges_of, stage_medians, uneven_calls
from appliance.bench.figures import Conditions, Exposition, Spread, spread
from appliance.bench.floor import FloorReport, Sounds, measure_floor
from appliance.bench.held_call import hold_call, record_of
from appliance.bench.local_service import Service
from appliance.bench.turns_pauses import PauseFigures, measure_pauses
from appliance.bench.turns_sentences import Sentence, spoken
from appliance.caller.caller import Echo
from appliance.caller.line import Line
from appliance.caller.result import CallResult

BARGE_IN_MS: Final = 500
"""Into the answer: long enough to be in its words, short enough not to find it over."""
ECHO: Final = Echo(level_db=-20.0, delay_s=0.12)

IGNORED_S: Final = 1.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class TurnsReport:
    """Result of the measurement."""

    conditions: Conditions
    runs: int
    start_s: float | None
    lines: int
    unanswered: int
    voice_to_voice: Spread | None
    """To the answer itself: a filler is none, nor is the wish to hear it again."""
    by_source: dict[str, Spread | None]
    greeting: Spread | None
    uneven_calls: int
    """Calls of which the service records more or fewer turns than the caller said lines."""
    misheard: int
    """Answered lines whose transcript is not what the caller said, case, punctuation and figures
    apart."""
    stages_ms: dict[str, float | None]
    """Medians after the last voiced sample."""
    barge_in_reaction: Spread | None
    barge_ins: int
    barge_ins_into_silence: int
    """Of these, the times the agent was silent just then: nothing to measure."""
    barge_ins_ignored: int
    """And those after which it spoke on for longer than IGNORED_S."""
    echo_calls: int
    false_barge_ins: int
    """Answers stopped by nothing but their own echo at -20 dB."""
    false_pauses: int
    """Answers that paused for their echo and went on."""
    floor: FloorReport | None
    """Who had the floor; None where it was not measured."""
    pauses: tuple[PauseFigures, ...] = ()
    """How often a caller who paused was cut short."""


async def measure_turns(
    service: Service,
    lines: Sequence[Line],
    runs: int,
    conditions: Conditions,
    say: Say,
    sounds: Sounds | None = None,
) -> TurnsReport:
    """Hold ``runs`` conversations, then as many in which the caller speaks into the greeting and
    into every answer, then one over a telephone with an echo; with ``sounds`` a short one for each
    of them."""
    begun = Exposition(await service.client.metrics())
    plain = [
        await _held(service, lines, f"conversation {number + 1} of {runs}", say)
        for number in range(runs)
    ]
    held = Exposition(await service.client.metrics())
    exchanges = [exchange for call, record in plain for exchange in exchanges_of(call, record)]
    eager = [replace(line, barge_in_ms=BARGE_IN_MS) for line in lines]
    barged = [
        await _held(service, eager, f"barge-ins {number + 1} of {runs}", say)
        for number in range(runs)
    ]
    pushed = [line for call, _ in barged for line in call.lines]
    before = Exposition(await service.client.metrics())
    await _held(service, lines, "a telephone with an echo", say, ECHO)
    after = Exposition(await service.client.metrics())
    results = [line for call, _ in plain for line in call.lines]
    return TurnsReport(
        conditions=conditions.of_service(before, own=service.pid is not None),
        runs=runs,
        start_s=service.start_s,
        lines=len(results),
        unanswered=runs * len(lines) - sum(line.answered for line in results),
        voice_to_voice=spread(each.answered_s for each in exchanges),
        by_source=by_source(exchanges),
        greeting=spread(call.greeting_s for call, _ in [*plain, *barged]),
        uneven_calls=uneven_calls(plain),
        misheard=sum(each.misheard for each in exchanges if each.source),
        stages_ms=stage_medians(exchanges),
        barge_in_reaction=spread(line.reaction_s for line in pushed),
        barge_ins=len(pushed),
        barge_ins_into_silence=sum(line.reaction_s is None for line in pushed),
        barge_ins_ignored=sum((line.reaction_s or 0.0) > IGNORED_S for line in pushed),
        echo_calls=1,
        false_barge_ins=_more(before, after, "taken", _gained(begun, held, "taken") / runs),
        false_pauses=_more(before, after, "resumed", _gained(begun, held, "resumed") / runs),
        floor=None if sounds is None else await measure_floor(service, sounds, say),
    )


async def with_pauses(
    report: TurnsReport,
    service: Service,
    sentences: Sequence[Sentence],
    voice: str,
    models_dir: Path,
    say: Say,
) -> TurnsReport:
    """``report`` and how often callers are cut short who say ``sentences`` with pauses inside, in
    this ``voice``. Raises WeightsError, ApplianceError when the service refuses."""
    texts = {text for each in sentences for text in (each.first, each.second) if text}
    if not texts:
        return report
    say("making the sound of callers who pause")
    sounds = await spoken(voice, models_dir, sorted(texts))
    return replace(report, pauses=await measure_pauses(service, sentences, sounds, say))


async def _held(
    service: Service, lines: Sequence[Line], what: str, say: Say, echo: Echo | None = None
) -> tuple[CallResult, dict[str, Any]]:
    say(what)
    call = await hold_call(service, lines, echo)
    return call, await record_of(service, call)


def _more(before: Exposition, after: Exposition, outcome: str, usual: float) -> int:
    """Gained beyond the ``usual`` of a call: a caller who goes on in a pause, into which the agent
    has begun to speak, takes the floor without any echo."""
    return max(0, _gained(before, after, outcome) - round(usual))


def _gained(before: Exposition, after: Exposition, outcome: str) -> int:
    name = "appliance_bargein_total"
    return int(after.total(name, outcome=outcome) - before.total(name, outcome=outcome))
