"""Tools behind answers to conversations that somebody else keeps."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from typing import Any
from uuid import UUID

import pytest

from appliance.call.reply import FixedReply
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.engines.base import ToolCall
from appliance.services.conversation import Talk
from appliance.services.llm import think
from appliance.tools.tool import ToolError, make_tool
from appliance.tools.toolbox import Toolbox
from tests.fakes.stages import DESK, ScriptedStages
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

CALL = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"
KEEPER = DESK.model_copy(
    update={
        "knowledge": (
            *DESK.knowledge,
            KnowledgeEntry(
                id="next",
                questions=("when is my next appointment",),
                answer="Let me see.",
                tool="diary",
                arguments={"which": "next"},
            ),
        )
    }
)


class Diary:
    """A site's tool that remembers what it was asked."""

    def __init__(self, answer: str = '{"day": "Monday"}') -> None:
        self.answer = answer
        self.asked: list[tuple[UUID, Mapping[str, Any]]] = []
        self.broken = False

    async def __call__(self, uuid: UUID, arguments: Mapping[str, Any]) -> str:
        self.asked.append((uuid, arguments))
        if self.broken:
            raise ToolError("no diary")
        return self.answer

    def box(self, say: str | None = "It is on {day}.") -> Toolbox:
        tool = make_tool("diary", "Appointments.", {"type": "object"}, self, say=say, timeout_s=3)
        return Toolbox([tool], ["avr_transfer", "avr_hangup"])


def answered(
    stages: ScriptedStages, words: str, call_id: str = CALL
) -> tuple[str, list[FixedReply]]:
    actions: list[FixedReply] = []

    async def answer() -> str:
        async with aclosing(think(stages.desk, Talk(words), call_id, actions.append)) as pieces:
            return "".join([piece async for piece in pieces])

    return run(answer()), actions


def stages_with(
    diary: Diary, *calls: ToolCall, say: str | None = "It is on {day}.", agent: Agent = KEEPER
) -> ScriptedStages:
    stages = ScriptedStages(agents=[agent], toolbox=diary.box(say))
    stages.model.calls = list(calls)
    return stages


def test_an_entry_with_a_tool_says_its_words_and_what_the_tool_brought() -> None:
    diary = Diary()
    said, actions = answered(stages_with(diary), "when is my next appointment")
    assert said == "Let me see. It is on Monday."
    assert diary.asked == [(UUID(CALL), {"which": "next"})]
    assert actions == []


def test_a_model_may_ask_for_a_tool_and_its_call_is_not_spoken() -> None:
    diary = Diary()
    stages = stages_with(diary, ToolCall("diary", {"which": "last"}))
    said, _ = answered(stages, "hello there my friend")
    assert said == "It is on Monday."
    assert diary.asked == [(UUID(CALL), {"which": "last"})]


def test_a_result_without_a_phrase_goes_back_to_the_model_and_is_not_spoken_raw() -> None:
    diary = Diary("raw result")
    stages = stages_with(diary, ToolCall("diary", {}), say=None)
    said, _ = answered(stages, "hello there my friend")
    assert said == "I am fine, thank you."
    assert "raw result" in stages.model.asked[-1][-1].content
    assert [bool(sampling.tools) for sampling in stages.model.samplings] == [True, False]


def test_a_tool_that_fails_is_a_phrase() -> None:
    diary = Diary()
    diary.broken = True
    said, _ = answered(stages_with(diary), "when is my next appointment")
    assert said == f"Let me see. {DESK.phrases.tool_failed}"


def test_a_client_without_a_uuid_may_use_tools_too() -> None:
    diary = Diary()
    said, _ = answered(stages_with(diary), "when is my next appointment", call_id="")
    assert said.endswith("It is on Monday.")


def test_a_transfer_by_the_model_is_announced_and_handed_on() -> None:
    call = ToolCall("avr_transfer", {"transfer_extension": 1001, "transfer_context": "ward"})
    said, actions = answered(stages_with(Diary(), call), "hello there my friend")
    assert said == DESK.phrases.transfer
    assert [(say.action, say.transfer_to) for say in actions] == [("transfer", "1001@ward")]


def test_an_entry_with_an_action_is_handed_on_when_its_words_are_out() -> None:
    said, actions = answered(ScriptedStages(), "i would like to speak to a person")
    assert said == "I will put you through."
    assert [say.action for say in actions] == ["transfer"]
