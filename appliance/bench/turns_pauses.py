"""How often the agent speaks into a pause: the other half of what a latency says.

An agent is made quick by cutting callers short, so `bench turns` prints both. Sentences are said
with a pause of a known length between their halves, in real calls; an agent that began to speak
before the second half was over has cut in. Then it matters whether both halves got one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from appliance.audio.frame import Pcm
from appliance.bench.exchange import Exchange
from appliance.bench.figures import Spread, spread
from appliance.bench.held_call import one_behind_the_other
from appliance.bench.local_service import Service
from appliance.bench.turns_sentences import Sentence, line_of

PAUSES_MS: Final = (300, 500, 800)
LINES_OF_A_CALL: Final = 6
"""Then the next call: what was talked about before shall not tell what is meant."""


@dataclass(frozen=True, slots=True)
class PauseFigures:
    """All lines of one kind with a pause of one length."""

    kind: str
    pause_ms: int
    """0: none."""
    lines: int
    cut_ins: int
    cut_in_rate: float
    as_one: int
    """Lines whose halves are one turn in the record, be it after a cut-in."""
    missed: int
    answer: Spread | None
    """Voice to voice of the lines that were not cut into."""


async def measure_pauses(
    service: Service,
    sentences: Sequence[Sentence],
    sounds: dict[str, Pcm],
    say: Callable[[str], None],
) -> tuple[PauseFigures, ...]:
    """Say all ``sentences`` with each pause. Raises ApplianceError when the service refuses."""
    found = []
    for kind in dict.fromkeys(each.kind for each in sentences):
        of_kind = [each for each in sentences if each.kind == kind]
        for pause_ms in PAUSES_MS if any(each.second for each in of_kind) else (0,):
            say(f"{kind}: {len(of_kind)} lines, a pause of {pause_ms} ms")
            lines = [line_of(each, sounds, pause_ms / 1000) for each in of_kind]
            exchanges: list[Exchange] = []
            for at in range(0, len(lines), LINES_OF_A_CALL):
                of_a_call = lines[at : at + LINES_OF_A_CALL]
                exchanges += await one_behind_the_other(service, of_a_call)
            found.append(figures_of(kind, pause_ms, exchanges))
    return tuple(found)


def figures_of(kind: str, pause_ms: int, exchanges: Sequence[Exchange]) -> PauseFigures:
    """What became of the lines of one kind with one pause."""
    cut = [each.line.cut_in_s is not None or each.line.ended_s is None for each in exchanges]
    return PauseFigures(
        kind=kind,
        pause_ms=pause_ms,
        lines=len(exchanges),
        cut_ins=sum(cut),
        cut_in_rate=round(sum(cut) / len(exchanges), 4) if exchanges else 0.0,
        as_one=sum(len(each.turns) == 1 for each in exchanges),
        missed=sum(not each.turns for each in exchanges),
        answer=spread(
            each.answered_s for each, cut_in in zip(exchanges, cut, strict=True) if not cut_in
        ),
    )
