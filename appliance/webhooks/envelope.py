"""What the receiver gets: AVR's envelope, and which of a call's events it is told. Pure.

``error`` is told only where the site asks for it (setting ``webhook_errors``): avr-app refuses
letters of that type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from appliance.call.events import (
    AgentSaid,
    CallEnded,
    CallerSaid,
    CallEvent,
    CallFailed,
    CallStarted,
    DigitPressed,
    Interrupted,
)

INITIATED: Final = "call_initiated"
"""The only type whose reply matters."""


def envelope(uuid: UUID, event_type: str, payload: Mapping[str, Any], at: datetime) -> str:
    """The JSON, in ASCII; ``at`` must be UTC."""
    return json.dumps(
        {
            "uuid": str(uuid),
            "type": event_type,
            "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "payload": payload,
        }
    )


def told(event: CallEvent, *, errors: bool) -> tuple[str, Mapping[str, Any]] | None:
    """Type and payload of what the receiver is told of ``event``; None when it is nothing."""
    match event:
        case CallStarted():
            return "call_started", {}
        case CallerSaid(text, confirmed):
            return "transcription", {"role": "user", "text": text} | _confirmed(confirmed)
        case AgentSaid(text):
            return "transcription", {"role": "agent", "text": text}
        case Interrupted():
            return "interruption", {}
        case DigitPressed(digit):
            return "dtmf_digit", {"digit": digit}
        case CallFailed(code):
            return ("error", {"message": code}) if errors else None
        case CallEnded():
            return "call_ended", {}


def _confirmed(value: tuple[str, str] | None) -> dict[str, dict[str, str]]:
    return {} if value is None else {"confirmed": {"kind": value[0], "value": value[1]}}
