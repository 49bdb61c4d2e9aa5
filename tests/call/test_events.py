"""What those who follow a call are told, and when."""

import pytest

from appliance.call.events import (
    AgentSaid,
    CallEnded,
    CallerSaid,
    CallFailed,
    CallStarted,
    DigitPressed,
    Interrupted,
)
from appliance.errors import LanguageModelError
from tests.call.test_call import after_greeting, agent
from tests.fakes.conversation import ScriptedModel, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


def test_a_conversation_is_told_in_the_order_it_happened() -> None:
    script = after_greeting().says("what time do you open").quiet(4.0)
    assert run(converse(agent(), script)).events == [
        CallStarted(),
        AgentSaid("Clinic, good day."),
        CallerSaid("what time do you open"),
        AgentSaid("We open at nine in the morning."),
        CallEnded("caller_hangup"),
    ]


def test_an_interruption_is_told_before_the_words_that_were_heard_until_then() -> None:
    script = after_greeting().says("what time do you open").quiet(1.0)
    outcome = run(converse(agent(), script.says("stop please i know that").quiet(4.0)))
    at = outcome.events.index(Interrupted())
    asked, said = outcome.events[at - 1], outcome.events[at + 1]
    assert asked == CallerSaid("what time do you open")
    assert isinstance(said, AgentSaid)
    assert "We open at nine in the morning.".startswith(said.text)
    assert said.text != "We open at nine in the morning."


def test_words_that_were_never_answered_are_told_once_as_part_of_what_followed() -> None:
    script = after_greeting().says("what time do").quiet(0.2).says("you open").quiet(4.0)
    said = [e.text for e in run(converse(agent(), script)).events if isinstance(e, CallerSaid)]
    assert said == ["what time do you open"]


def test_every_key_is_told_and_then_what_they_mean_together() -> None:
    events = run(converse(agent(), after_greeting().keys("12#").quiet(3.0))).events
    keys = [event for event in events if isinstance(event, DigitPressed)]
    assert keys == [DigitPressed("1"), DigitPressed("2"), DigitPressed("#")]
    assert CallerSaid("1 2") in events


def test_a_failure_is_told_by_its_code() -> None:
    def fail(recognition: object, model: ScriptedModel, voice: object) -> None:
        model.failure = LanguageModelError("llama", "out of memory")

    script = after_greeting().says("how are you today").quiet(4.0)
    events = run(converse(agent(), script, prepare=fail)).events
    assert events[-2:] == [
        CallFailed("language_model_failed"),
        CallEnded("language_model_failed"),
    ]
