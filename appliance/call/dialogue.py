"""What has been said, as the caller heard it.

The list grows at its end, so the language model finds all but the newest words of its prompt in
its KV cells; only an answer to half a sentence is taken back, which costs some reading. An answer
that was cut off stands here cut off at the same word; one that was not heard at all does not stand
here.
"""

from __future__ import annotations

from collections.abc import Sequence

from appliance.engines.base import Message


class Dialogue:
    """The conversation of one call. Pure."""

    def __init__(self, opening: Sequence[Message]) -> None:
        """``opening``: what every call of the agent begins with, the system message first."""
        self._messages = list(opening)

    @property
    def messages(self) -> list[Message]:
        """System prompt first, then user and assistant in turns."""
        return list(self._messages)

    def back_to(self, messages: Sequence[Message]) -> None:
        """Take back what was said after ``messages``, which were all at some time."""
        self._messages = list(messages)

    def with_user(self, content: str) -> list[Message]:
        """The messages as they would be if the caller said ``content`` now."""
        return _appended(self._messages, Message("user", content))

    def caller_said(self, content: str) -> None:
        """The caller said ``content`` and got an answer."""
        self._messages = self.with_user(content)

    def agent_said(self, heard: str) -> None:
        """The caller heard ``heard``; nothing is kept of an answer nobody heard."""
        if heard:
            self._messages = _appended(self._messages, Message("assistant", heard))


def _appended(messages: list[Message], message: Message) -> list[Message]:
    """``messages`` and ``message``; two in a row of one role become one, as chat templates want
    it."""
    last = messages[-1]
    if last.role != message.role:
        return [*messages, message]
    return [*messages[:-1], Message(last.role, f"{last.content} {message.content}")]
