"""What was said in the calls of clients that tell only the caller's last words. Pure.

Bounded in calls and in words: an old call, and the beginning of a long one, are forgotten.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from appliance.engines.base import Message

MOST_CALLS: Final = 256
MOST_CHARACTERS: Final = 8000
"""Of one call; about what a language model here can hold (2048 tokens)."""


class Histories:
    """By the uuid of the call."""

    def __init__(self) -> None:
        self._calls: OrderedDict[str, tuple[Message, ...]] = OrderedDict()

    def of(self, uuid: str) -> tuple[Message, ...]:
        """What was said in this call, oldest first; empty for an unknown one."""
        return self._calls.get(uuid, ())

    def add(self, uuid: str, asked: str, answered: str) -> None:
        """The caller said ``asked`` and was told ``answered``, if anything."""
        said = [*self.of(uuid), Message("user", asked)]
        if answered:
            said.append(Message("assistant", answered))
        while sum(len(message.content) for message in said) > MOST_CHARACTERS:
            del said[0]
        self._calls[uuid] = tuple(said)
        self._calls.move_to_end(uuid)
        while len(self._calls) > MOST_CALLS:
            self._calls.popitem(last=False)
