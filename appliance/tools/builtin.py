"""The tools every agent may be given: AVR's two."""

from __future__ import annotations

from typing import Any, Final

from appliance.engines.base import ToolSpec

TRANSFER: Final = "avr_transfer"
HANG_UP: Final = "avr_hangup"

_PLACE: Final[dict[str, Any]] = {"type": ["string", "integer"]}

BUILT_IN: Final = {
    TRANSFER: ToolSpec(
        TRANSFER,
        "Put the caller through when he asks for a person or another extension.",
        {
            "type": "object",
            "properties": {
                "transfer_extension": _PLACE,
                "transfer_context": _PLACE,
                "transfer_priority": _PLACE,
            },
            "required": [],
        },
    ),
    HANG_UP: ToolSpec(
        HANG_UP,
        "End the call when the caller says goodbye or wants nothing more.",
        {"type": "object", "properties": {}, "required": []},
    ),
}
"""By name. They end the agent's part of the call, so they are done by the call itself."""


def place(arguments: Any) -> str | None:
    """Where ``avr_transfer`` goes: ``extension`` or ``extension@context``; None leaves it to the
    agent's own ``person``. AVR's connectors send numbers as well as strings."""
    extension = str(arguments.get("transfer_extension") or "").strip()
    context = str(arguments.get("transfer_context") or "").strip()
    if not extension:
        return None
    return f"{extension}@{context}" if context else extension
