"""Thinking alone: what was said so far in, the words of the answer out.

It answers as in a call: what the site knows comes first, word for word; a question about facts that
nobody wrote down gets an honest "I do not know"; and figures that the model made up are not said.
Whoever asks keeps the conversation and tells it anew each time, in whatever order and roles his
telephone system has them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Final

from appliance.call.answer import Plan, Say, not_known, plan_answer
from appliance.call.dialogue import Dialogue
from appliance.call.equipped import EquippedAgent
from appliance.call.pieces import pieces
from appliance.engines.base import LanguageSession, Message, Sampling
from appliance.errors import EngineTimeout
from appliance.text.grounded import is_grounded

PIECE_TIMEOUT_S: Final = 10.0
"""A piece of an answer that is not there by then will not come."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation up to the caller's words that want an answer."""

    prompt: str
    """The caller's last message."""
    before: tuple[Message, ...] = ()
    """Of user and assistant; any order, any number of one role in a row."""
    instructions: tuple[str, ...] = ()
    """System messages that the client put in."""


def talk_of(messages: Sequence[object]) -> Talk | None:
    """The talk in a client's ``messages``; None when there is nothing of the caller's in it.

    Entries of unknown roles, or whose content is no text, count as not there; so does whatever
    follows the caller's last message.
    """
    known = [message for message in map(_message, messages) if message is not None]
    spoken = [message for message in known if message.role != "system"]
    while spoken and spoken[-1].role != "user":
        spoken.pop()
    if not spoken:
        return None
    instructions = tuple(message.content for message in known if message.role == "system")
    return Talk(spoken[-1].content, tuple(spoken[:-1]), instructions)


async def think(equipped: EquippedAgent, talk: Talk, call_id: str = "") -> AsyncGenerator[str]:
    """The pieces of the answer to ``talk``, at least one; joined they are the whole of it.

    Closing the generator stops the model within a token. Raises LanguageModelError, EngineBusy,
    EngineTimeout.
    """
    agent = equipped.agent
    plan = plan_answer(talk.prompt, agent, equipped.knowledge, _previous(equipped, talk))
    if isinstance(plan, Say):
        yield plan.text
        return
    opening = equipped.opening()
    session = await equipped.language_model.open(opening, call_id=call_id)
    try:
        asked = _dialogue(equipped, opening, talk).with_user(plan.prompt)
        async with aclosing(_reply(session, asked, agent.max_reply_tokens)) as reply:
            said = ""
            async for piece in reply:
                if not agent.facts_from_model and not is_grounded(
                    piece, (message.content for message in asked)
                ):
                    break
                yield f" {piece}" if said else piece
                said = piece
            if not said:
                yield not_known(agent).text
    finally:
        await session.close()


async def _reply(
    session: LanguageSession, asked: Sequence[Message], max_tokens: int
) -> AsyncGenerator[str]:
    """The pieces of the model's text; sound that a service elsewhere sends is no text."""
    deltas = session.reply(asked, Sampling(max_tokens=max_tokens))
    texts = (delta async for delta in deltas if isinstance(delta, str))
    async with (
        aclosing(deltas),
        aclosing(texts),
        aclosing(pieces(texts, max_tokens)) as written,
    ):
        while True:
            try:
                async with asyncio.timeout(PIECE_TIMEOUT_S):
                    piece = await anext(written, None)
            except TimeoutError as error:
                late = f"no words within {PIECE_TIMEOUT_S:.0f} s"
                raise EngineTimeout("answer", late) from error
            if not isinstance(piece, str):
                return
            yield piece


def _dialogue(equipped: EquippedAgent, opening: Sequence[Message], talk: Talk) -> Dialogue:
    """The talk behind the agent's opening, which ends with the caller's "Hello.": the greeting
    follows, the client's or our own."""
    if talk.instructions:
        persona = "\n".join([opening[0].content, *talk.instructions])
        opening = [Message("system", persona), *opening[1:]]
    dialogue = Dialogue(opening)
    if not talk.before or talk.before[0].role != "assistant":
        dialogue.agent_said(equipped.agent.greeting)
    for message in talk.before:
        if message.role == "assistant":
            dialogue.agent_said(message.content)
        else:
            dialogue.caller_said(message.content)
    return dialogue


def _previous(equipped: EquippedAgent, talk: Talk) -> Plan | None:
    """What of ours the caller heard last, where it was a question that a "yes" may answer."""
    if not talk.before or talk.before[-1].role != "assistant":
        return None
    heard, agent = _words(talk.before[-1].content), equipped.agent
    if heard.endswith(_words(agent.phrases.unknown)):
        return not_known(agent)
    for entry in agent.knowledge:
        if entry.if_yes is not None and heard.endswith(_words(entry.answer)):
            return Say(entry.answer, "knowledge", expect=entry.expect, if_yes=entry.if_yes)
    return None


def _words(text: str) -> str:
    return " ".join(text.split())


def _message(value: object) -> Message | None:
    if not isinstance(value, dict):
        return None
    entry: dict[str, Any] = value
    role, content = entry.get("role"), entry.get("content")
    if role not in ("system", "user", "assistant") or not isinstance(content, str):
        return None
    return Message(role, content.strip()) if content.strip() else None
