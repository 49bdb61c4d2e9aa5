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

from appliance.call.asked import Asked
from appliance.config.agent import VALUE, Action, Agent, Expect, KnowledgeEntry
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
    asked: Asked | None = None
    """What the caller is to dictate, or to confirm."""
    confirmed: Asked | None = None
    """What the caller has just confirmed."""
    slower: bool = False
    repeated: bool = False
    """Whether the caller has heard it before, and asked for it again."""


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
    """How to answer a caller who asks for something with ``text`` (as the recogniser writes it)
    after ``previous`` was the last answer. What else a caller may do with their words is decided
    before this (``reaction.py``)."""
    words = canonical(text, agent.language)
    match = knowledge.match(text)
    if match.entry is not None and match.verdict == "confident":
        return entry_reply(match.entry, knowledge, _confirmed(previous))
    if match.entry is not None and match.verdict == "weak":
        return _from_weak_match(text, words, match, agent, knowledge)
    if not agent.facts_from_model and _asks_for_a_fact(words, agent.language):
        return not_known(agent)
    return ModelReply(text)


def not_known(agent: Agent) -> FixedReply:
    """The honest answer, with the offer of a person when the agent knows one."""
    offer = agent.unknown_if_yes
    return FixedReply(agent.phrases.unknown, expect="yes_no" if offer else "any", if_yes=offer)


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


def _from_weak_match(
    text: str, words: str, match: Match, agent: Agent, knowledge: Knowledge
) -> Reply:
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
    return entry_reply(match.entry, knowledge) if likely else note


def entry_reply(
    entry: KnowledgeEntry, knowledge: Knowledge, value: Asked | None = None
) -> FixedReply:
    """The words of ``entry``, and what it does.

    ``value``: what the caller has confirmed. An entry that needs one which is not there is answered
    by the entry that asks for it, and one that asks for what is there already by what comes then.
    """
    if value is not None and entry.then is not None and entry.expect == value.kind:
        entry = knowledge.entry(entry.then)
    if value is None and entry.needs_value:
        entry = next(each for each in knowledge.entries if each.then == entry.id)
    said, arguments = entry.answer, dict(entry.arguments)
    if value is not None and value.value is not None:
        written = value.value
        said = said.replace(VALUE, value.spoken)
        arguments = {
            key: each.replace(VALUE, written) if isinstance(each, str) else each
            for key, each in arguments.items()
        }
    kind = entry.dictated
    asked = None if kind is None else Asked(kind, entry.length, entry.id, entry.then)
    return FixedReply(
        said,
        "knowledge",
        entry.action,
        entry.expect,
        entry.if_yes,
        transfer_to=entry.transfer_to,
        tool=None if entry.tool is None else ToolCall(entry.tool, arguments),
        asked=asked,
    )


def _confirmed(previous: Reply | None) -> Asked | None:
    """The value that the caller confirmed just before they told what it is for."""
    asked = previous.asked if isinstance(previous, FixedReply) else None
    return asked if asked is not None and asked.state == "confirmed" else None
