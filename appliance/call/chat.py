"""What the language model knows of one call, and what it is let say.

It reads along: what was said goes into its memory as soon as it is known, so that a reply only
waits for the caller's last words.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from appliance.call.answer import sampling
from appliance.call.dialogue import Dialogue
from appliance.call.grounds import may_say
from appliance.config.agent import Agent
from appliance.engines.base import (
    LanguageSession,
    Message,
    Speech,
    ToolCall,
    ToolSpec,
)
from appliance.errors import EngineError

log = logging.getLogger(__name__)


class Chat:
    """The dialogue of one call and the language session that continues it. Event loop only."""

    def __init__(
        self,
        agent: Agent,
        opening: Sequence[Message],
        session: LanguageSession,
        tasks: asyncio.TaskGroup,
        *,
        tools: Sequence[ToolSpec] = (),
    ) -> None:
        self.sampling = sampling(agent, tools)
        self.call: ToolCall | None = None
        """The tool that the last reply asked for."""
        self._agent = agent
        self._session = session
        self._tasks = tasks
        self._dialogue = Dialogue(opening)
        self._asked: list[Message] = []
        self._overheard = 0  # words of the caller's present speech that have been read
        self._reading: asyncio.Task[None] | None = None

    def overhear(self, partial: str) -> None:
        """The caller is still speaking and has said ``partial`` so far.

        The last word may still change, so it is left out. A wrong guess costs nothing but the work.
        """
        words = partial.split()[:-1]
        if len(words) > self._overheard:
            self._overheard = len(words)
            self._read(self._dialogue.with_user(" ".join(words)))

    async def reply(self, prompt: str, *, tools: bool) -> AsyncGenerator[str | Speech]:
        """Deltas of the answer to a caller's ``prompt``; close it when it is not needed any more.

        ``tools``: whether it may be the call of a tool instead, which is then in ``call``. Raises
        LanguageModelError.
        """
        self.rest()
        self.call = None
        self._asked = self._dialogue.with_user(prompt)
        drawn = self.sampling if tools else replace(self.sampling, tools=())
        async with aclosing(self._session.reply(self._asked, drawn)) as deltas:
            async for delta in deltas:
                if isinstance(delta, ToolCall):
                    self.call = delta
                    return
                yield delta

    def may_say(self, utterance: str) -> bool:
        """Whether the caller may hear this ``utterance`` of the last reply."""
        return may_say(utterance, self._asked, self._agent)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The dialogue so far."""
        return tuple(self._dialogue.messages)

    def back_to(self, messages: Sequence[Message]) -> None:
        """What was said after ``messages``, which were the dialogue once, is taken back."""
        self._dialogue.back_to(messages)

    def remember(self, prompt: str, said: str) -> None:
        """The caller said ``prompt`` (nothing, before a greeting) and heard ``said``."""
        self._overheard = 0
        if prompt:
            self._dialogue.caller_said(prompt)
        self._dialogue.agent_said(said)

    def reflect(self) -> None:
        """Nothing is asked just now: read what was said since."""
        self._read(self._dialogue.messages)

    def rest(self) -> None:
        """Stop reading."""
        self._overheard = 0
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _read(self, messages: Sequence[Message]) -> None:
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._tasks.create_task(self._prefill(messages))

    async def _prefill(self, messages: Sequence[Message]) -> None:
        try:
            await self._session.prefill(messages)
        except EngineError as error:
            log.warning("%s: %s (the next reply will show whether it lasts)", error.code, error)
