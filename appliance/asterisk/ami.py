"""Asterisk's manager interface: transfers for dialplans that do not ask what to do next, and calls
that others want placed or ended.

The shipped dialplan asks (``GET /call/{uuid}/next``) and needs none of this. With an account here a
transfer works behind a bare ``AudioSocket()`` or ``Dial(AudioSocket/...)`` as well: the caller's
channel is the one whose application names the call's UUID. Each action logs in, acts and leaves;
there are few of them, and a connection that is not kept cannot go stale.

The account needs ``write = call,reporting``, and ``originate`` besides to place calls.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from appliance.errors import ApplianceError

TIMEOUT_S: Final = 3.0
"""The caller waits in silence meanwhile."""
MAX_LINES: Final = 100_000
"""Of one answer: all channels of a large Asterisk."""

Message = Mapping[str, str]


class AmiError(ApplianceError):
    """Asterisk's manager interface did not do what was asked of it."""

    code = "ami_failed"


class NoManager(AmiError):
    """The site has no manager interface."""

    code = "manager_missing"


class NoSuchChannel(AmiError):
    """Asterisk has no channel with a call's UUID."""

    code = "call_unknown"


@dataclass(frozen=True, slots=True)
class Account:
    """Where Asterisk's manager interface is, and who we are there."""

    host: str
    port: int
    user: str
    secret: str = field(repr=False)

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None:
        """Send the caller of call ``uuid`` to ``extension`` in ``context``. Raises AmiError."""
        async with self._session() as session:
            channel = await session.channel_of(uuid)
            await session.act(
                "Redirect", Channel=channel, Context=context, Exten=extension, Priority="1"
            )

    async def hang_up(self, uuid: UUID) -> None:
        """End call ``uuid``, whoever it is talking with. Raises AmiError."""
        async with self._session() as session:
            await session.act("Hangup", Channel=await session.channel_of(uuid))

    async def originate(self, channel: str, extension: str, context: str, caller_id: str) -> None:
        """Ring ``channel`` (``PJSIP/1000``) and connect who answers with ``extension``. Returns
        when Asterisk has taken the order. Raises AmiError."""
        async with self._session() as session:
            await session.act(
                "Originate",
                Channel=channel,
                Exten=extension,
                Context=context,
                Priority="1",
                CallerID=caller_id,
                Async="true",
            )

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[_Session]:
        """A logged-in connection; what goes wrong with it is an AmiError."""
        try:
            async with asyncio.timeout(TIMEOUT_S), self._connection() as session:
                yield session
        except TimeoutError as error:
            raise AmiError(f"{self._where} did not answer within {TIMEOUT_S:.0f} s") from error
        except (OSError, EOFError, ValueError) as error:
            raise AmiError(f"{self._where}: {error}") from error

    @property
    def _where(self) -> str:
        return f"the manager interface at {self.host}:{self.port}"

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[_Session]:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            await reader.readline()  # "Asterisk Call Manager/..."
            session = _Session(reader, writer)
            await session.act("Login", Username=self.user, Secret=self.secret, Events="off")
            yield session
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


class _Session:
    """A logged-in connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def act(self, action: str, **values: str) -> None:
        """Do one action. Raises AmiError with Asterisk's own words when it refuses."""
        lines = [f"Action: {action}", *(f"{key}: {value}" for key, value in values.items())]
        if any("\r" in line or "\n" in line for line in lines):
            raise AmiError(f"{action}: a value holds a line break")
        self._writer.write("\r\n".join([*lines, "", ""]).encode())
        async for message in self._messages():
            if "Response" in message:
                if message["Response"] != "Success":
                    raise AmiError(f"{action}: {message.get('Message', 'refused')}")
                return

    async def channel_of(self, uuid: UUID) -> str:
        """The caller's channel of call ``uuid``. Raises NoSuchChannel."""
        await self.act("CoreShowChannels")
        found = ""
        async for message in self._messages():
            if message.get("Event") == "CoreShowChannelsComplete":
                break
            connected_to = message.get("ApplicationData", "").lower()
            if str(uuid) in connected_to and message.get("Application") in ("AudioSocket", "Dial"):
                found = message["Channel"]
        if not found:
            raise NoSuchChannel("Asterisk has no channel with this call's UUID")
        return found

    async def _messages(self) -> AsyncIterator[Message]:
        """What Asterisk says, a block of ``Key: value`` lines at a time."""
        message: dict[str, str] = {}
        for _ in range(MAX_LINES):
            line = (await self._reader.readline()).decode(errors="replace")
            if not line:
                raise EOFError("it ended the connection")
            key, separator, value = line.strip().partition(": ")
            if separator:
                message[key] = value
            elif message and not line.strip():
                yield message
                message = {}
