"""The simulated caller's script in virtual time: the agent is a list of (from, to) in seconds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.caller.line import Line, make_keys, make_line
from appliance.caller.script import Manners, Script

pytestmark = pytest.mark.unit

Stretches = list[tuple[float, float]]


def voice(seconds: float, lead_s: float = 0.0, tail_s: float = 0.0) -> Pcm:
    """A 400 Hz tone between two silences."""
    tone = 8000 * np.sin(2 * np.pi * 400 * np.arange(round(seconds * 8000)) / 8000)
    silences = np.zeros(round(lead_s * 8000)), np.zeros(round(tail_s * 8000))
    return np.concatenate([silences[0], tone, silences[1]]).astype(np.int16)


def say(seconds: float, barge_in_ms: int | None = None, tail_s: float = 0.0) -> Line:
    return make_line("line.wav", voice(seconds, tail_s=tail_s), barge_in_ms=barge_in_ms)


def converse(
    lines: list[Line],
    agent: Stretches,
    manners: Manners | None = None,
    settled: Callable[[], float] | None = None,
) -> Script:
    """Play a script against an agent that is heard in these stretches, one frame every 20 ms."""
    script = Script(lines, manners or Manners(), settled)
    for tick in range(1, 3000):
        now = round(tick * 0.02, 3)
        # The agent's frames arrive in the middle between the caller's.
        heard_at = now - 0.01
        audible = any(start <= heard_at < end for start, end in agent)
        script.heard(heard_at, -20.0 if audible else -90.0)
        script.frame(now)
        if script.over:
            break
    return script


def test_a_line_begins_when_the_agent_has_been_silent_for_the_gap() -> None:
    script = converse([say(1.0)], [(0.1, 1.1), (3.5, 4.5)], Manners(gap_s=0.7))
    # greeting heard until 1.09, silent for 0.7 s, so the first frame is spoken from 1.78 to 1.80
    assert script.results[0].started_s == pytest.approx(1.78, abs=0.021)
    assert script.greeting_s == pytest.approx(0.11, abs=0.021)


def test_voice_to_voice_runs_from_the_last_voiced_sample_to_the_first_audible_frame() -> None:
    script = converse([say(1.0)], [(0.1, 1.1), (3.5, 4.5)])
    line = script.results[0]
    assert line.ended_s == pytest.approx(line.started_s + 1.0, abs=0.011)
    assert line.voice_to_voice_s == pytest.approx(3.51 - (line.ended_s or 0), abs=0.011)


def test_silence_at_the_end_of_a_file_is_not_counted_as_voice() -> None:
    plain = converse([say(1.0)], [(0.1, 1.1), (3.5, 4.5)]).results[0]
    padded = converse([say(1.0, tail_s=0.5)], [(0.1, 1.1), (3.5, 4.5)]).results[0]
    assert padded.voice_to_voice_s == pytest.approx(plain.voice_to_voice_s, abs=0.011)


def test_an_answer_that_begins_during_the_silence_at_the_end_of_a_file_is_measured() -> None:
    script = converse([say(1.0, tail_s=1.0)], [(0.1, 1.1), (3.0, 4.5)])
    assert script.results[0].voice_to_voice_s == pytest.approx(0.23, abs=0.03)


def test_a_line_without_an_answer_stays_unanswered_and_the_next_one_follows() -> None:
    lines = [say(1.0), say(1.0)]
    script = converse(lines, [(0.1, 1.1), (16.0, 17.0)], Manners(answer_timeout_s=10.0))
    assert [line.answered for line in script.results] == [False, True]


def test_the_caller_speaks_although_no_greeting_came() -> None:
    script = converse([say(1.0)], [(7.0, 8.0)], Manners(greeting_timeout_s=5.0))
    assert script.results[0].started_s == pytest.approx(5.0, abs=0.03)
    assert script.results[0].answered
    assert script.greeting_s is None


def test_an_agent_that_cuts_in_and_goes_on_has_a_negative_voice_to_voice() -> None:
    script = converse([say(2.0)], [(0.1, 1.1), (3.0, 5.0)])
    voice_to_voice_s = script.results[0].voice_to_voice_s
    assert voice_to_voice_s is not None
    assert voice_to_voice_s < -0.5


def test_an_agent_that_begins_before_the_callers_end_has_cut_in() -> None:
    script = converse([say(2.0), say(1.0)], [(0.1, 1.1), (3.0, 3.3), (4.2, 5.0), (8.0, 9.0)])
    first, second = script.results
    assert first.cut_in_s == pytest.approx(3.0 - first.started_s, abs=0.03)
    assert second.cut_in_s is None


def test_a_caller_who_is_told_when_answers_are_over_waits_behind_a_filler() -> None:
    # Line 1 ends at 2.8; a filler at 3.7, the answer at 6.0, told to be over at 7.0.
    agent = [(0.1, 1.1), (3.7, 4.2), (6.0, 7.0), (10.0, 11.0)]
    asked: list[int] = []

    def settled() -> float:
        asked.append(1)
        return 2.7 if len(asked) > 60 else float("-inf")

    lines = [say(1.0), say(1.0)]
    deaf = converse(lines, agent)
    assert deaf.results[1].started_s == pytest.approx(4.2 + 0.7, abs=0.05)
    script = converse(lines, agent, settled=settled)
    assert script.results[1].started_s == pytest.approx(7.0 + 0.7, abs=0.1)


def test_a_caller_who_is_told_of_no_answer_goes_on_after_a_while() -> None:
    script = converse(
        [say(1.0), say(1.0)], [(0.1, 1.1), (3.5, 4.5)], Manners(patience_s=3.0), lambda: -1.0
    )
    assert script.results[1].started_s == pytest.approx(4.5 + 3.0, abs=0.05)


def test_a_barge_in_measures_voice_to_the_last_audible_frame() -> None:
    # The agent answers line 1 at 3.5; line 2 starts 500 ms into it, at 4.0; the agent stops at
    # 4.25.
    lines = [say(1.0), say(1.0, barge_in_ms=500)]
    script = converse(lines, [(0.1, 1.1), (3.5, 4.25), (6.0, 7.0)])
    assert script.results[1].started_s == pytest.approx(4.0, abs=0.03)
    assert script.results[1].reaction_s == pytest.approx(0.24, abs=0.03)
    assert script.results[1].answered


def test_a_barge_in_into_the_greeting_is_possible() -> None:
    script = converse([say(1.0, barge_in_ms=200)], [(0.1, 0.6), (2.0, 3.0)])
    assert script.results[0].started_s == pytest.approx(0.3, abs=0.03)
    assert script.results[0].reaction_s == pytest.approx(0.28, abs=0.03)


def test_pauses_between_sentences_are_not_the_end_of_an_answer() -> None:
    lines = [say(1.0), say(1.0)]
    script = converse(lines, [(0.1, 1.1), (3.5, 4.5), (4.9, 5.5), (8.0, 9.0)])
    assert script.results[1].started_s == pytest.approx(5.5 + 0.7, abs=0.05)


def test_the_caller_can_hang_up_in_the_middle_of_an_answer() -> None:
    manners = Manners(hang_up_after_s=0.3)
    script = converse([say(1.0)], [(0.1, 1.1), (3.5, 30.0)], manners)
    assert script.over
    assert script.voice.last_audible_s == pytest.approx(3.8, abs=0.03)


def test_keys_are_pressed_one_after_the_other_and_answers_count_from_the_last() -> None:
    script = Script([make_keys("12#")], Manners(greeting_timeout_s=0.0))
    pressed = [(tick, key) for tick in range(60) if (key := script.frame(tick * 0.02)[1])]
    assert pressed == [(0, "1"), (12, "2"), (24, "#")]
    assert script.results[0].ended_s == pytest.approx(0.46, abs=0.001)


def test_a_call_that_ends_in_mid_line_keeps_what_was_measured() -> None:
    script = Script([say(1.0)], Manners(greeting_timeout_s=0.0))
    for tick in range(10):
        script.frame(tick * 0.02)
    script.finish()
    assert script.results[0].ended_s is None
    assert not script.results[0].answered
