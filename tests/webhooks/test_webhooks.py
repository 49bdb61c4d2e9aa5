"""Telling and going on; waiting for one answer alone. Real database, real receiver."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from prometheus_client import CollectorRegistry
from pydantic import SecretStr

from appliance.call.events import CallEnded, CallFailed, CallStarted
from appliance.config.agent import Agent
from appliance.config.agents_file import Agents
from appliance.config.named_hosts import sts_hosts
from appliance.config.settings import Settings
from appliance.config.url import with_query
from appliance.store.database import FILE_NAME, open_database
from appliance.store.outbox import Outbox
from appliance.store.writer import open_writer
from appliance.webhooks import webhooks as module
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.webhooks import Webhooks, open_webhooks
from tests.fakes.waiting import eventually
from tests.fakes.webhook_receiver import SECRET, Misbehave, Receiver, receiving

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).parents[1] / "data" / "avr"
CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")


@asynccontextmanager
async def telling(
    folder: Path, url: str | None, **options: object
) -> AsyncIterator[tuple[Webhooks, Outbox]]:
    settings = Settings.model_validate(
        {"webhook_url": url, "webhook_secret": SecretStr(SECRET), "agent_id": "", **options}
    )
    async with (
        open_database(folder / FILE_NAME) as database,
        open_writer(database, lambda _: None) as writer,
    ):
        outbox = Outbox(database)
        figures = WebhookFigures(CollectorRegistry())
        hosts = sts_hosts(
            settings, Agents({}, Agent(name="desk", persona="Kind.", greeting="Hello."), {})
        )
        async with open_webhooks(settings, hosts, outbox, writer, figures) as webhooks:
            assert webhooks is not None
            yield webhooks, outbox


async def test_what_happens_is_told_in_its_order(tmp_path: Path) -> None:
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url) as (webhooks, outbox),
    ):
        webhooks.happened(CALL, "desk", CallStarted())
        for digit in "123456789":
            webhooks.notify(CALL, "dtmf_digit", {"digit": digit}, agent="desk")
        webhooks.happened(CALL, "desk", CallFailed("engine_failed"))
        webhooks.happened(CALL, "desk", CallEnded("engine_failed"))
        await webhooks.drain(5.0)
        assert [each["payload"].get("digit") for each in receiver.taken[1:-1]] == [*"123456789"]
        assert receiver.types(CALL)[-1] == "call_ended"
        assert "error" not in receiver.types(CALL)
        assert (await outbox.counts()).waiting == 0
        assert receiver.headers[0]["X-AVR-AGENT-ID"] == "desk"


async def test_the_agent_id_of_the_settings_comes_before_the_agents_name(tmp_path: Path) -> None:
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, agent_id="7b8c") as (webhooks, _),
    ):
        webhooks.happened(CALL, "desk", CallStarted())
        await webhooks.drain(5.0)
        assert receiver.headers[0]["X-AVR-AGENT-ID"] == "7b8c"


async def test_the_receiver_chooses_who_answers(tmp_path: Path) -> None:
    request = json.loads((EXAMPLES / "core-call-request.json").read_text())
    expected = json.loads((EXAMPLES / "core-call-response-override.json").read_text())
    reply = json.loads((EXAMPLES / "webhook-reply-override.json").read_text())
    host = urlsplit(reply["sts_url"]).hostname
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, sts_hosts=host) as (webhooks, _),
    ):
        receiver.sts_url = reply["sts_url"]
        chosen = await webhooks.initiated(CALL, request["payload"], agent="desk")
        assert chosen == reply["sts_url"]
        assert with_query(chosen, request["payload"]) == expected["sts_url"]
        initiated = json.loads((EXAMPLES / "webhook-call_initiated.json").read_text())
        assert {**receiver.taken[0], "timestamp": initiated["timestamp"]} == initiated


async def test_a_call_that_is_announced_again_is_asked_for_again(tmp_path: Path) -> None:
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, sts_hosts="one, two") as (webhooks, _),
    ):
        for url in ("ws://one", "ws://two"):
            receiver.sts_url = url
            assert await webhooks.initiated(CALL, {}, agent="desk") == url


@pytest.mark.parametrize("answer", [None, "", "not an address", "ftp://other", "ws://"])
async def test_an_answer_without_an_address_chooses_nobody(
    tmp_path: Path, answer: str | None
) -> None:
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url) as (webhooks, _),
    ):
        receiver.sts_url = answer
        assert await webhooks.initiated(CALL, {}, agent="desk") is None


@pytest.mark.parametrize(
    "answer",
    ["ws://elsewhere:6030", "ws://box@elsewhere/?token=hush", "https://box.evil", "ws://BOX.evil"],
)
async def test_a_host_that_nobody_wrote_down_gets_no_call(
    tmp_path: Path, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, sts_url="ws://box:6030") as (webhooks, _),
    ):
        receiver.sts_url = answer
        assert await webhooks.initiated(CALL, {}, agent="desk") is None
    assert "list its host in APPLIANCE_STS_HOSTS if it is meant" in caplog.text
    assert "hush" not in caplog.text


@pytest.mark.parametrize("fault", [Misbehave(502), Misbehave(201, after_s=0.5), Misbehave(429)])
async def test_a_receiver_that_fails_is_not_waited_for_and_told_later(
    tmp_path: Path, fault: Misbehave, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("appliance.webhooks.delivery.WAIT_S", 0.2)
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, webhook_initiated_timeout_ms=200) as (webhooks, outbox),
    ):
        receiver.sts_url = "ws://late"
        receiver.next.append(fault)
        assert await webhooks.initiated(CALL, {}, agent="desk") is None
        webhooks.happened(CALL, "desk", CallStarted())
        webhooks.happened(CALL, "desk", CallEnded("caller_hangup"))
        await webhooks.drain(10.0)
        assert receiver.types(CALL)[-3:] == ["call_initiated", "call_started", "call_ended"]
        assert (await outbox.counts()).waiting == 0


async def test_a_crowd_of_announcements_does_not_wait_for_a_receiver_that_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "INITIATED_AT_ONCE", 3)
    async with (
        receiving(Receiver()) as receiver,
        telling(tmp_path, receiver.url, webhook_initiated_timeout_ms=30_000) as (webhooks, _),
        asyncio.TaskGroup() as tasks,
    ):
        receiver.always = Misbehave(201, after_s=3600.0)
        waiting = [
            tasks.create_task(webhooks.initiated(uuid4(), {}, agent="desk")) for _ in range(3)
        ]

        async def three_hang() -> bool:
            return len(receiver.attempts) == 3

        await eventually(three_hang)
        assert await webhooks.initiated(uuid4(), {}, agent="desk") is None
        webhooks.sender.stop()
        assert [await task for task in waiting] == [None] * 3


async def test_without_a_receiver_nobody_is_told(tmp_path: Path) -> None:
    async with (
        open_database(tmp_path / FILE_NAME) as database,
        open_writer(database, lambda _: None) as writer,
        open_webhooks(
            Settings(),
            frozenset(),
            Outbox(database),
            writer,
            WebhookFigures(CollectorRegistry()),
        ) as webhooks,
    ):
        assert webhooks is None
