"""A SIP phone dials the agent through a real Asterisk: words, keys, interruptions, transfers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from appliance.audio.frame import Pcm
from appliance.bench.local_service import Service
from tests.asterisk.pbx import Pbx
from tests.asterisk.rtp import capture, last_audible_s, onset_s
from tests.asterisk.skipping import not_here
from tests.asterisk.talk import AGENT, talk
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]

MOST_REACTION_S = 0.35
AUDIBLE_PACKETS = 40
"""So much of the answer (0.8 s) is heard before the caller breaks in."""


async def test_a_phone_hears_the_greeting_the_answer_and_the_goodbye(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    words = understood(await converse(pbx, service, wavs, "1002", "ulaw"))
    assert "quay street clinic good day how can i help you" in words
    assert "we are open from nine to five monday to friday" in words
    assert "thank you for calling goodbye" in words


async def test_three_phones_at_once_talk_in_three_other_codecs(
    pbx: Pbx, service: Service, wavs: dict[str, Path], understood: Callable[[Pcm], str]
) -> None:
    codecs = {"1001": "alaw", "1002": "g722", "1003": "opus"}
    sounds = await asyncio.gather(
        *(converse(pbx, service, wavs, number, codec) for number, codec in codecs.items())
    )
    for sound in sounds:
        words = understood(sound)
        assert "how can i help you" in words
        assert "we are open from nine to five" in words
        assert "thank you for calling goodbye" in words


async def converse(
    pbx: Pbx, service: Service, wavs: dict[str, Path], number: str, codec: str
) -> Pcm:
    """Ask a question, say goodbye; what the phone heard."""
    async with talk(pbx, service, number=number, codec=codec) as call:
        assert await call.greeted() == "Quay Street Clinic, good day. How can I help you?"
        assert await pbx.codec_of(number) == codec
        turn = await call.say(wavs["opening"])
        assert turn["heard"] == "what time do you open"
        await call.say(wavs["goodbye"])
        await call.phone.happens("CALL_CLOSED")
        assert await call.ended() == "agent_hangup"
        return call.phone.heard()


async def test_a_key_reaches_the_agent_and_no_log(pbx: Pbx, service: Service) -> None:
    before = len(pbx.log)
    async with talk(pbx, service) as call:
        await call.greeted()
        turn = await call.press("5")
        assert turn["heard"] == "5"
        await call.phone.hang_up()
        assert await call.ended() == "caller_hangup"
    logged = pbx.log[before:]
    assert "DTMF" not in logged
    assert AGENT not in logged
    assert "ERROR" not in logged


async def test_a_caller_can_hang_up_at_any_time(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    greeting, question, answer = await asyncio.gather(
        hang_up_in(pbx, service, wavs, "1001", None),
        hang_up_in(pbx, service, wavs, "1002", 0.5),
        hang_up_in(pbx, service, wavs, "1003", 3.0),
    )
    assert not greeting["greeting"].endswith("help you?")
    assert question["turns"] == []
    said = answer["turns"][0]["said"]
    assert said
    assert not said.endswith("25.")


async def hang_up_in(
    pbx: Pbx, service: Service, wavs: dict[str, Path], number: str, after_s: float | None
) -> dict[str, Any]:
    """Hang up so long after the beginning of a question, or in the greeting; the call's record."""
    async with talk(pbx, service, number=number) as call:
        if after_s is not None:
            await call.greeted()
            call.phone.prepare("price", wavs["price"])
            await call.phone.say("price")
            await asyncio.sleep(after_s)
        await call.phone.hang_up()
        assert await call.ended() == "caller_hangup"
        return await call.record()


async def test_a_caller_who_interrupts_hears_the_agent_fall_silent(
    pbx: Pbx, service: Service, wavs: dict[str, Path]
) -> None:
    """Measured in the RTP: the caller's first audible packet to the agent's last one. The best of
    three calls counts, because machines that build software stutter."""
    reactions: list[float] = []
    try:
        for _ in range(3):
            reactions.append(await interrupt(pbx, service, wavs))
            if reactions[-1] <= MOST_REACTION_S:
                break
    except PermissionError:
        not_here("looking at RTP packets needs root or CAP_NET_RAW")
    assert min(reactions) <= MOST_REACTION_S, reactions


async def interrupt(pbx: Pbx, service: Service, wavs: dict[str, Path]) -> float:
    """Interrupt the answer to a question; seconds until the agent was silent."""
    async with capture() as rtp, talk(pbx, service) as call:
        await call.greeted()
        call.phone.prepare("stop", wavs["what_are_your_opening_hours"])
        call.phone.prepare("price", wavs["price"])
        await call.phone.say("price")
        spoken = len(rtp.packets)

        async def agent_speaks() -> bool:
            packets = rtp.packets[spoken:]
            heard = [each for each in packets if each.port in call.phone.home.rtp_ports]
            return sum(packet.audible for packet in heard) > AUDIBLE_PACKETS

        await eventually(agent_speaks, 30.0)
        spoken = len(rtp.packets)
        await call.phone.say("stop")
        await call.answered()
        first = await call.answered()
        assert first["heard"] == "what are your opening hours"
        assert (await call.record())["turns"][0]["interrupted"]
        await call.phone.hang_up()
        packets = rtp.packets[spoken:]
        to_phone = [each for each in packets if each.port in call.phone.home.rtp_ports]
        to_agent = [each for each in packets if each.port not in call.phone.home.rtp_ports]
        began_s = onset_s(to_agent)
        return last_audible_s(to_phone, began_s) - began_s
