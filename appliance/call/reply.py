"""What an answer is: fixed words of the site, or the language model's turn. Values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from appliance.call.wanted_value import WantedValue
from appliance.config.agent import VALUE, Action, Agent, Expect, KnowledgeEntry
from appliance.engines.base import ToolCall
from appliance.knowledge.matcher import Knowledge

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
    answers: tuple[str, ...] = ()
    """Ids of the entries that it answers with: from the last one the caller may go on."""
    choices: tuple[str, ...] = ()
    """Ids of the entries that it asks about, where it asks back."""
    asked: WantedValue | None = None
    """What the caller is to dictate, or to confirm."""
    confirmed: WantedValue | None = None
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


def from_entries(
    entries: Sequence[KnowledgeEntry], knowledge: Knowledge, value: WantedValue | None = None
) -> FixedReply:
    """The answers of the ``entries`` (at least one), one behind the other; what is done, expected
    and offered is the last one's. ``value``: what the caller has confirmed."""
    resolved = [_resolved(entry, knowledge, value) for entry in entries]
    last = resolved[-1]
    spoken = "" if value is None else value.spoken
    kind = last.dictated
    return FixedReply(
        " ".join(entry.answer.replace(VALUE, spoken) for entry in resolved),
        "knowledge",
        last.action,
        last.expect,
        last.if_yes,
        transfer_to=last.transfer_to,
        tool=None if last.tool is None else ToolCall(last.tool, _filled(last.arguments, value)),
        interruptible=all(entry.interruptible for entry in resolved),
        answers=tuple(entry.id for entry in resolved),
        asked=None if kind is None else WantedValue(kind, last.length, last.id, last.then),
    )


def _resolved(
    entry: KnowledgeEntry, knowledge: Knowledge, value: WantedValue | None
) -> KnowledgeEntry:
    """An entry that needs a value which is not there is answered by the entry that asks for it, and
    one that asks for what is there already by what comes then."""
    if value is not None and entry.then is not None and entry.expect == value.kind:
        return knowledge.entry(entry.then)
    if value is None and entry.needs_value:
        return next(each for each in knowledge.entries if each.then == entry.id)
    return entry


def _filled(
    arguments: Mapping[str, str | int | float | bool], value: WantedValue | None
) -> dict[str, str | int | float | bool]:
    written = None if value is None else value.value
    if written is None:
        return dict(arguments)
    return {
        key: each.replace(VALUE, written) if isinstance(each, str) else each
        for key, each in arguments.items()
    }


def with_offer(text: str, agent: Agent) -> FixedReply:
    """Words that end with the offer of a person, which a "yes" takes where the agent knows one."""
    offer = agent.unknown_if_yes
    return FixedReply(text, expect="yes_no" if offer else "any", if_yes=offer)


def not_known(agent: Agent) -> FixedReply:
    """The honest answer, with the offer of a person when the agent knows one."""
    return with_offer(agent.phrases.unknown, agent)
