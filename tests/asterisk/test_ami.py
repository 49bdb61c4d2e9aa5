"""Transfers over the manager interface, against one that says what it is told to say. A real one:
tests/asterisk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest

from appliance.asterisk.ami import Account, AmiError

pytestmark = pytest.mark.e2e

UUID_1 = UUID("8de3a537-1087-466b-8ab0-6c36785c366f")
OK = "Response: Success\r\n\r\n"
CHANNELS = (
    "Response: Success\r\nEventList: start\r\n\r\n"
    "Event: CoreShowChannel\r\nChannel: PJSIP/9-1\r\nApplication: Echo\r\nApplicationData: \r\n\r\n"
    "Event: CoreShowChannel\r\nChannel: PJSIP/1002-7\r\nApplication: {0}\r\n"
    "ApplicationData: {1}\r\n\r\n"
    "Event: CoreShowChannelsComplete\r\n\r\n"
)


@asynccontextmanager
async def manager(*answers: str) -> AsyncIterator[tuple[Account, list[str]]]:
    """An interface that gives ``answers`` one after the other, and what it was asked."""
    asked: list[str] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"Asterisk Call Manager/9.0.0\r\n")
        for answer in answers:
            asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
            writer.write(answer.encode())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield Account("127.0.0.1", server.sockets[0].getsockname()[1], "me", "hush"), asked


@pytest.mark.parametrize(
    ("application", "data"),
    [
        ("AudioSocket", f"{UUID_1},127.0.0.1:5001"),
        ("Dial", f"AudioSocket/127.0.0.1:5001/{str(UUID_1).upper()}/c(slin),,g"),
    ],
)
async def test_the_callers_channel_is_found_in_both_forms_and_sent_on(
    application: str, data: str
) -> None:
    async with manager(OK, CHANNELS.format(application, data), OK) as (account, asked):
        await account.transfer(UUID_1, "6002", "desk")
    assert "Username: me\r\nSecret: hush\r\n" in asked[0]
    assert "Channel: PJSIP/1002-7\r\nContext: desk\r\nExten: 6002\r\nPriority: 1\r\n" in asked[2]


@pytest.mark.parametrize(
    ("answers", "complaint"),
    [
        (["Response: Error\r\nMessage: Authentication failed\r\n\r\n"], "Authentication failed"),
        ([OK, CHANNELS.format("Echo", "")], "no channel with this call"),
        ([OK], "ended the connection"),
    ],
)
async def test_a_refusal_says_why(answers: list[str], complaint: str) -> None:
    async with manager(*answers) as (account, _):
        with pytest.raises(AmiError, match=complaint):
            await account.transfer(UUID_1, "6002", "desk")


async def test_nobody_there_is_told_and_the_secret_is_not() -> None:
    account = Account("127.0.0.1", 1, "me", "hush")
    with pytest.raises(AmiError, match=r"127\.0\.0\.1:1"):
        await account.transfer(UUID_1, "6002", "desk")
    assert "hush" not in repr(account)


async def test_a_line_break_never_reaches_the_interface() -> None:
    async with manager(OK, CHANNELS.format("Dial", UUID_1)) as (account, _):
        with pytest.raises(AmiError, match="line break"):
            await account.transfer(UUID_1, "6002\r\nAction: Originate", "desk")
