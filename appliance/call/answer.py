"""Who answers: the site's own knowledge, an honest "I do not know", or the language model.

Facts come from the site. What is surely asked for is answered in the site's words; what may be
meant is asked back; what nobody wrote down is admitted. A small local model is fluent and wrong
about opening hours, so it only gets what is talk: how much more, the agent's ``trust`` says.

This is the policy of all answers: in telephone calls (``answering.py``, ``chat.py``) and in the
services for conversations that somebody else keeps (``services/llm.py``). Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from appliance.call.asking_back import ask_back, take
from appliance.call.grounds import tells_card_numbers, with_notes, with_result
from appliance.call.reply import FixedReply, ModelReply, Reply, from_entries, not_known, with_offer
from appliance.call.wanted_value import WantedValue
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.config.offers import trouble_offer
from appliance.engines.base import Sampling, ToolCall, ToolSpec
from appliance.knowledge.asked import Asked, asked, sense_of
from appliance.knowledge.matcher import Knowledge
from appliance.knowledge.meaning import NO_SENSE, Sense
from appliance.language.acts import ANSWERS, act_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.tools.builtin import TRANSFER, place
from appliance.tools.toolbox import Result

CALL_TOKENS: Final = 120
"""A tool's name and arguments must fit into a reply, or the call is lost."""
CAREFUL: Final = {"medical": "medical", "legal": "legal", "payment_card": "payment_card"}
"""Topics that get fixed words, and the phrase of each."""


async def planned(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None = None
) -> Reply:
    """As ``plan_answer``, with the meaning of the words: a few milliseconds of the encoder's
    thread, none of the event loop's."""
    sense = await sense_of(knowledge, text, _topic(text, agent, knowledge, previous))
    return plan_answer(text, agent, knowledge, previous, sense)


def plan_answer(
    text: str,
    agent: Agent,
    knowledge: Knowledge,
    previous: Reply | None = None,
    sense: Sense = NO_SENSE,
) -> Reply:
    """How to answer a caller who said ``text`` (as the recogniser writes it) after ``previous`` was
    the last answer. ``sense``: what ``sense_of`` tells of the text; without it words decide."""
    words = canonical(text, agent.language)
    said = asked(knowledge, text, _topic(text, agent, knowledge, previous), sense)
    if said.emergency is not None and said.emergency.verdict == "urgent":
        return from_entries([said.emergency.entry], knowledge)
    if tells_card_numbers(words, agent.language):
        return with_offer(agent.phrases.payment_card, agent)
    if said.answers:
        return from_entries(said.answers, knowledge, _confirmed(previous))
    if isinstance(previous, FixedReply):
        taken = take(previous, said, words, agent, knowledge)
        if taken is not None:
            return taken
    if said.emergency is not None:
        return ask_back([said.emergency.entry], agent)
    return _unsure(text, words, said, agent, knowledge)


def _unsure(text: str, words: str, said: Asked, agent: Agent, knowledge: Knowledge) -> Reply:
    """No entry surely answers, and no offer was open."""
    careful = CAREFUL.get(said.topic or "small_talk")
    if careful is not None:
        return with_offer(getattr(agent.phrases, careful), agent)
    if said.topic == "small_talk":
        return ModelReply(text)
    if agent.trusts == "facts":
        return ModelReply(with_notes(text, said.near))
    asks = _asks_for_a_fact(words, agent.language)
    if knowledge.meaning is None and not asks:
        return ModelReply(text)  # nobody can tell small talk from a request by words alone
    if said.near:
        return ask_back(said.near[: 1 if said.alone else 2], agent)
    if agent.trusts == "talk" and not asks:
        return ModelReply(text)
    return not_known(agent) if said.form != "tells" else FixedReply(agent.phrases.tell_more)


def _topic(
    text: str, agent: Agent, knowledge: Knowledge, previous: Reply | None
) -> KnowledgeEntry | None:
    """What was last talked about, for words that may go on with it; a yes or no answers."""
    if not isinstance(previous, FixedReply) or not previous.answers:
        return None
    act = act_of(canonical(text, agent.language), language_of(agent.language))
    if act.kind in ANSWERS and not act.rest:
        return None
    return knowledge.entry(previous.answers[-1])


def _asks_for_a_fact(words: str, language: str) -> bool:
    """Whether ``words`` (canonical) are a question about the world, not about the agent.

    False in a language whose questions nobody has described, so they go to the language model.
    """
    known = language_of(language)
    return bool(known.asks.search(words)) and not known.about_the_agent.search(words)


def in_trouble(agent: Agent) -> FixedReply | None:
    """The offer of a person after misunderstandings; None when the agent knows none."""
    offer = trouble_offer(agent)
    return with_offer(offer, agent) if offer else None


def failed_tool(agent: Agent) -> FixedReply:
    """A tool did not do what it should, with the offer of a person when the agent knows one."""
    return with_offer(agent.phrases.tool_failed, agent)


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
    return ModelReply(with_result(prompt, call.name, result.text), tools=False)


def sampling(agent: Agent, tools: Sequence[ToolSpec] = ()) -> Sampling:
    """How a reply of the model is drawn that may be the call of one of ``tools`` instead."""
    most = max(agent.max_reply_tokens, CALL_TOKENS if tools else 0)
    return Sampling(max_tokens=most, tools=tuple(tools))


def _confirmed(previous: Reply | None) -> WantedValue | None:
    """The value that the caller confirmed just before they told what it is for."""
    asked = previous.asked if isinstance(previous, FixedReply) else None
    return asked if asked is not None and asked.state == "confirmed" else None
