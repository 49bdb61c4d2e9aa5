"""Answers to conversations that somebody else keeps."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from appliance.engines.base import Message
from appliance.errors import EngineTimeout, LanguageModelError
from appliance.services.conversation import Talk, talk_of
from appliance.services.llm import think
from tests.fakes.stages import DESK, ScriptedStages
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit

GREETING = {"role": "assistant", "content": "Good morning, how can I help?"}
HELLO = {"role": "user", "content": "Hello."}


def told(role: str, content: object) -> dict[str, object]:
    return {"role": role, "content": content}


async def answer(stages: ScriptedStages, talk: Talk) -> list[str]:
    async with aclosing(think(stages.desk, talk)) as pieces:
        return [piece async for piece in pieces]


def said(stages: ScriptedStages, *messages: object) -> str:
    talk = talk_of(messages)
    assert talk is not None
    return "".join(run(answer(stages, talk)))


def test_what_the_site_knows_is_said_word_for_word_and_the_model_is_not_asked() -> None:
    stages = ScriptedStages()
    assert said(stages, told("user", "what are your opening hours")) == (
        "We are open from nine to five."
    )
    assert stages.model.asked == []


def test_a_fact_that_nobody_wrote_down_is_not_made_up() -> None:
    stages = ScriptedStages(answer=lambda prompt: "We sell shoes.")
    assert said(stages, told("user", "do you sell shoes")) == DESK.phrases.unknown
    assert stages.model.asked == []


def test_figures_that_the_model_made_up_are_not_said() -> None:
    stages = ScriptedStages(answer=lambda prompt: "It is forty pounds. Come on Monday.")
    assert said(stages, told("user", "tell me a story")) == DESK.phrases.unknown
    half = ScriptedStages(answer=lambda prompt: "Of course. It is forty pounds.")
    assert said(half, told("user", "tell me a story")) == "Of course."


def test_pieces_joined_are_the_whole_answer() -> None:
    stages = ScriptedStages(answer=lambda prompt: "I am fine, thank you. How are you?")
    talk = talk_of([told("user", "hello there")])
    assert talk is not None
    pieces = run(answer(stages, talk))
    assert len(pieces) > 1
    assert "".join(pieces) == "I am fine, thank you. How are you?"


def test_our_own_system_prompt_comes_first() -> None:
    stages = ScriptedStages()
    said(stages, HELLO)
    assert stages.model.asked[0][0] == Message("system", DESK.persona)


def test_a_system_message_inside_is_added_to_our_own() -> None:
    stages = ScriptedStages()
    said(stages, HELLO, told("system", "The caller is Anna."), told("user", "hello again"))
    roles = [message.role for message in stages.model.asked[0]]
    assert roles.count("system") == 1
    assert stages.model.asked[0][0].content == f"{DESK.persona}\nThe caller is Anna."


def test_a_leading_greeting_takes_the_place_of_our_own() -> None:
    stages = ScriptedStages()
    said(stages, GREETING, told("user", "hello there"))
    assert stages.model.asked[0][1:] == [
        Message("user", "Hello."),
        Message("assistant", "Good morning, how can I help?"),
        Message("user", "hello there"),
    ]
    ours = ScriptedStages()
    said(ours, told("user", "hello there"))
    assert ours.model.asked[0][2] == Message("assistant", DESK.greeting)


def test_neighbours_of_one_role_become_one_message() -> None:
    stages = ScriptedStages()
    said(stages, GREETING, HELLO, told("user", "it is me"), told("user", "you know"))
    assert stages.model.asked[0][-1] == Message("user", "Hello. it is me you know")


def test_unknown_roles_and_content_that_is_no_text_are_passed_over() -> None:
    strange = [told("tool", "42"), told("user", ["a"]), told("user", None), "text", 5, {}]
    talk = talk_of([*strange, HELLO, told("narrator", "Suddenly."), told("user", "  ")])
    assert talk == Talk("Hello.")


def test_the_callers_last_message_is_answered_whatever_follows_it() -> None:
    assert talk_of([HELLO, told("assistant", "Hello!")]) == Talk("Hello.")


def test_without_a_word_of_the_caller_there_is_no_talk() -> None:
    assert talk_of([]) is None
    assert talk_of([GREETING, told("system", "Be brief.")]) is None


def test_a_yes_to_our_offer_is_understood_from_the_conversation_alone() -> None:
    stages = ScriptedStages()
    before = [told("user", "do you sell shoes"), told("assistant", DESK.phrases.unknown)]
    assert said(stages, *before, told("user", "yes please")) == "I will put you through."


def test_a_failing_model_is_told_as_itself() -> None:
    stages = ScriptedStages()
    stages.model.failure = LanguageModelError("scripted", "broken")
    with pytest.raises(LanguageModelError, match="broken"):
        said(stages, HELLO)


def test_a_model_that_never_answers_is_given_up() -> None:
    stages = ScriptedStages()
    stages.model.stalls_s = 3600.0
    with pytest.raises(EngineTimeout):
        said(stages, HELLO)


def test_a_reader_that_leaves_stops_the_model_within_a_token() -> None:
    stages = ScriptedStages(answer=lambda prompt: "One sentence. And more of it. " * 50)

    async def leave() -> int:
        talk = talk_of([HELLO])
        assert talk is not None
        async with aclosing(think(stages.desk, talk)) as pieces:
            await anext(pieces)
        written = len(stages.model.written)
        await asyncio.sleep(1.0)
        return written

    written = run(leave())
    assert len(stages.model.written) == written < 10
