"""``appliance bench listening``: how well callers are heard, by the whole chain and over telephone
sound: the real service, real calls, sentences whose words are known.

A recogniser alone (``bench asr``) gets each sentence cut out for it. Here the voice detector must
find it, the turn must neither end too early nor too late, and what counts is what the agent was
told at last.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from appliance.bench.asr import spoken_words
from appliance.bench.exchange import Exchange
from appliance.bench.figures import Conditions, Exposition, Spread, spread
from appliance.bench.held_call import one_behind_the_other
from appliance.bench.listening_plan import Plan
from appliance.bench.local_service import Service
from appliance.caller.line import Line

LINES_OF_A_CALL: Final = 8
SILENT_LINES_OF_A_CALL: Final = 3

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LineHeard:
    """What became of one line."""

    condition: str
    name: str
    said: str
    heard: str
    """As the recogniser wrote it; empty when the line was missed."""
    words: int
    wrong: int
    """Words substituted, left out or invented; of a missed line all of them."""
    missed: bool
    """No turn became of it."""
    asked_again: bool
    """It was missed, and the agent said something: mostly that it did not catch it."""
    cut_in: bool
    """The agent began to answer, or ended the call, before the caller's end."""
    answered_s: float | None
    """Last voice to the answer; None when there was none, or when the agent cut in."""

    @property
    def badness(self) -> tuple[bool, float, bool]:
        """What sorts lines by how much is wrong with them."""
        return self.missed, self.wrong / self.words, self.cut_in


@dataclass(frozen=True, slots=True)
class ConditionFigures:
    """All lines of one condition."""

    condition: str
    lines: int
    words: int
    wrong: int
    word_error_rate: float
    missed: int
    asked_again: int
    """Of those missed."""
    cut_ins: int
    answer: Spread | None


@dataclass(frozen=True, slots=True)
class ListeningReport:
    """Result of the measurement."""

    conditions: Conditions
    sentences: str
    """Whose they are."""
    calls_at_once: int
    start_s: float | None
    figures: tuple[ConditionFigures, ...]
    lines: tuple[LineHeard, ...]


async def measure_listening(
    service: Service, plan: Plan, conditions: Conditions, say: Say
) -> ListeningReport:
    """Say every line of the plan in calls to ``service``. Raises ApplianceError when it does not
    take them, AudioFileError for a sentence without voice."""
    prepared = {name: plan.lines(name) for name in plan.wanted}
    told = Exposition(await service.client.metrics())
    heard: list[LineHeard] = []
    for name, lines in prepared.items():
        say(f"{name}: {len(lines)} lines")
        exchanges = await _said(service, plan.calls, lines, _lines_of_a_call(name))
        heard += [judged(name, each, plan.language) for each in exchanges]
    return ListeningReport(
        conditions=conditions.of_service(told, own=service.pid is not None),
        sentences=plan.sentences,
        calls_at_once=plan.calls,
        start_s=service.start_s,
        figures=tuple(_figures(name, heard) for name in plan.wanted),
        lines=tuple(heard),
    )


def judged(condition: str, exchange: Exchange, language: str) -> LineHeard:
    """What was heard against what was said."""
    line = exchange.line
    said, got = spoken_words(line.words, language), spoken_words(exchange.heard, language)
    cut_in = line.cut_in_s is not None or line.ended_s is None
    return LineHeard(
        condition=condition,
        name=line.name,
        said=line.words,
        heard=exchange.heard,
        words=len(said),
        wrong=Levenshtein.distance(said, got),
        missed=not exchange.turns,
        asked_again=not exchange.turns and line.answered,
        cut_in=cut_in,
        answered_s=None if cut_in else exchange.answered_s,
    )


def _lines_of_a_call(condition: str) -> int:
    return SILENT_LINES_OF_A_CALL if condition == "silence" else LINES_OF_A_CALL


def _figures(condition: str, heard: Sequence[LineHeard]) -> ConditionFigures:
    lines = [line for line in heard if line.condition == condition]
    words, wrong = sum(line.words for line in lines), sum(line.wrong for line in lines)
    return ConditionFigures(
        condition=condition,
        lines=len(lines),
        words=words,
        wrong=wrong,
        word_error_rate=round(wrong / words, 4) if words else 0.0,
        missed=sum(line.missed for line in lines),
        asked_again=sum(line.asked_again for line in lines),
        cut_ins=sum(line.cut_in for line in lines),
        answer=spread(line.answered_s for line in lines),
    )


async def _said(
    service: Service, calls: int, lines: Sequence[Line], of_a_call: int
) -> list[Exchange]:
    """Say all ``lines``, ``of_a_call`` behind one another, ``calls`` of such at a time."""
    waiting = deque(lines[at : at + of_a_call] for at in range(0, len(lines), of_a_call))
    exchanges: list[Exchange] = []

    async def caller() -> None:
        while waiting:
            exchanges.extend(await one_behind_the_other(service, waiting.popleft()))

    callers = [asyncio.create_task(caller()) for _ in range(calls)]
    try:
        await asyncio.gather(*callers)
    finally:  # the first error ends the others' calls too
        for each in callers:
            each.cancel()
        await asyncio.gather(*callers, return_exceptions=True)
    return exchanges
