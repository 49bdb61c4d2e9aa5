"""One attempt over a real socket, and everything a receiver may do with it."""

from __future__ import annotations

import hashlib
import hmac
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio

from appliance.store.outbox import Letter
from appliance.webhooks.delivery import Delivered, Failed, Later, Outcome
from appliance.webhooks.delivery import Receiver as Address
from appliance.webhooks.envelope import envelope
from tests.fakes.webhook_receiver import SECRET, Misbehave, Receiver, receiving

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).parents[1] / "data" / "avr"
OWN: Final = {"answered": True}
"""The receiver's program said so."""
CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")


@pytest_asyncio.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving(Receiver()) as running:
        yield running


def letter(event_type: str = "call_started", body: str | None = None) -> Letter:
    text = envelope(CALL, event_type, {}, datetime.now(UTC)) if body is None else body
    return Letter(CALL, event_type, "7b8c2c5e-0000-4000-8000-000000000001", text, 1, 0.0)


async def post(
    url: str, what: Letter | None = None, secret: str = SECRET, timeout_s: float = 5.0
) -> Outcome:
    async with aiohttp.ClientSession() as http:
        return await Address(http, url, secret).post(what or letter(), timeout_s)


@pytest.mark.parametrize(
    "event_type",
    [
        "call_initiated",
        "call_started",
        "transcription",
        "interruption",
        "dtmf_digit",
        "call_ended",
    ],
)
async def test_avrs_own_receiver_takes_every_letter(receiver: Receiver, event_type: str) -> None:
    body = (EXAMPLES / f"webhook-{event_type}.json").read_text()
    outcome = await post(receiver.url, letter(event_type, body))
    assert outcome == Delivered({"status": "ok"})


async def test_the_headers_are_avrs(receiver: Receiver) -> None:
    await post(receiver.url)
    expected = (EXAMPLES / "webhook-headers.http").read_text().splitlines()[1:]
    for line in expected:
        name, _, value = line.partition(": ")
        assert receiver.headers[0][name] == value


async def test_avrs_own_receiver_refuses_the_type_error_for_good(receiver: Receiver) -> None:
    body = (EXAMPLES / "webhook-error.json").read_text()
    assert await post(receiver.url, letter("error", body)) == Failed(
        "status 400", final=True, **OWN
    )


async def test_a_wrong_secret_is_refused_for_good(receiver: Receiver) -> None:
    assert await post(receiver.url, secret="wrong") == Failed("status 401", final=True, **OWN)
    assert await post(receiver.url, secret="") == Failed("status 401", final=True, **OWN)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Misbehave(500), Failed("status 500", **OWN)),
        (Misbehave(502), Failed("status 502")),
        (Misbehave(503), Failed("status 503")),
        (Misbehave(408), Failed("status 408", **OWN)),
        (Misbehave(404), Failed("status 404", final=True, **OWN)),
        (
            Misbehave(302, headers=(("Location", "/other"),)),
            Failed("status 302", final=True, **OWN),
        ),
        (Misbehave(429), Later(5.0)),
        (Misbehave(429, headers=(("Retry-After", "7"),)), Later(7.0)),
        (Misbehave(503, headers=(("Retry-After", "7"),)), Later(7.0)),
        (Misbehave(429, headers=(("Retry-After", "99999"),)), Later(900.0)),
        (Misbehave(429, headers=(("Retry-After", "Fri, 1 Jan 2027 00:00:00 GMT"),)), Later(5.0)),
        (Misbehave(201, after_s=30.0), Failed("timeout")),
    ],
)
async def test_what_a_receiver_says_instead_of_yes(
    receiver: Receiver, fault: Misbehave, expected: Outcome
) -> None:
    receiver.next.append(fault)
    assert await post(receiver.url, timeout_s=0.3) == expected


async def test_a_secret_of_two_lines_is_a_failure_that_names_the_setting(
    receiver: Receiver,
) -> None:
    outcome = await post(receiver.url, secret="one\r\ntwo: three")
    assert isinstance(outcome, Failed)
    assert "WEBHOOK_SECRET" in outcome.error
    assert "three" not in outcome.error


async def test_nobody_there_is_told_without_the_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = await post(f"http://127.0.0.1:{port}/token-abc")
    assert isinstance(outcome, Failed)
    assert outcome.error.startswith("no connection: ")
    assert not outcome.final
    assert "token" not in outcome.error


async def test_a_connection_that_breaks_off_is_a_failure() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        outcome = await post(f"http://127.0.0.1:{server.getsockname()[1]}", timeout_s=0.2)
    assert outcome == Failed("timeout")


async def test_a_letter_is_signed_over_its_body_and_the_time(receiver: Receiver) -> None:
    """As a receiver checks it, with nothing of ours."""
    written = letter("call_started")
    await post(receiver.url, written)
    await post(receiver.url, written)
    first, again = receiver.headers
    stamp, given = first["X-AVR-WEBHOOK-SIGNATURE"].split(",")
    at_s = stamp.removeprefix("t=")
    assert abs(time.time() - int(at_s)) < 60
    signed = f"{at_s}.{written.body}".encode()
    expected = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    assert given == f"v1={expected}"
    assert first["X-AVR-WEBHOOK-SECRET"] == SECRET  # AVR's receivers know nothing else
    deliveries = [UUID(each["X-AVR-WEBHOOK-DELIVERY"]) for each in (first, again)]
    assert deliveries[0] == deliveries[1]


async def test_two_letters_are_two_deliveries(receiver: Receiver) -> None:
    for each in (letter(), replace(letter(), id=2)):
        await post(receiver.url, each)
    assert len({each["X-AVR-WEBHOOK-DELIVERY"] for each in receiver.headers}) == 2
