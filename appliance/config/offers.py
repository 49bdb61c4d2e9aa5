"""When an agent offers a person, and in which words: its own phrases, put together."""

from __future__ import annotations

from appliance.config.agent import Agent, KnowledgeEntry


def person_of(agent: Agent) -> KnowledgeEntry | None:
    """The entry that a yes to an offer asks for; None where the agent has no person."""
    wanted = agent.unknown_if_yes
    return next((entry for entry in agent.knowledge if entry.id == wanted), None)


def silence_offer(agent: Agent) -> str:
    """What a caller is told who has been silent for long; empty where nothing can be offered."""
    person, phrases = person_of(agent), agent.phrases
    if person is None or not phrases.no_input_person:
        return ""
    keys = [each for each in person.questions if len(each) == 1 and each in "0123456789"]
    if not keys or not phrases.no_input_key:
        return phrases.no_input_person
    return f"{phrases.no_input_person} {phrases.no_input_key.replace('{key}', keys[0])}"


def trouble_offer(agent: Agent) -> str:
    """What a caller is told who has not been understood again and again; empty likewise."""
    return "" if person_of(agent) is None else agent.phrases.trouble
