"""What stays of a turn."""

from __future__ import annotations

import pytest

from appliance.agents.voice import Voice
from appliance.call.events import AgentSaid, CallerSaid, CallEvent
from appliance.call.record import CallRecord
from appliance.call.reply import FixedReply
from appliance.call.turn import Turn
from appliance.call.turn_log import TurnLog
from appliance.metrics import Metrics
from appliance.turns.playout import Playout
from tests.fakes.conversation import UUID_OF_CALL, ScriptedVoice

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def now(self) -> float:
        return self.now_s


class Book:
    """A call's log, and what it has written."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.record = CallRecord(UUID_OF_CALL, "clinic")
        self.metrics = Metrics()
        self.events: list[CallEvent] = []
        self.log = TurnLog(self.record, self.clock, self.metrics, self.events.append)

    def turn(self, text: str = "", last_voice: float = 103.0) -> Turn:
        turn = Turn(Voice(ScriptedVoice(), "en"), Playout(), self.clock, last_voice, "call")
        turn.text = text
        return turn


def test_the_first_words_without_a_question_are_the_greeting() -> None:
    book = Book()
    book.log.over(book.turn(), "Clinic, good day.")
    book.log.over(book.turn(), "Are you still there?")
    assert book.record.greeting == "Clinic, good day."
    assert book.record.turns == []
    assert book.events == [AgentSaid("Clinic, good day."), AgentSaid("Are you still there?")]


def test_a_turn_is_written_down_with_its_steps_after_the_callers_voice() -> None:
    book = Book()
    turn = book.turn("what time do you open")
    turn.plan = FixedReply("At nine.", "knowledge")
    turn.timeline.endpoint, turn.timeline.answer = 103.24, 103.3
    book.log.over(turn, "At nine.")
    (written,) = book.record.turns
    assert (written.heard, written.said) == ("what time do you open", "At nine.")
    assert (written.source, written.interrupted) == ("knowledge", False)
    assert written.timeline_ms == {"endpoint": 240, "answer": 300}
    assert written.voice_ended_ms == 3000
    assert b'appliance_turns_total{source="knowledge"} 1.0' in book.metrics.render()


def test_words_of_the_model_are_its_own_whatever_they_follow() -> None:
    book = Book()
    book.log.over(book.turn("how are you"), "Fine.")
    assert book.record.turns[0].source == "language_model"


def test_what_the_caller_said_is_told_once() -> None:
    book = Book()
    turn = book.turn("how are you")
    book.log.asked(turn)
    book.log.asked(turn)
    book.log.over(turn, "")
    assert book.events == [CallerSaid("how are you")]
    assert book.record.turns[0].said == ""
