"""What becomes of a call when the agent has done its part: the answer to ``GET /call/{uuid}/next``.

The agent says goodbye or "I will put you through" over AudioSocket, which can only end. The
dialplan then asks here what was meant, so that nobody needs an account of the manager interface.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

ENDED_BY_US: Final = frozenset({"agent_hangup", "no_input", "time_over"})
"""Outcomes of calls in which the agent has said goodbye."""


@dataclass(frozen=True, slots=True)
class Afterwards:
    """The next step, for the dialplan to do."""

    action: Literal["hangup", "transfer", "continue"]
    """``continue``: back to the dialplan, which knows what happens without an agent."""
    extension: str | None = None
    """Transfers only; None leaves it to the dialplan."""
    context: str | None = None
    """Transfers only, likewise."""

    def as_json(self) -> dict[str, Any]:
        """The answer for programs."""
        if self.action != "transfer":
            return {"action": self.action}
        return {"action": self.action, "extension": self.extension, "context": self.context}

    def as_text(self) -> str:
        """The answer for a dialplan, to be cut at the colons: ``transfer:6002:internal``."""
        return ":".join(part for part in (self.action, self.extension, self.context) if part)


def afterwards(outcome: str, transfer_to: str | None) -> Afterwards:
    """The next step of a call that ended with ``outcome`` (see ``CallRecord``).

    ``transfer_to`` is ``extension`` or ``extension@context``, as the agents file writes it.
    """
    if outcome in ENDED_BY_US:
        return Afterwards("hangup")
    if outcome != "transfer":
        return Afterwards("continue")
    extension, _, context = (transfer_to or "").partition("@")
    return Afterwards("transfer", extension or None, context or None)
