"""Agents that do things, in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from appliance.config.agent import Agent
from appliance.engines.base import ToolCall
from appliance.tools.tool import Tool, ToolError, make_tool
from appliance.tools.toolbox import Toolbox
from tests.call.test_call import after_greeting, agent, heard_and_said
from tests.fakes.conversation import Outcome, Script, ScriptedModel, converse
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

ASKED = "when is my next appointment"


class Diary:
    """A tool's handler that remembers."""

    def __init__(self, answer: str = '{"day": "Monday"}', takes_s: float = 0.1) -> None:
        self.answer, self.takes_s = answer, takes_s
        self.asked: list[Mapping[str, Any]] = []
        self.failure: ToolError | None = None

    async def __call__(self, uuid: UUID, arguments: Mapping[str, Any]) -> str:
        self.asked.append(arguments)
        await asyncio.sleep(self.takes_s)
        if self.failure is not None:
            raise self.failure
        return self.answer


def diary_tool(diary: Diary, say: str | None = "It is on {day}.") -> Tool:
    return make_tool("diary", "Appointments.", {"type": "object"}, diary, say=say, timeout_s=3)


def desk() -> Agent:
    entry = {
        "id": "next",
        "questions": [ASKED],
        "answer": "Let me see.",
        "tool": "diary",
        "arguments": {"which": "next"},
    }
    plain = agent()
    known = [each.model_dump() for each in plain.knowledge]
    return agent(knowledge=[*known, entry], person="600@desk")


def hold(
    script: Script, diary: Diary, *, say: str | None = "It is on {day}.", **options: Any
) -> Outcome:
    toolbox = Toolbox([diary_tool(diary, say)], ["avr_transfer", "avr_hangup"])
    return run(converse(desk(), script, toolbox=toolbox, **options))


def asks_for(call: ToolCall) -> Any:
    """Makes the model ask for ``call`` the first time it may."""

    def prepare(recognition: object, model: ScriptedModel, voice: object) -> None:
        model.calls.append(call)

    return prepare


def test_a_knowledge_entry_uses_a_tool_and_speaks_its_phrase_without_the_model() -> None:
    diary = Diary()
    outcome = hold(after_greeting().says(ASKED).quiet(5.0), diary)
    assert heard_and_said(outcome) == [(ASKED, "Let me see. It is on Monday.", "tool")]
    assert diary.asked == [{"which": "next"}]
    assert not outcome.model.asked


def test_a_tool_is_not_used_for_a_guess_that_the_caller_goes_on_to_change() -> None:
    diary = Diary()
    script = after_greeting().says(ASKED).quiet(0.14).says("no forget it thank you goodbye")
    hold(script.quiet(5.0), diary)
    assert diary.asked == []


def test_the_model_may_ask_for_a_tool_and_the_result_is_spoken_as_a_phrase() -> None:
    diary = Diary()
    outcome = hold(
        after_greeting().says("how are you").quiet(5.0),
        diary,
        prepare=asks_for(ToolCall("diary", {})),
    )
    assert heard_and_said(outcome) == [("how are you", "It is on Monday.", "tool")]


def test_a_result_without_a_phrase_goes_back_to_the_model_which_may_not_ask_again() -> None:
    diary = Diary(answer="Monday 9")
    outcome = hold(
        after_greeting().says("how are you").quiet(5.0),
        diary,
        say=None,
        answer=lambda prompt: "It is on Monday.",
        prepare=asks_for(ToolCall("diary", {})),
    )
    assert heard_and_said(outcome) == [("how are you", "It is on Monday.", "language_model")]
    assert outcome.model.asked[-1][-1].content == "how are you\n(What diary says: Monday 9)"
    assert [bool(sampling.tools) for sampling in outcome.model.samplings] == [True, False]


def test_a_tool_that_fails_is_admitted_and_a_yes_brings_a_person() -> None:
    diary = Diary()
    diary.failure = ToolError("diary: status 500")
    outcome = hold(after_greeting().says(ASKED).quiet(6.0).says("yes please").quiet(5.0), diary)
    assert outcome.record.turns[0].said.startswith("Let me see. I am sorry, I cannot look that up.")
    assert (outcome.record.outcome, outcome.record.transfer_to) == ("transfer", "600@desk")


def test_a_slow_tool_without_first_words_gets_a_filler() -> None:
    outcome = hold(
        after_greeting().says("how are you").quiet(6.0),
        Diary(takes_s=2.0),
        prepare=asks_for(ToolCall("diary", {})),
    )
    assert "One moment." in outcome.voice.spoken
    assert heard_and_said(outcome) == [("how are you", "It is on Monday.", "tool")]
    assert outcome.first_sound_after(2.6) < 4.0


def test_a_caller_who_interrupts_gives_up_the_tool() -> None:
    diary = Diary(takes_s=2.5)
    script = after_greeting().says(ASKED).quiet(1.4).says("thank you goodbye").quiet(5.0)
    outcome = hold(script, diary)
    assert [turn.said for turn in outcome.record.turns][-1] == "Goodbye!"
    assert not any("Monday" in turn.said for turn in outcome.record.turns)


@pytest.mark.parametrize(
    ("call", "said", "ended", "place"),
    [
        (
            ToolCall("avr_transfer", {"transfer_extension": 1001, "transfer_context": "ward"}),
            "I will put you through.",
            "transfer",
            "1001@ward",
        ),
        (ToolCall("avr_transfer", {}), "I will put you through.", "transfer", "600@desk"),
        (ToolCall("avr_hangup", {}), "Goodbye.", "agent_hangup", None),
    ],
)
def test_the_model_may_end_the_call_and_its_last_words_are_heard(
    call: ToolCall, said: str, ended: str, place: str | None
) -> None:
    outcome = hold(after_greeting().says("how are you").quiet(6.0), Diary(), prepare=asks_for(call))
    assert [turn.said for turn in outcome.record.turns] == [said]
    assert (outcome.record.outcome, outcome.record.transfer_to) == (ended, place)


def test_a_tool_nobody_gave_the_agent_is_a_failed_one() -> None:
    outcome = hold(
        after_greeting().says("how are you").quiet(6.0),
        Diary(),
        prepare=asks_for(ToolCall("format_disk", {})),
    )
    assert outcome.record.turns[0].said.startswith("I am sorry, I cannot look that up.")
