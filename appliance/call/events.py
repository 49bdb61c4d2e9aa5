"""What happens in a call, for those outside who want to know: webhooks, speech-to-speech clients.

Facts in the past tense, told in the order in which they became true. A listener returns at once and
does not raise: the call does not wait for anybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallStarted:
    """The caller is connected."""


@dataclass(frozen=True, slots=True)
class CallerSaid:
    """Words of the caller that the agent is answering."""

    text: str
    confirmed: tuple[str, str] | None = None
    """Kind and value of what they dictated, where these words say that it is right."""


@dataclass(frozen=True, slots=True)
class AgentSaid:
    """Words of the agent, as far as the caller heard them."""

    text: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The caller took the floor from the agent: what was not heard yet is void."""


@dataclass(frozen=True, slots=True)
class DigitPressed:
    """The caller pressed a key."""

    digit: str
    """One of 0-9, ``*``, ``#``, A-D."""


@dataclass(frozen=True, slots=True)
class CallFailed:
    """Something of ours failed; the caller hears an apology."""

    code: str
    """Of the ApplianceError."""


@dataclass(frozen=True, slots=True)
class CallEnded:
    """The call is over."""

    outcome: str
    """As in the call's record."""


CallEvent = (
    CallStarted | CallerSaid | AgentSaid | Interrupted | DigitPressed | CallFailed | CallEnded
)
Listener = Callable[[CallEvent], None]


def nobody(event: CallEvent) -> None:
    """The Listener of a call that nobody follows."""
