"""What an answer is: fixed words of the site, or the language model's turn. Values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from appliance.config.agent import Action, Agent, Expect, KnowledgeEntry
from appliance.engines.base import ToolCall

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
    answers: tuple[str, ...] = ()
    """Ids of the entries that it answers with: from the last one the caller may go on."""
    choices: tuple[str, ...] = ()
    """Ids of the entries that it asks about, where it asks back."""


@dataclass(frozen=True, slots=True)
class ModelReply:
    """Let the language model answer ``prompt``: the caller's words, with what the site knows about
    them."""

    prompt: str
    tools: bool = True
    """Whether it may ask for a tool instead."""


Reply = FixedReply | ModelReply


def from_entries(entries: Sequence[KnowledgeEntry]) -> FixedReply:
    """The answers of the ``entries`` (at least one), one behind the other; what is done, expected
    and offered is the last one's."""
    last = entries[-1]
    return FixedReply(
        " ".join(entry.answer for entry in entries),
        "knowledge",
        last.action,
        last.expect,
        last.if_yes,
        transfer_to=last.transfer_to,
        tool=None if last.tool is None else ToolCall(last.tool, last.arguments),
        answers=tuple(entry.id for entry in entries),
    )


def with_offer(text: str, agent: Agent) -> FixedReply:
    """Words that end with the offer of a person, which a "yes" takes where the agent knows one."""
    offer = agent.unknown_if_yes
    return FixedReply(text, expect="yes_no" if offer else "any", if_yes=offer)


def not_known(agent: Agent) -> FixedReply:
    """The honest answer, with the offer of a person when the agent knows one."""
    return with_offer(agent.phrases.unknown, agent)
