"""Who answers: the site's own knowledge, an honest "I do not know", or the language model.

Facts come from the site. A small local model is fluent and wrong about opening hours, so it only
gets what is talk; a question about facts that the site has no entry for is answered by saying so.

This is the policy of all answers: in telephone calls (``answering.py``, ``chat.py``) and in the
services for conversations that somebody else keeps (``services/llm.py``). Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from appliance.config.agent import Action, Agent, Expect, KnowledgeEntry
from appliance.config.offers import trouble_offer
from appliance.engines.base import Message, Sampling, ToolCall, ToolSpec
from appliance.knowledge.matcher import Knowledge, Match
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.text.grounded import is_grounded
from appliance.tools.builtin import TRANSFER, place
from appliance.tools.toolbox import Result

Source = Literal["knowledge", "language_model", "phrase", "tool"]


@dataclass(frozen=True, slots=True)
class FixedReply:
    """Fixed words of the site."""

    text: str
    source: Source = "phrase"
    action: Action | None = None
    expect: Expect = "any"
    if_yes: str | None = None
    """Id of the knowledge entry that a "yes" to it asks for."""
    transfer_to: str | None = None
    """Where the action ``transfer`` goes; None leaves it to the agent."""
    tool: ToolCall | None = None
    """Used when it has been said; what comes of it is said too."""
    interruptible: bool = True
    """Whether the caller's voice stops it."""


@dataclass(frozen=True, slots=True)
class ModelReply:
    """Let the language model answer ``prompt``: the caller's words, with what the site knows about
    them."""

    prompt: str
    tools: bool = True
    """Whether it may ask for a tool instead."""


Reply = FixedReply | ModelReply

CALL_TOKENS: Final = 120
"""A tool's name and arguments must fit into a reply, or the call is lost."""
LIKELY: Final = 0.6
"""Score of a weak match from which on it is right in about six of seven cases."""


def _asks_for_a_fact(words: str, language: str) -> bool:
    """Whether ``words`` (canonical) are a question about the world, not about the agent.

    False in a language whose questions nobody has described, so they go to the language model.
    """
    known = language_of(language)
    return bool(known.asks.search(words)) and not known.about_the_agent.search(words)


def plan_answer(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None = None
) -> Reply:
    """How to answer a caller who said ``text`` (as the recogniser writes it) after ``previous`` was
    the last answer."""
    words = canonical(text, agent.language)
    match = knowledge.match(text)
    if match.entry is not None and match.verdict == "confident":
        return _from_entry(match.entry)
    if isinstance(previous, FixedReply) and previous.if_yes is not None:
        if language_of(agent.language).yes.search(words):
            return _from_entry(knowledge.entry(previous.if_yes))
        if language_of(agent.language).no.search(words):
            return FixedReply(agent.phrases.anything_else)
    if match.entry is not None and match.verdict == "weak":
        return _from_weak_match(text, words, match, agent)
    if not agent.facts_from_model and _asks_for_a_fact(words, agent.language):
        return not_known(agent)
    return ModelReply(text)


def not_known(agent: Agent) -> FixedReply:
    """The honest answer, with the offer of a person when the agent knows one."""
    offer = agent.unknown_if_yes
    return FixedReply(agent.phrases.unknown, expect="yes_no" if offer else "any", if_yes=offer)


def in_trouble(agent: Agent) -> FixedReply | None:
    """The offer of a person after misunderstandings; None when the agent knows none."""
    offer = trouble_offer(agent)
    return FixedReply(offer, expect="yes_no", if_yes=agent.unknown_if_yes) if offer else None


def failed_tool(agent: Agent) -> FixedReply:
    """A tool did not do what it should, with the offer of a person when the agent knows one."""
    offer = agent.unknown_if_yes
    return FixedReply(agent.phrases.tool_failed, expect="yes_no" if offer else "any", if_yes=offer)


def end_of_call(call: ToolCall, agent: Agent) -> FixedReply:
    """What is said and done for one of the built-in tools."""
    if call.name == TRANSFER:
        transfer_to = place(call.arguments)
        return FixedReply(agent.phrases.transfer, "tool", "transfer", transfer_to=transfer_to)
    return FixedReply(agent.phrases.goodbye, "tool", "hangup")


def after_tool(call: ToolCall, result: Result, prompt: str) -> Reply:
    """What is said of a tool's ``result``: the site's phrase for it, or what the model makes of it
    as an answer to ``prompt``."""
    if result.say is not None:
        return FixedReply(result.say, "tool")
    return ModelReply(f"{prompt}\n(What {call.name} says: {result.text})", tools=False)


def sampling(agent: Agent, tools: Sequence[ToolSpec] = ()) -> Sampling:
    """How a reply of the model is drawn that may be the call of one of ``tools`` instead."""
    most = max(agent.max_reply_tokens, CALL_TOKENS if tools else 0)
    return Sampling(max_tokens=most, tools=tuple(tools))


def may_say(utterance: str, asked: Sequence[Message], agent: Agent) -> bool:
    """Whether the agent may say what the model wrote after ``asked``: False for figures that it
    made up, where the site's facts come from the site."""
    told = (message.content for message in asked)
    return agent.facts_from_model or is_grounded(utterance, told, agent.language)


def _from_weak_match(text: str, words: str, match: Match, agent: Agent) -> Reply:
    """An entry that may be meant goes into the prompt as a note.

    A model that is not trusted with facts gets them wrong even with the note before it, and takes a
    note for the topic of "how are you today". So it gets the note only with a question about facts,
    and when the entry is likely enough the question is answered with the entry itself (but nothing
    is done on so weak a ground).
    """
    assert match.entry is not None
    note = ModelReply(f"{text}\n(What we know: {match.entry.answer})")
    if agent.facts_from_model:
        return note
    if not _asks_for_a_fact(words, agent.language):
        return ModelReply(text)
    likely = match.score >= LIKELY and match.entry.action is None and match.entry.tool is None
    return _from_entry(match.entry) if likely else note


def _from_entry(entry: KnowledgeEntry) -> FixedReply:
    return FixedReply(
        entry.answer,
        "knowledge",
        entry.action,
        entry.expect,
        entry.if_yes,
        transfer_to=entry.transfer_to,
        tool=None if entry.tool is None else ToolCall(entry.tool, entry.arguments),
        interruptible=entry.interruptible,
    )
