"""Who may give Asterisk orders: our own account at its manager interface, or AVR's program."""

from __future__ import annotations

from typing import Final, Protocol
from uuid import UUID

import aiohttp

from appliance.access.gate import is_loopback
from appliance.asterisk.ami import Account, AmiError, NoSuchChannel
from appliance.config.settings import Settings
from appliance.config.url import shown, with_path
from appliance.logs import without_url_secrets

TIMEOUT_S: Final = 3.0


class Manager(Protocol):
    """Somebody who may give Asterisk orders. All of it raises AmiError, NoSuchChannel."""

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None: ...

    async def hang_up(self, uuid: UUID) -> None: ...

    async def originate(
        self, channel: str, extension: str, context: str, caller_id: str
    ) -> None: ...


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
                    raise NoSuchChannel(f"{shown(url)} knows no such call")
                if reply.status != 200:
                    raise AmiError(f"{shown(url)} answered with status {reply.status}")
        except (aiohttp.ClientError, OSError) as error:
            reason = str(error) or f"no answer within {TIMEOUT_S:.0f} s"
            raise AmiError(f"{shown(url)}: {without_url_secrets(reason)}") from error


def secret_in_clear(settings: Settings) -> str:
    """What is to be told of a password that leaves this machine unencrypted; empty when it does
    not: AMI is spoken without TLS."""
    host = settings.ami_host
    if host is None or is_loopback(host):
        return ""
    return (
        f"ami_host: {host} is another machine, and its password and orders go there in clear: lead"
        " them through a tunnel (WireGuard, `ssh -L`) that ends at 127.0.0.1, or leave ami_host out"
        " and let the dialplan ask /call/{uuid}/next"
    )


def manager_of(settings: Settings, client: aiohttp.ClientSession) -> Manager | None:
    """Whoever the settings name: our own account first."""
    if settings.ami_host is not None:
        secret = settings.ami_secret.get_secret_value()
        return Account(settings.ami_host, settings.ami_port, settings.ami_user, secret)
    return None if settings.ami_url is None else AvrAmi(client, settings.ami_url)
