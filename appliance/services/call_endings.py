"""Hang-ups and transfers of calls that somebody else holds, announced in an answer's words.

Nobody tells a language model's service when its words were heard, so the time that it takes to say
them is waited for; then whoever gives Asterisk orders here is asked, by the call's uuid.
"""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import Final
from uuid import UUID

from appliance.asterisk.ami import AmiError
from appliance.call.reply import FixedReply
from appliance.config.agent import Agent
from appliance.switchboard.call_control import Control

CHARACTERS_PER_S: Final = 14.0
"""Of speech: about 150 English words a minute."""
ON_THE_WAY_S: Final = 1.0
"""To the voice, and from it to the caller's ear."""
LONGEST_S: Final = 8.0
CONTEXT: Final = "demo"
"""AVR's own, where a transfer names none."""

log = logging.getLogger(__name__)


class CallEndings:
    """The calls that will end soon. Event loop only."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._tasks: dict[str, asyncio.Task[None]] = {}  # by the uuid as its client writes it

    def announce(self, call_id: str, say: FixedReply, agent: Agent) -> None:
        """Do what ``say`` tells the caller of ``call_id``, when it has probably been heard."""
        try:
            uuid = UUID(call_id)
        except ValueError:
            log.warning("a call is to end, but its client did not tell its uuid")
            return
        self.withdraw(call_id)
        self._tasks[call_id] = task = asyncio.create_task(self._do(uuid, say, agent))
        task.add_done_callback(partial(self._done, call_id))

    def withdraw(self, call_id: str) -> None:
        """The caller of ``call_id`` has said something more: what was announced is given up."""
        if task := self._tasks.pop(call_id, None):
            task.cancel()

    async def close(self) -> None:
        """Give up what has not been done. Idempotent."""
        tasks = tuple(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _done(self, call_id: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(call_id) is task:
            del self._tasks[call_id]

    async def _do(self, uuid: UUID, say: FixedReply, agent: Agent) -> None:
        await asyncio.sleep(min(LONGEST_S, len(say.text) / CHARACTERS_PER_S + ON_THE_WAY_S))
        try:
            if say.action == "hangup":
                await self._control.hang_up(uuid)
            else:
                await self._transfer(uuid, say.transfer_to or agent.person)
        except AmiError as error:
            log.error("%s: %s", error.code, error)

    async def _transfer(self, uuid: UUID, place: str | None) -> None:
        if place is None:
            log.error("a transfer names no extension, and its agent has no `person`")
            return
        extension, _, context = place.partition("@")
        await self._control.transfer(uuid, extension, context or CONTEXT)
