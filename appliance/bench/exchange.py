"""What became of the caller's lines: their stopwatch and the service's record side by side.

The caller hears sound and the service knows what it was: only both together tell a filler from an
answer, and a turn of this line from one of the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from appliance.bench.asr import spoken_words
from appliance.bench.figures import Spread, middle, spread
from appliance.caller.result import CallResult, LineResult

Turn = Mapping[str, Any]
"""As ``TurnRecord.as_json`` has it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the caller's and the turns the service made of it."""

    line: LineResult
    turns: tuple[Turn, ...]
    """None for a line that was missed, several for one whose caller was cut short."""

    @property
    def heard(self) -> str:
        """What the recogniser wrote."""
        return " ".join(turn["heard"] for turn in self.turns)

    @property
    def source(self) -> str | None:
        """What answered; None when nobody did."""
        return self.turns[-1]["source"] if self.turns else None

    @property
    def misheard(self) -> bool:
        """Whether other words were heard than were said: case, punctuation and figures do not
        count."""
        words = self.line.words
        return bool(words) and spoken_words(self.heard) != spoken_words(words)

    @property
    def timeline_ms(self) -> Mapping[str, int]:
        """Of the turn that was answered last."""
        return self.turns[-1]["timeline_ms"] if self.turns else {}

    @property
    def answered_s(self) -> float | None:
        """The caller's last voiced sample to the answer's first audible one, by their stopwatch; a
        filler before it is none. None when the line has no turn or no answer; negative when the
        agent cut in."""
        heard_s, stamps = self.line.voice_to_voice_s, self.timeline_ms
        if heard_s is None or not self.turns:
            return None
        if "first_frame" not in stamps:  # a conversation held elsewhere
            return heard_s
        if "answer" not in stamps:
            return None
        return round(heard_s + (stamps["answer"] - stamps["first_frame"]) / 1000, 4)


def exchanges_of(call: CallResult, record: Mapping[str, Any]) -> list[Exchange]:
    """The lines of ``call``, each with the turns whose voice ended between its first sound and that
    of the next line.

    A record that does not say when its turns were is matched one by one where it has as many of
    them as there are lines, else not at all.
    """
    turns: list[Turn] = record["turns"]
    if any(turn.get("voice_ended_ms") is None for turn in turns):
        even = len(turns) == len(call.lines)
        alone = [(turn,) for turn in turns] if even else [()] * len(call.lines)
        return [Exchange(line, own) for line, own in zip(call.lines, alone, strict=True)]
    starts = [1000 * line.started_s for line in call.lines]
    spans = pairwise([*starts, float("inf")])
    return [
        Exchange(line, tuple(turn for turn in turns if start <= turn["voice_ended_ms"] < end))
        for line, (start, end) in zip(call.lines, spans, strict=True)
    ]


def uneven_calls(held: Iterable[tuple[CallResult, Mapping[str, Any]]]) -> int:
    """How many calls have another number of turns than of lines."""
    return sum(len(record["turns"]) != len(call.lines) for call, record in held)


def by_source(exchanges: Iterable[Exchange]) -> dict[str, Spread | None]:
    """Voice to voice by what answered."""
    exchanges = list(exchanges)
    sources = sorted({each.source for each in exchanges if each.source})
    return {
        source: spread(each.answered_s for each in exchanges if each.source == source)
        for source in sources
    }


def stage_medians(exchanges: Iterable[Exchange]) -> dict[str, float | None]:
    """By stage, over the turns that had it."""
    values: dict[str, list[float]] = {}
    for each in exchanges:
        for stage, at_ms in each.timeline_ms.items():
            values.setdefault(stage, []).append(at_ms)
    return {stage: middle(found) for stage, found in values.items()}
