"""The other ways into and out of the agent that the shipped dialplan offers."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.bench.local_service import Service
from tests.asterisk.pbx import SECURE_PHONE, SHIPPED, Pbx, make_certificate
from tests.asterisk.phone import phone
from tests.asterisk.relay import relay, sound
from tests.asterisk.sound import likeness
from tests.asterisk.talk import AGENT, Talk, talk
from tests.asterisk.tree import give_away
from tests.fakes.spectrum import WIDE_DB, upper_half_db
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]


async def test_the_application_works_as_well(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    await pbx.set_global("APPLIANCE_FORM", "application")
    async with (
        phone(pbx, "1001", answers=True) as person,
        talk(pbx, service) as call,
    ):
        await call.greeted()
        turn = await call.say(wavs["parking"])
        assert turn["heard"] == "is there any parking"
        await call.press("0")  # a person: the dialplan goes on behind AudioSocket()
        await person.happens("CALL_ESTABLISHED")
        await call.phone.hang_up()
        words = understood(call.phone.heard())
    assert "free parking behind the building" in words


@pytest.mark.parametrize("form", ["as shipped", "wideband"])
async def test_no_log_has_the_phone_of_a_caller_who_hangs_up(
    pbx: Pbx, service: Service, form: str
) -> None:
    if form != "as shipped":
        await pbx.set_global("APPLIANCE_FORM", form)
    before = len(pbx.log)
    async with talk(pbx, service) as call:
        await call.phone.hang_up()
        assert await call.ended() == "caller_hangup"
    await pbx.falls_silent()
    assert pbx.log[before:] == ""


async def test_a_wide_phone_is_heard_and_hears_the_agent_in_full_width(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    await pbx.set_global("APPLIANCE_FORM", "wideband")
    async with relay(service) as wire, talk(pbx, service, codec="g722", by=wire.port) as call:
        await call.greeted()
        turn = await call.say(wavs["wide_opening_hours"])
        assert turn["heard"] == "what are your opening hours"
        await call.press("0")
        assert await call.ended() == "transfer"
        await call.phone.happens("CALL_CLOSED")  # nobody is there
        heard = call.phone.heard(16000)
    assert upper_half_db(sound(wire.to_service, 16000)) > WIDE_DB
    assert upper_half_db(sound(wire.from_service, 16000)) > WIDE_DB
    assert upper_half_db(heard) > WIDE_DB
    assert "nine to five" in understood(resample(heard, 16000, 8000))


async def test_a_call_is_recorded_when_the_site_wants_it(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    await pbx.set_global("APPLIANCE_RECORD", "yes")
    async with talk(pbx, service) as call:
        await call.greeted()
        await call.say(wavs["address"])
        await call.phone.hang_up()
    await pbx.falls_silent()
    recorded = pbx.folder / f"recorded/{call.uuid}.wav"

    async def written() -> bool:
        return recorded.exists() and likeness(read_wav(recorded)[0], wavs["address"]) > 0.8

    await eventually(written)
    assert "next to the main station" in understood(read_wav(recorded)[0])


async def test_a_call_is_not_recorded_unless_the_site_wants_it(pbx: Pbx, service: Service) -> None:
    async with talk(pbx, service) as call:
        await call.phone.hang_up()
    assert not (pbx.folder / f"recorded/{call.uuid}.wav").exists()


async def test_a_call_file_lets_the_agent_call_somebody(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    await pbx.use(service)
    async with phone(pbx, "1001", answers=True) as callee:
        draft = pbx.folder / "spool/tmp/outbound.call"
        draft.write_bytes((SHIPPED / "examples/outbound.call").read_bytes())
        give_away(draft.parent)
        os.rename(draft, pbx.folder / "spool/outgoing/outbound.call")
        await callee.happens("CALL_ESTABLISHED")
        call = Talk(callee, service, await pbx.agents_call("1001"))
        await call.greeted()
        await call.say(wavs["goodbye"])
        await callee.happens("CALL_CLOSED")


async def test_the_echo_test_gives_back_what_is_said(pbx: Pbx, wavs: dict[str, Path]) -> None:
    async with phone(pbx, "1002") as caller:
        caller.prepare("price", wavs["price"])
        await caller.dial("600")

        async def echoes() -> bool:
            channels = await pbx.channels()
            return any(channel[5] == "Echo" for channel in channels)

        await eventually(echoes)
        await caller.say("price")
        await asyncio.sleep(4.0)
        await caller.hang_up()

        async def came_back() -> bool:
            return likeness(caller.heard(), wavs["price"]) > 0.8

        await eventually(came_back)


async def test_a_phone_can_register_over_tcp(pbx: Pbx) -> None:
    async with phone(pbx, "1002", transport="tcp") as caller:
        assert "200 OK" in caller.log
        assert "transport=tcp" in (await pbx.cli("database show registrar")).lower()


async def test_a_phone_calls_over_tls_and_srtp(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    async with talk(pbx, service, number=SECURE_PHONE, transport="tls") as call:
        assert "transport=tls" in (await pbx.cli("database show registrar")).lower()
        await call.greeted()
        turn = await call.say(wavs["opening"])
        assert turn["heard"] == "what time do you open"
        await call.phone.hang_up()
        assert "SRTP is Enabled" in call.phone.log
        words = understood(call.phone.heard())
    assert "nine to five" in words


async def test_a_phone_that_shall_encrypt_its_sound_cannot_call_without(
    pbx: Pbx, service: Service
) -> None:
    await pbx.use(service)
    async with phone(pbx, SECURE_PHONE, transport="tls", encrypts=False) as caller:
        await caller.invite(AGENT)
        await caller.happens("CALL_CLOSED")
        assert "CALL_ESTABLISHED" not in caller.events
        assert "488" in caller.log


async def test_a_phone_does_not_talk_to_a_box_without_the_certificate_it_trusts(pbx: Pbx) -> None:
    assert pbx.certificate.exists()
    stranger = pbx.folder / "stranger"
    make_certificate(stranger, "127.0.0.1")
    async with phone(
        pbx, SECURE_PHONE, transport="tls", trusts=stranger / "appliance.crt"
    ) as caller:
        assert "200 OK" not in caller.log
        assert "self-signed certificate" in caller.log


async def test_a_dialplan_that_called_the_agent_gets_its_caller_back(pbx: Pbx) -> None:
    """As a FreePBX Custom Destination with "Return" does it: here without a service."""
    await pbx.set_global("APPLIANCE_HUMAN", "")
    async with phone(pbx, "1003") as caller:  # its context is that of the site file
        await caller.dial("700")
        await caller.happens("CALL_CLOSED")
        shown = await pbx.cli("dialplan show globals")
    assert "RETURNED=refused" in shown


async def test_an_asterisk_without_uuids_makes_them_of_random_numbers(
    pbx: Pbx, service: Service
) -> None:
    await pbx.cli("module unload func_uuid.so")
    try:
        async with talk(pbx, service) as call:
            assert call.uuid.version == 4
            assert "Quay Street" in await call.greeted()
            await call.phone.hang_up()
    finally:
        await pbx.cli("module load func_uuid.so")
