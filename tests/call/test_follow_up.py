"""What follows a reply, in a call and in the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.call.answer import sampling
from appliance.call.follow_up import follow_up
from appliance.call.grounds import may_say
from appliance.call.reply import FixedReply, ModelReply, Reply
from appliance.engines.base import Message, ToolCall
from appliance.knowledge.matcher import Knowledge
from appliance.tools.builtin import HANG_UP, TRANSFER
from appliance.tools.tool import ToolError, make_tool
from appliance.tools.toolbox import Toolbox
from tests.call.test_call import agent
from tests.fakes.conversation import (
    UUID_OF_CALL,
    ScriptedModel,
    ScriptedRecognition,
    ScriptedVoice,
)
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

CLINIC = agent()
DIARY = ToolCall("diary", {})


def following(
    reply: Reply,
    tool: ToolCall | None = None,
    *,
    said: bool = True,
    say: str | None = None,
    broken: bool = False,
) -> Reply | None:
    async def look_up(uuid: UUID, arguments: Mapping[str, Any]) -> str:
        assert uuid == UUID_OF_CALL
        if broken:
            raise ToolError("no diary")
        return '{"day": "Monday"}'

    box = Toolbox(
        [make_tool("diary", "Appointments.", {"type": "object"}, look_up, say=say, timeout_s=3)]
    )
    loaded = LoadedAgent(
        CLINIC,
        ScriptedRecognition([], 8000),
        ScriptedModel(str),
        Voice(ScriptedVoice(), "en"),
        Knowledge(CLINIC.knowledge),
        toolbox=box,
    )
    return run(
        follow_up(reply, tool, said=said, prompt="when is it", loaded=loaded, uuid=UUID_OF_CALL)
    )


def test_nothing_follows_words_that_were_said() -> None:
    assert following(FixedReply("At nine.", "knowledge")) is None
    assert following(FixedReply(""), said=False) is None
    assert following(ModelReply("how are you")) is None


def test_a_model_that_had_nothing_to_say_is_followed_by_an_honest_word() -> None:
    reply = following(ModelReply("how are you"), said=False)
    assert reply == FixedReply(CLINIC.phrases.unknown, expect="yes_no", if_yes="person")


def test_a_tools_result_is_the_sites_phrase_or_a_note_for_the_model() -> None:
    assert following(ModelReply("?"), DIARY, say="On {day}.") == FixedReply("On Monday.", "tool")
    note = 'when is it\n(What diary says: {"day": "Monday"})'
    assert following(ModelReply("?"), DIARY) == ModelReply(note, tools=False)


def test_a_tool_that_fails_is_admitted() -> None:
    reply = following(FixedReply("Let me see.", tool=DIARY), DIARY, broken=True)
    assert isinstance(reply, FixedReply)
    assert (reply.text, reply.if_yes) == (CLINIC.phrases.tool_failed, "person")


def test_the_built_in_tools_end_the_call() -> None:
    transfer = following(ModelReply("?"), ToolCall(TRANSFER, {"transfer_extension": 601}))
    assert isinstance(transfer, FixedReply)
    assert (transfer.action, transfer.transfer_to) == ("transfer", "601")
    goodbye = following(ModelReply("?"), ToolCall(HANG_UP, {}))
    assert isinstance(goodbye, FixedReply)
    assert goodbye.action == "hangup"


def test_figures_are_only_said_where_they_are_known_or_the_model_is_trusted() -> None:
    asked = [Message("system", "You close at nine."), Message("user", "so it is 40 pounds")]
    assert may_say("At nine.", asked, CLINIC)
    assert not may_say("It is 40 pounds.", asked, CLINIC)
    assert may_say("It is 40 pounds.", asked, agent(facts_from_model=True))


def test_a_reply_that_may_be_a_tools_call_has_room_for_it() -> None:
    plain, with_tools = sampling(CLINIC), sampling(CLINIC, Toolbox([], [TRANSFER]).specs)
    assert plain.max_tokens == CLINIC.max_reply_tokens
    assert plain.tools == ()
    assert with_tools.max_tokens >= 120
    assert [tool.name for tool in with_tools.tools] == [TRANSFER]
