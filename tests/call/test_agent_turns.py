"""The agent's turns, without a call around them: begun, committed, dropped, written down.

One word lasts 0.3 s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.audio.frame import FRAME_S
from appliance.call.agent_turns import LAST_WORDS_S, AgentTurns
from appliance.call.chat import Chat
from appliance.call.events import AgentSaid, CallerSaid, CallEvent, Interrupted
from appliance.call.recognition import Recognition
from appliance.call.record import CallRecord
from appliance.call.reply import FixedReply
from appliance.call.turn import LAST_WORDS_MS
from appliance.errors import EngineTimeout
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import Metrics
from appliance.turns.endpointer import SpeechPaused
from appliance.turns.playout import Playout
from tests.call.test_call import agent
from tests.fakes.conversation import (
    UUID_OF_CALL,
    Script,
    ScriptedModel,
    ScriptedRecognition,
    ScriptedVoice,
)
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

LONG = "Alpha bravo charlie delta echo fox. Golf hotel india juliet kilo lima."


class Loop:
    def now(self) -> float:
        return asyncio.get_running_loop().time()


class Desk:
    """The turns of one call, what the caller says before them, and what they hear."""

    def __init__(self, tasks: asyncio.TaskGroup, script: Script, answer: str) -> None:
        clinic = agent()
        self.engine = ScriptedRecognition(script.lines, 8000)
        self.model = ScriptedModel(lambda prompt: answer)
        loaded = LoadedAgent(
            clinic,
            self.engine,
            self.model,
            Voice(ScriptedVoice(), "en"),
            Knowledge(clinic.knowledge),
        )
        self.playout = Playout()
        self.recognition = Recognition(
            self.engine, self.engine, self.playout, clinic.endpointing, tasks
        )
        self.chat = Chat(clinic, loaded.opening(), self.model, tasks)
        self.record = CallRecord(UUID_OF_CALL, clinic.name)
        self.events: list[CallEvent] = []
        self.ended: list[tuple[str, str | None]] = []
        self.heard: list[bool] = []
        self.turns = AgentTurns(
            loaded,
            self.chat,
            self.recognition,
            self.playout,
            record=self.record,
            clock=Loop(),
            metrics=Metrics(),
            tasks=tasks,
            tell=self.events.append,
            on_end=lambda action, transfer_to: self.ended.append((action, transfer_to)),
        )
        self._script = script

    def caller_speaks(self) -> None:
        """All of the script, up to the pause behind it, at once."""
        for frame in self._script.frames:
            assert not isinstance(frame, str)
            if any(isinstance(event, SpeechPaused) for event in self.recognition.hear(frame)):
                return
        raise AssertionError("the caller never paused")

    async def play(self, seconds: float) -> None:
        for _ in range(round(seconds / FRAME_S)):
            await asyncio.sleep(FRAME_S)
            frame = self.playout.next_frame()
            self.heard.append(frame is not None and any(frame))
            self.turns.tick()

    @property
    def said(self) -> list[tuple[str, str]]:
        return [(turn.heard, turn.said) for turn in self.record.turns]


def at_desk(
    work: Callable[[Desk], Awaitable[None]], words: str = "how are you", answer: str = "Fine."
) -> Desk:
    async def whole() -> Desk:
        async with asyncio.TaskGroup() as tasks:
            desk = Desk(tasks, Script().says(words).quiet(2.0), answer)
            await work(desk)
            desk.turns.drop()
            desk.chat.rest()
            desk.recognition.close()
        return desk

    return run(whole())


def test_a_guess_is_prepared_and_says_nothing_until_it_is_committed() -> None:
    async def work(desk: Desk) -> None:
        desk.caller_speaks()
        desk.turns.guess()
        await desk.play(1.0)
        assert desk.model.written == ["Fine."]
        assert not any(desk.heard)
        desk.turns.commit()
        await desk.play(1.0)

    desk = at_desk(work)
    assert desk.said == [("how are you", "Fine.")]
    assert desk.events == [CallerSaid("how are you"), AgentSaid("Fine.")]
    assert desk.recognition.unanswered == ()


def test_a_guess_that_is_dropped_leaves_no_trace() -> None:
    async def work(desk: Desk) -> None:
        desk.caller_speaks()
        desk.turns.guess()
        await desk.play(0.5)
        desk.turns.drop()
        await desk.play(1.0)

    desk = at_desk(work)
    assert desk.said == []
    assert desk.events == []
    assert not any(desk.heard)
    assert len(desk.recognition.unanswered) == 1  # its words belong to the next turn


def test_an_interrupted_answer_is_written_down_as_far_as_it_was_heard() -> None:
    async def work(desk: Desk) -> None:
        desk.caller_speaks()
        desk.turns.guess()
        desk.turns.commit()
        await desk.play(1.5)
        desk.turns.drop(interrupted=True)
        await desk.play(1.0)

    desk = at_desk(work, answer=LONG)
    ((heard, said),) = desk.said
    assert heard == "how are you"
    assert said
    assert LONG.startswith(said)
    assert len(said) < len(LONG)
    assert desk.record.turns[0].interrupted
    assert desk.events == [CallerSaid("how are you"), Interrupted(), AgentSaid(said)]
    assert not any(desk.heard[-45:])


def test_a_turn_takes_the_place_of_the_one_before() -> None:
    async def work(desk: Desk) -> None:
        desk.turns.say(FixedReply("Clinic, good day."))
        await desk.play(0.4)
        desk.turns.say(FixedReply("Goodbye."))
        await desk.play(1.0)

    desk = at_desk(work)
    said = [event.text for event in desk.events if isinstance(event, AgentSaid)]
    assert said[0] in ("Clinic,", "Clinic")
    assert said[1:] == ["Goodbye."]
    assert desk.record.greeting == said[0]


def test_an_action_is_done_when_it_was_announced_and_a_phone_has_played_it() -> None:
    async def work(desk: Desk) -> None:
        desk.turns.say(FixedReply("Goodbye.", action="transfer", transfer_to="601"))
        await desk.play(0.3 + LAST_WORDS_MS / 1000)
        assert desk.ended == []
        await desk.play(0.2)

    assert at_desk(work).ended == [("transfer", "601")]


def test_a_wish_waits_for_the_last_word() -> None:
    async def work(desk: Desk) -> None:
        desk.turns.say(FixedReply("Clinic, good day."))
        desk.turns.end_with("hangup")
        await desk.play(0.8)
        assert desk.ended == []
        await desk.play(0.4)

    desk = at_desk(work)
    assert desk.ended == [("hangup", None)]
    assert desk.record.greeting == "Clinic, good day."


def test_a_wish_does_not_wait_for_ever() -> None:
    async def work(desk: Desk) -> None:
        desk.turns.say(FixedReply("word " * 60))
        desk.turns.end_with("hangup")
        await desk.play(LAST_WORDS_S - 0.1)
        assert desk.ended == []
        await desk.play(0.2)
        assert desk.turns.turn is None

    assert at_desk(work).ended == [("hangup", None)]


def test_keys_are_answered_at_once() -> None:
    async def work(desk: Desk) -> None:
        desk.turns.answer_digits("0")
        await desk.play(3.0)

    desk = at_desk(work)
    assert desk.said == [("0", "I will put you through.")]
    assert desk.ended == [("transfer", None)]


def test_an_answer_that_never_comes_is_an_error() -> None:
    async def work(desk: Desk) -> None:
        desk.model.stalls_s = 60.0
        desk.caller_speaks()
        desk.turns.guess()
        desk.turns.commit()
        with pytest.raises(EngineTimeout):
            await desk.play(11.0)

    at_desk(work)
