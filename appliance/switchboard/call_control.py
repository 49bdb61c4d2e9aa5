"""Calls ended, transferred and placed on somebody else's wish: a tool's, or another program's.

A call that runs here first says what it is saying; its goodbye is not cut off. Any other call (this
service may be one stage of somebody else's) is a matter for Asterisk's manager interface, our own
account there or AVR's program for it.
"""

from __future__ import annotations

from typing import Final, Protocol
from uuid import UUID

import aiohttp

from appliance.asterisk.ami import Account, AmiError, NoSuchChannel
from appliance.config.agent import Action
from appliance.config.settings import Settings
from appliance.config.url import with_path

TIMEOUT_S: Final = 3.0


class Running(Protocol):
    """A call that runs here."""

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up, or transfer to ``extension`` or ``extension@context``, when what is being said
        has been heard."""


class Manager(Protocol):
    """Somebody who may give Asterisk orders. All of it raises AmiError, NoSuchChannel."""

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None: ...

    async def hang_up(self, uuid: UUID) -> None: ...

    async def originate(
        self, channel: str, extension: str, context: str, caller_id: str
    ) -> None: ...


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
        """Ring ``channel`` and connect who answers with ``extension``. Raises AmiError."""
        if self.manager is None:
            raise AmiError("calls are placed through Asterisk's manager interface: set ami_host")
        await self.manager.originate(channel, extension, context, caller_id)

    def _manager(self, uuid: UUID) -> Manager:
        if self.manager is None:
            raise NoSuchChannel(f"Call with UUID {uuid} not found")
        return self.manager


class AvrAmi:
    """AVR's program for Asterisk's manager interface, at ``AMI_URL``."""

    def __init__(self, client: aiohttp.ClientSession, url: str) -> None:
        self._client = client
        self._url = url

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None:
        """As ``Manager``."""
        body = {"uuid": str(uuid), "exten": extension, "context": context, "priority": 1}
        await self._post("/transfer", body)

    async def hang_up(self, uuid: UUID) -> None:
        """As ``Manager``."""
        await self._post("/hangup", {"uuid": str(uuid)})

    async def originate(self, channel: str, extension: str, context: str, caller_id: str) -> None:
        """As ``Manager``."""
        body = {"channel": channel, "exten": extension, "context": context, "priority": 1}
        await self._post("/originate", {**body, "callerid": caller_id})

    async def _post(self, path: str, body: dict[str, object]) -> None:
        url = with_path(self._url, path)
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
        try:
            async with self._client.post(
                url, json=body, timeout=timeout, allow_redirects=False
            ) as reply:
                if reply.status == 404:
                    raise NoSuchChannel(f"{url} knows no such call")
                if reply.status != 200:
                    raise AmiError(f"{url} answered with status {reply.status}")
        except (aiohttp.ClientError, OSError) as error:
            reason = str(error) or f"no answer within {TIMEOUT_S:.0f} s"
            raise AmiError(f"{url}: {reason}") from error


def manager_of(settings: Settings, client: aiohttp.ClientSession) -> Manager | None:
    """Whoever the settings name: our own account first."""
    if settings.ami_host is not None:
        secret = settings.ami_secret.get_secret_value()
        return Account(settings.ami_host, settings.ami_port, settings.ami_user, secret)
    return None if settings.ami_url is None else AvrAmi(client, settings.ami_url)
