"""Calls ended, transferred and placed on somebody else's wish: a tool's, or another program's.

A call that runs here first says what it is saying; its goodbye is not cut off. Any other call (this
service may be one stage of somebody else's) is a matter for Asterisk's manager interface, our own
account there or AVR's program for it.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from appliance.asterisk.ami import NoManager, NoSuchChannel
from appliance.asterisk.manager import Manager
from appliance.config.agent import Action


class Running(Protocol):
    """A call that runs here."""

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up, or transfer to ``extension`` or ``extension@context``, when what is being said
        has been heard."""


class Control:
    """What can be done to calls from outside. Event loop only."""

    def __init__(self, manager: Manager | None) -> None:
        self.manager = manager
        self.running: dict[UUID, Running] = {}
        """The calls that run here."""

    async def hang_up(self, uuid: UUID) -> None:
        """End call ``uuid``. Raises AmiError, NoSuchChannel."""
        if call := self.running.get(uuid):
            call.end_with("hangup")
        else:
            await self._manager(uuid).hang_up(uuid)

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None:
        """Send the caller of ``uuid`` to ``extension`` in ``context``. Raises AmiError,
        NoSuchChannel."""
        if call := self.running.get(uuid):
            call.end_with("transfer", f"{extension}@{context}")
        else:
            await self._manager(uuid).transfer(uuid, extension, context)

    async def originate(self, channel: str, extension: str, context: str, caller_id: str) -> None:
        """Ring ``channel`` and connect who answers with ``extension``. Raises AmiError,
        NoManager."""
        if self.manager is None:
            raise NoManager("calls are placed through Asterisk's manager interface: set ami_host")
        await self.manager.originate(channel, extension, context, caller_id)

    def _manager(self, uuid: UUID) -> Manager:
        if self.manager is None:
            raise NoSuchChannel(f"Call with UUID {uuid} not found")
        return self.manager
