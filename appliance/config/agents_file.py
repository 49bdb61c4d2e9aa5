"""Reads the file of agents: who answers which extension, and what each of them knows.

Administrators edit it by hand, so whatever is wrong names file, line and key before the service
takes its first call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from appliance.config.agent import OWN_MODEL, VALUE, Agent, KnowledgeEntry
from appliance.config.document import Document, Loc, load, parse, suggestion
from appliance.errors import SettingsError
from appliance.text.pronunciations import faults
from appliance.text.speakable import speakable

KEYS = ("default", "agents")


@dataclass(frozen=True, slots=True)
class Agents:
    """The agents of a site."""

    by_name: Mapping[str, Agent]
    default: Agent
    """Answers when the dialled extension belongs to nobody."""
    by_extension: Mapping[str, Agent]
    stand_ins: Mapping[str, str] = field(default_factory=dict)
    """Models of the appliance's own that are not installed: the small ones in their place."""

    def for_extension(self, extension: str | None) -> Agent:
        """Who answers calls to ``extension``; the default agent when nobody has it."""
        return self.by_extension.get(extension or "", self.default)

    def models(self) -> list[str]:
        """What the agents name as engines' models: names of the catalogue, or paths. A stage that
        is a service elsewhere needs none here."""
        named = set()
        for agent in self.by_name.values():
            if agent.asr_url is None:
                named.add(agent.recognizer)
            if agent.llm_url is None and agent.openai_url is None:
                named.add(agent.language_model)
            if agent.tts_url is None:
                named.add(agent.voice)
            if agent.embedding not in (None, OWN_MODEL):
                named.add(agent.embedding)
        return sorted(named)


def read_agents(path: Path) -> Agents:
    """Read and check an agents file (see ``agents/receptionist.yaml``).

    Raises SettingsError with one line per problem.
    """
    document = load(path)
    _check_top(document)
    agents = {name: _agent(document, name) for name in document.data["agents"]}
    problems = [*_extension_problems(document, agents)]
    for name, agent in agents.items():
        problems += _knowledge_problems(document, name, agent)
    default = document.data.get("default", next(iter(agents)))
    if default not in agents:
        text = f"there is no agent {default!r}{suggestion(str(default), agents)}"
        problems.append(document.problem(("default",), text))
    if problems:
        raise SettingsError("\n".join(problems))
    by_extension = {ext: agent for agent in agents.values() for ext in agent.extensions}
    return Agents(agents, agents[default], by_extension)


def _check_top(document: Document) -> None:
    problems = [
        document.problem((key,), f"unknown key{suggestion(key, KEYS)}")
        for key in document.data
        if key not in KEYS
    ]
    agents = document.data.get("agents")
    if not isinstance(agents, dict) or not agents:
        problems.append(document.problem(("agents",), "must hold at least one agent, by its name"))
    if problems:
        raise SettingsError("\n".join(problems))


def _agent(document: Document, name: str) -> Agent:
    loc: Loc = ("agents", name)
    values: Any = document.data["agents"][name]
    if not isinstance(values, dict):
        raise SettingsError(document.problem(loc, "must hold `key: value` lines"))
    if "name" in values:
        raise SettingsError(
            document.problem((*loc, "name"), "unknown key; the agent's name is the key above it")
        )
    agent = parse(Agent, document, {"name": name, **values}, loc)
    noise = agent.ambient_noise_file
    if noise is None:
        return agent
    beside = document.path.parent / noise.expanduser()
    return agent.model_copy(update={"ambient_noise_file": beside})


def _extension_problems(document: Document, agents: Mapping[str, Agent]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for name, agent in agents.items():
        for index, extension in enumerate(agent.extensions):
            loc = ("agents", name, "extensions", index)
            if extension in owner:
                text = f'"{extension}" already belongs to {owner[extension]}; remove one of them'
                yield document.problem(loc, text)
            owner.setdefault(extension, name)


def _knowledge_problems(document: Document, name: str, agent: Agent) -> Iterator[str]:
    yield from _spoken_problems(document, name, agent)
    for words, fault in faults(agent.say).items():
        yield document.problem(("agents", name, "say", words), fault)
    ids: set[str] = set()
    asked: dict[str, str] = {}
    for index, entry in enumerate(agent.knowledge):
        loc: Loc = ("agents", name, "knowledge", index)
        if entry.id in ids:
            yield document.problem((*loc, "id"), f'"{entry.id}" is used twice; choose another')
        ids.add(entry.id)
        if entry.urgent and entry.action == "hangup":
            text = "an urgent entry must not hang up: the caller may need more; leave `action` out"
            yield document.problem((*loc, "action"), text)
        if not speakable(entry.answer, agent.language):
            yield document.problem((*loc, "answer"), "holds nothing that can be spoken")
        yield from _question_problems(document, loc, entry, asked)
    yield from _reference_problems(document, name, agent, ids)


def _spoken_problems(document: Document, name: str, agent: Agent) -> Iterator[str]:
    """What the agent says by itself and nobody could hear."""
    at: Loc = ("agents", name)
    phrases = [((*at, "phrases", key), value) for key, value in agent.phrases]
    for loc, words in [((*at, "greeting"), agent.greeting), *phrases]:
        texts = {loc: words}
        if isinstance(words, tuple):
            texts = {(*loc, index): text for index, text in enumerate(words)}
        for where, text in texts.items():
            if isinstance(text, str) and not speakable(text, agent.language):
                yield document.problem(where, "holds nothing that can be spoken")


def _reference_problems(
    document: Document, name: str, agent: Agent, ids: set[str]
) -> Iterator[str]:
    """Keys that must name an entry."""
    at: Loc = ("agents", name)
    named = {(*at, "unknown_if_yes"): agent.unknown_if_yes}
    for index, entry in enumerate(agent.knowledge):
        named[(*at, "knowledge", index, "if_yes")] = entry.if_yes
        named[(*at, "knowledge", index, "then")] = entry.then
        if entry.needs_value and all(each.then != entry.id for each in agent.knowledge):
            text = f'uses {VALUE}, so an entry that asks for it must have "then: {entry.id}"'
            yield document.problem((*at, "knowledge", index), text)
    for loc, target in named.items():
        if target is not None and target not in ids:
            text = f'there is no knowledge entry "{target}"{suggestion(target, ids)}'
            yield document.problem(loc, text)


def _question_problems(
    document: Document, loc: Loc, entry: KnowledgeEntry, asked: dict[str, str]
) -> Iterator[str]:
    for index, question in enumerate(entry.questions):
        words = " ".join(question.lower().strip(" ?.!").split())
        if asked.get(words, entry.id) != entry.id:
            text = f'"{question}" already belongs to the entry "{asked[words]}"; remove one of them'
            yield document.problem((*loc, "questions", index), text)
        asked.setdefault(words, entry.id)
