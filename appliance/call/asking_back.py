"""Asks the caller which entry is meant, where one or two may be, and takes what they answer.

A guess in the clinic's own voice is a wrong answer; a question back costs three seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from appliance.call.reply import FixedReply, Reply, from_entries, not_known
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.knowledge.asked import Asked
from appliance.knowledge.matcher import Knowledge
from appliance.language.acts import ANSWERS, act_of
from appliance.language.registry import language_of

BOTH: Final = 2


def ask_back(entries: Sequence[KnowledgeEntry], agent: Agent) -> FixedReply:
    """Whether one of ``entries`` is meant: of two, which one; of one, whether it is that.

    Two that have no words to be named by both are asked about one at a time.
    """
    if any(entry.asks is None for entry in entries):
        entries = entries[:1]
    text = agent.phrases.asking(entries)
    choices = tuple(entry.id for entry in entries)
    if len(entries) == BOTH:
        return FixedReply(text, expect="open", choices=choices)
    return FixedReply(text, expect="yes_no", if_yes=choices[0], choices=choices)


def take(
    previous: FixedReply, said: Asked, words: str, agent: Agent, knowledge: Knowledge
) -> Reply | None:
    """The answer to a caller who answers the question of ``previous`` in other words than a yes or
    a no (those are ``reaction.py``'s matter); None where it asked nothing back, or they speak of
    something else."""
    if len(previous.choices) == BOTH:
        return _chosen(previous, said, words, agent, knowledge)
    if not previous.choices:
        return None
    entry = knowledge.entry(previous.choices[0])
    if said.near and said.near[0] is entry:
        return from_entries([entry], knowledge)  # said once more, in other words
    return None if said.topic is not None else not_known(agent)


def _chosen(
    previous: FixedReply, said: Asked, words: str, agent: Agent, knowledge: Knowledge
) -> Reply | None:
    """The one of two that the caller names, by its place or by its words."""
    first, second = map(knowledge.entry, previous.choices)
    talk = language_of(agent.language).talk
    if talk.both.search(words):
        return from_entries(
            sorted([first, second], key=lambda entry: entry.action is not None), knowledge
        )
    if talk.first.search(words):
        return from_entries([first], knowledge)
    if talk.second.search(words):
        return from_entries([second], knowledge)
    named = [entry for entry in said.near if entry in (first, second)]
    if named:
        return from_entries(named[:1], knowledge)
    act = act_of(words, language_of(agent.language), asked=True)
    if act.kind == "yes":
        return ask_back([first], agent)
    elsewhere = act.kind not in ANSWERS and said.topic is not None
    return None if elsewhere else not_known(agent)
