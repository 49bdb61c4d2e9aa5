"""When the agent says that it takes a moment. One word lasts 0.3 s, the filler 0.6 s."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from appliance.config.agent import Agent
from tests.fakes.conversation import (
    Outcome,
    Script,
    ScriptedModel,
    ScriptedRecognition,
    ScriptedVoice,
)
from tests.fakes.conversation import converse as hold
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

Prepare = Callable[[ScriptedRecognition, ScriptedModel, ScriptedVoice], None]
GREETED_S = 1.5
FILLER_S = 0.6
ANSWER_S = 1.6  # "I am fine, thank you." with a pause at its comma


def agent() -> Agent:
    return Agent.model_validate(
        {
            "name": "clinic",
            "persona": "You are a receptionist.",
            "greeting": "Clinic, good day.",
            "phrases": {"filler": ["One moment."], "filler_after_ms": 900},
        }
    )


def asks() -> Script:
    return Script().quiet(GREETED_S).says("how are you")


def slow(
    *, words_s: float = 0.03, model_s: float = 0.0, token_s: float = 0.01, voice_s: float = 0.02
) -> Prepare:
    def prepare(
        recognition: ScriptedRecognition, model: ScriptedModel, voice: ScriptedVoice
    ) -> None:
        recognition.finish_s, voice.work_s = words_s, voice_s
        model.stalls_s, model.token_s = model_s, token_s

    return prepare


def spoken_s(outcome: Outcome) -> list[tuple[float, float]]:
    """(when the agent began, how long it spoke) after its greeting, pauses up to 0.2 s included."""
    spans: list[tuple[float, float]] = []
    for at, audible in outcome.connection.heard:
        if not audible or at < GREETED_S:
            continue
        if spans and at - sum(spans[-1]) < 0.2:
            spans[-1] = (spans[-1][0], at - spans[-1][0])
        else:
            spans.append((at, 0.02))
    return spans


def test_an_answer_that_is_late_and_not_in_sight_gets_a_filler() -> None:
    outcome = run(hold(agent(), asks().quiet(6.0), prepare=slow(model_s=2.0)))
    (filler_at, filler_s), (answer_at, _) = spoken_s(outcome)
    assert filler_at == pytest.approx(2.4 + 0.9, abs=0.1)
    assert filler_s == pytest.approx(FILLER_S, abs=0.05)
    assert answer_at > filler_at + FILLER_S
    assert [turn.said for turn in outcome.record.turns] == ["I am fine, thank you."]


@pytest.mark.parametrize(
    "late",
    [slow(words_s=0.9), slow(model_s=0.55, token_s=0.1), slow(model_s=0.55, voice_s=0.4)],
    ids=["words", "model", "voice"],
)
def test_an_answer_that_is_about_to_come_is_not_put_off_by_one(late: Prepare) -> None:
    outcome = run(hold(agent(), asks().quiet(6.0), prepare=late))
    ((began_at, lasted_s),) = spoken_s(outcome)
    assert began_at > 2.4 + 0.9
    assert lasted_s == pytest.approx(ANSWER_S, abs=0.05)


def test_an_answer_that_was_ready_before_a_long_wait_needs_none() -> None:
    """The wait inside a number is longer than the filler's, and the answer lies there."""
    script = Script().quiet(GREETED_S).says("how are you one two").quiet(6.0)
    outcome = run(hold(agent(), script))
    ((began_at, lasted_s),) = spoken_s(outcome)
    assert began_at > GREETED_S + 1.5 + 0.9
    assert lasted_s == pytest.approx(ANSWER_S, abs=0.05)


def test_words_that_do_not_come_are_told_to_take_a_moment_in_the_end() -> None:
    outcome = run(hold(agent(), asks().quiet(6.0), prepare=slow(words_s=3.0)))
    filler_at = spoken_s(outcome)[0][0]
    assert filler_at == pytest.approx(2.4 + 2 * 0.9, abs=0.1)


def test_a_caller_who_goes_on_is_not_told_to_wait_twice() -> None:
    """Into the filler he says more; that answer is late as well."""
    script = asks().quiet(1.6).says("and who are you then").quiet(6.0)
    outcome = run(hold(agent(), script, prepare=slow(model_s=2.5)))
    lengths = [round(lasted_s, 1) for _, lasted_s in spoken_s(outcome)]
    assert lengths.count(FILLER_S) == 1
    assert lengths[-1] == ANSWER_S


def test_it_is_not_said_again_before_the_next_answer_but_before_the_one_after_that() -> None:
    script = asks().quiet(6.0).says("who are you").quiet(6.0).says("how old are you").quiet(6.0)
    outcome = run(hold(agent(), script, prepare=slow(model_s=2.0)))
    lengths = [round(lasted_s, 1) for _, lasted_s in spoken_s(outcome)]
    assert lengths == [FILLER_S, ANSWER_S, ANSWER_S, FILLER_S, ANSWER_S]


def test_a_very_late_answer_gets_one_again_all_the_same() -> None:
    script = asks().quiet(8.0).says("who are you").quiet(8.0)
    outcome = run(hold(agent(), script, prepare=slow(model_s=4.0)))
    lengths = [round(lasted_s, 1) for _, lasted_s in spoken_s(outcome)]
    assert lengths == [FILLER_S, ANSWER_S] * 2


def test_nobody_is_told_to_wait_while_he_speaks() -> None:
    script = asks().quiet(0.7).says("one two three four five six").quiet(6.0)
    outcome = run(hold(agent(), script, prepare=slow(model_s=2.0)))
    spoke_until_s = 2.4 + 0.7 + 1.8
    assert all(began_at > spoke_until_s for began_at, _ in spoken_s(outcome))
