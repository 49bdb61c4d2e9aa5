"""A conversation that somebody else keeps and tells anew each time. Pure.

Its messages come in whatever order and roles a telephone system has them; here they become what an
agent's own calls have: its opening, users and assistants in turns, the caller's words last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.asking_back import ask_back
from appliance.call.dialogue import Dialogue
from appliance.call.reply import Reply, from_entries, not_known
from appliance.engines.base import Message


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


def dialogue_of(loaded: LoadedAgent, opening: Sequence[Message], talk: Talk) -> Dialogue:
    """The talk behind the agent's opening, which ends with the caller's "Hello.": the greeting
    follows, the client's or our own."""
    if talk.instructions:
        persona = "\n".join([opening[0].content, *talk.instructions])
        opening = [Message("system", persona), *opening[1:]]
    dialogue = Dialogue(opening)
    if not talk.before or talk.before[0].role != "assistant":
        dialogue.agent_said(loaded.agent.greeting)
    for message in talk.before:
        if message.role == "assistant":
            dialogue.agent_said(message.content)
        else:
            dialogue.caller_said(message.content)
    return dialogue


def previous_plan(loaded: LoadedAgent, talk: Talk) -> Reply | None:
    """What of ours the caller heard last: what they say now may answer it, or go on with it."""
    if not talk.before or talk.before[-1].role != "assistant":
        return None
    heard, agent = _words(talk.before[-1].content), loaded.agent
    if heard.endswith(_words(agent.phrases.unknown)):
        return not_known(agent)
    replies = [from_entries([entry], loaded.knowledge) for entry in agent.knowledge]
    replies += [ask_back([entry], agent) for entry in agent.knowledge]
    replies += [ask_back(pair, agent) for pair in permutations(agent.knowledge, 2)]
    return next((each for each in replies if heard.endswith(_words(each.text))), None)


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
