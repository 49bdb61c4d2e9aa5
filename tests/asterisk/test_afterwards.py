"""After the agent: transfers, and what a caller gets when there is no agent."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import web

from appliance.audiosocket.protocol import encode_identify
from appliance.bench.local_service import Service, local_service
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from tests.asterisk.pbx import Pbx
from tests.asterisk.phone import Phone, phone
from tests.asterisk.sound import likeness
from tests.asterisk.talk import AGENT, Talk, talk
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]

PERSON = "1001"
"""APPLIANCE_HUMAN, as shipped."""
SPOKEN_S = 4.0
"""Longer than a line of the shipped caller."""
APOLOGY_SAMPLES = 4 * 8000
"""Less than the shipped prompts last."""
SAME = 0.8
"""From this likeness on, two sounds are the same one."""


async def talks_to(person: Phone, caller: Phone, wav: Path) -> None:
    """The caller speaks and hangs up; the person has heard just that."""
    caller.prepare("after", wav)
    await caller.say("after")
    await asyncio.sleep(SPOKEN_S)
    await caller.hang_up()
    await person.happens("CALL_CLOSED")

    async def was_heard() -> bool:
        return likeness(person.heard(), wav) > SAME

    await eventually(was_heard)


@asynccontextmanager
async def two_phones(pbx: Pbx) -> AsyncIterator[tuple[Phone, Phone]]:
    """A caller, and a person who answers."""
    async with phone(pbx, PERSON, answers=True) as person, phone(pbx, "1002") as caller:
        yield caller, person


async def test_a_caller_who_asks_for_a_person_is_put_through_and_heard(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    await pbx.use(service)
    async with two_phones(pbx) as (caller, person):
        await caller.dial(AGENT)
        call = Talk(caller, service, await pbx.agents_call("1002"))
        await call.greeted()
        turn = await call.say(wavs["i_would_like_to_speak_to_a_person"])
        assert turn["said"] == "Of course. I will put you through to a colleague."
        await person.happens("CALL_ESTABLISHED")
        assert await call.ended() == "transfer"
        await talks_to(person, caller, wavs["price"])


async def test_an_agent_can_name_the_place_of_a_transfer(pbx: Pbx, tmp_path: Path) -> None:
    agents = tmp_path / "agents.yaml"
    shipped = SHIPPED_AGENTS.read_text()
    agents.write_text(shipped.replace("# person: 1001@phones", "person: 1003@phones"))
    assert read_agents(agents).default.person == "1003@phones"
    async with (
        local_service(read_settings(overrides={"agents_file": agents})) as service,
        phone(pbx, "1003", answers=True) as person,
        talk(pbx, service) as call,
    ):
        await call.greeted()
        await call.press("0")
        await person.happens("CALL_ESTABLISHED")
        await call.phone.hang_up()


async def test_without_a_service_the_caller_reaches_a_person(
    pbx: Pbx, wavs: dict[str, Path]
) -> None:
    async with two_phones(pbx) as (caller, person):  # port 1 of the site file: nothing is there
        await caller.dial(AGENT)
        await person.happens("CALL_ESTABLISHED")
        await talks_to(person, caller, wavs["price"])


async def test_without_a_service_and_without_a_person_the_caller_gets_an_apology(
    pbx: Pbx,
) -> None:
    await pbx.set_global("APPLIANCE_HUMAN", "")
    async with phone(pbx, "1002") as caller:
        await caller.dial(AGENT)
        await caller.happens("CALL_CLOSED")
        assert caller.heard().size > APOLOGY_SAMPLES


async def test_a_message_is_taken_where_there_is_a_mailbox(pbx: Pbx, wavs: dict[str, Path]) -> None:
    await pbx.set_global("APPLIANCE_HUMAN", "")
    await pbx.set_global("APPLIANCE_VOICEMAIL", "100@default")
    async with phone(pbx, "1002") as caller:
        caller.prepare("price", wavs["price"])
        await caller.dial(AGENT)

        async def recording() -> bool:
            return any((pbx.folder / "spool/voicemail").rglob("*.wav"))

        await eventually(recording, 40.0)
        await caller.say("price")
        await asyncio.sleep(4.0)
        await caller.hang_up()
        await pbx.falls_silent()
        assert list((pbx.folder / "spool/voicemail/default/100").rglob("msg0000.wav"))


async def test_a_service_that_dies_in_mid_call_leaves_its_caller_to_a_person(
    pbx: Pbx, wavs: dict[str, Path]
) -> None:
    async with local_service(read_settings()) as service, two_phones(pbx) as (caller, person):
        await pbx.use(service)
        await caller.dial(AGENT)
        await Talk(caller, service, await pbx.agents_call("1002")).greeted()
        assert service.pid is not None
        os.kill(service.pid, signal.SIGKILL)
        await person.happens("CALL_ESTABLISHED")
        await talks_to(person, caller, wavs["price"])


async def test_a_full_service_leaves_its_caller_to_a_person(pbx: Pbx) -> None:
    async with (
        local_service(read_settings(overrides={"max_calls": 1})) as service,
        two_phones(pbx) as (caller, person),
    ):
        await pbx.use(service)
        reader, writer = await asyncio.open_connection(service.host, service.port)
        writer.write(encode_identify(uuid4()))
        await reader.readexactly(3)
        await caller.dial(AGENT)
        await person.happens("CALL_ESTABLISHED")
        await caller.hang_up()
        writer.close()
        metrics = await service.client.metrics()
    assert 'appliance_calls_total{outcome="refused_full"} 1.0' in metrics


async def test_a_service_that_does_not_answer_in_time_is_not_waited_for(
    pbx: Pbx, service: Service
) -> None:
    async def sleep(_: web.Request) -> web.Response:
        await asyncio.sleep(20)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_post("/call", sleep)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        async with two_phones(pbx) as (caller, person):
            await pbx.set_global("APPLIANCE_PORT", str(service.port))
            await pbx.set_global("APPLIANCE_HTTP_PORT", str(runner.addresses[0][1]))
            before = await service.client.metrics()
            await caller.dial(AGENT)
            await person.happens("CALL_ESTABLISHED", 15.0)
            await caller.hang_up()
            assert calls_started(await service.client.metrics()) == calls_started(before)
    finally:
        await runner.cleanup()


def calls_started(metrics: str) -> list[str]:
    """The counters of calls."""
    return [line for line in metrics.splitlines() if line.startswith("appliance_calls_total{")]


async def test_a_wrong_password_is_refused(pbx: Pbx, service: Service) -> None:
    await pbx.use(service)
    async with phone(pbx, "1002", password="wrong") as stranger:
        assert "401" in stranger.log
        await stranger.invite(AGENT)
        await stranger.happens("CALL_CLOSED")
        assert "CALL_ESTABLISHED" not in stranger.events
        assert "1002" not in await pbx.cli("pjsip show contacts")
