"""Lines of a caller and turns of a record are brought together by when they were."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.bench.exchange import by_source, exchanges_of
from appliance.caller.result import CallResult, LineResult

pytestmark = pytest.mark.unit

ON_TIME = {"first_frame": 300, "answer": 300}
BEHIND_A_FILLER = {"first_frame": 900, "answer": 2100}


def call(*lines: LineResult) -> CallResult:
    return CallResult("u", "caller_hung_up", 30.0, 0.1, lines, 1500, 0.02)


def line(
    started_s: float, words: str = "what time do you open", answer_s: float = 0.3
) -> LineResult:
    return LineResult("a.wav", words, started_s, started_s + 2, answer_s)


def turn(ended_ms: int | None, heard: str, stamps: dict[str, int] = ON_TIME) -> dict[str, Any]:
    return {
        "heard": heard,
        "source": "knowledge",
        "timeline_ms": stamps,
        "voice_ended_ms": ended_ms,
    }


def test_a_turn_belongs_to_the_line_in_which_its_voice_ended() -> None:
    record = {"turns": [turn(2000, "what time"), turn(3050, "do you open"), turn(13000, "bye")]}
    first, missed, last = exchanges_of(call(line(1.0), line(6.0), line(11.0, "Bye.")), record)
    assert first.heard == "what time do you open"
    assert not first.misheard
    assert (missed.turns, missed.source, missed.answered_s) == ((), None, None)
    assert last.heard == "bye"
    assert not last.misheard


def test_case_punctuation_and_figures_are_no_mishearing() -> None:
    said = line(1.0, "my number is five five five oh one two three four")
    (same,) = exchanges_of(call(said), {"turns": [turn(3000, "My number is 555 0 1234?")]})
    assert same.misheard  # "oh" and "zero" are two words
    said = line(1.0, "at nine thirty, please")
    (same,) = exchanges_of(call(said), {"turns": [turn(3000, "At 9:30 please.")]})
    assert not same.misheard


def test_a_filler_is_no_answer() -> None:
    record = {"turns": [turn(3000, "hello", BEHIND_A_FILLER)]}
    (late,) = exchanges_of(call(line(1.0, answer_s=0.92)), record)
    assert late.answered_s == pytest.approx(0.92 + 1.2)
    record = {"turns": [turn(3000, "hello", {"first_frame": 900})]}
    (never,) = exchanges_of(call(line(1.0, answer_s=0.92)), record)
    assert never.answered_s is None


def test_a_record_that_does_not_say_when_is_matched_by_number() -> None:
    record = {"turns": [turn(None, "hello", {}), turn(None, "goodbye", {})]}
    both = call(line(1.0), line(6.0))
    assert [each.heard for each in exchanges_of(both, record)] == ["hello", "goodbye"]
    assert by_source(exchanges_of(both, record)).keys() == {"knowledge"}
    assert [each.turns for each in exchanges_of(call(line(1.0)), record)] == [()]
