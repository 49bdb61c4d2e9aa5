"""How much of a conversation a language model elsewhere is sent.

Its context cannot be asked for, so a long call loses its oldest turns here, before the service
would refuse it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from appliance.engines.base import Message

MAX_TURNS: Final = 20
"""Exchanges: with a caller's usual dozen words and a reply of 60 tokens about 2,000 tokens."""


def recent(messages: Sequence[Message], opening: int) -> list[Message]:
    """``messages`` with their ``opening`` first ones, which end with the caller's "Hello.", and no
    more than the last ``MAX_TURNS`` exchanges; users and assistants stay in turns."""
    return [*messages[:opening], *messages[opening:][-2 * MAX_TURNS :]]


def as_json(messages: Sequence[Message]) -> list[dict[str, str]]:
    """The form that all services share."""
    return [{"role": message.role, "content": message.content} for message in messages]
