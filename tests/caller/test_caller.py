"""The simulated caller over a real loopback socket, against an agent that answers with tones."""

from __future__ import annotations

import wave
from pathlib import Path
from uuid import UUID

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.caller.caller import Echo, Target, place_call
from appliance.caller.line import Line, make_keys, make_line
from appliance.caller.script import Manners
from appliance.errors import ApplianceError, AudioFileError, ProtocolError
from tests.fakes.answering_agent import AnsweringAgent

pytestmark = pytest.mark.e2e

QUICK = Manners(gap_s=0.3)


def tone(seconds: float) -> Pcm:
    samples = 8000 * np.sin(2 * np.pi * 700 * np.arange(round(seconds * 8000)) / 8000)
    return samples.astype(np.int16)


def line(seconds: float = 0.4, barge_in_ms: int | None = None) -> Line:
    return make_line("tone.wav", tone(seconds), barge_in_ms=barge_in_ms)


async def test_a_conversation_of_two_lines_is_answered_measured_and_recorded(
    tmp_path: Path,
) -> None:
    record = tmp_path / "call.wav"
    async with AnsweringAgent(wait_frames=10).serve() as agent:
        target = Target(port=agent.port, record=record)
        result = await place_call(target, [line(), line()], QUICK)
    assert agent.uuids == [UUID(result.uuid)]
    assert result.outcome == "caller_hung_up"
    assert result.all_answered
    for measured in result.lines:
        assert measured.voice_to_voice_s is not None
        assert measured.voice_to_voice_s > 0.18  # the agent waits ten frames
    with wave.open(str(record)) as wav:
        both = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2").reshape(-1, 2)
    ended = int((result.lines[0].ended_s or 0) * 8000)
    assert np.abs(both[ended - 400 : ended - 80, 0]).max() > 7000
    assert not both[ended + 200 : ended + 1000].any()


async def test_a_barge_in_is_timed() -> None:
    async with AnsweringAgent(answer_frames=100).serve() as agent:
        target = Target(port=agent.port)
        result = await place_call(target, [line(), line(barge_in_ms=200)], Manners(gap_s=0.3))
    reaction_s = result.lines[1].reaction_s
    assert reaction_s is not None
    assert -0.05 < reaction_s < 1.0


async def test_an_agent_that_hangs_up_ends_the_call() -> None:
    async with AnsweringAgent(hang_up_after=1).serve() as agent:
        result = await place_call(Target(port=agent.port), [line(), line()], QUICK)
    assert result.outcome == "agent_hung_up"
    assert len(result.lines) == 1


async def test_a_refused_call_is_told_from_one_that_ended() -> None:
    async with AnsweringAgent(refuse=True).serve() as agent:
        result = await place_call(Target(port=agent.port), [line()], QUICK)
    assert result.outcome == "refused"
    assert not result.all_answered


async def test_a_peer_that_does_not_speak_audiosocket_is_told() -> None:
    async with AnsweringAgent(garbage=b"HTTP/1.1 400 Bad Request\r\n").serve() as agent:
        with pytest.raises(ProtocolError):
            await place_call(Target(port=agent.port), [line()], QUICK)


async def test_an_agent_at_another_rate_than_the_caller_is_told() -> None:
    async with AnsweringAgent().serve() as agent:  # speaks at 8 kHz
        with pytest.raises(ProtocolError, match="sends 8000 Hz; this caller hears 16000 Hz"):
            await place_call(Target(port=agent.port), [make_keys("1", 16000)], QUICK)


async def test_keys_reach_the_agent() -> None:
    async with AnsweringAgent().serve() as agent:
        result = await place_call(Target(port=agent.port), [make_keys("12#")], QUICK)
    assert agent.digits == "12#"
    assert result.all_answered


async def test_an_echo_plays_the_agents_voice_back_quieter_and_later(tmp_path: Path) -> None:
    record = tmp_path / "call.wav"
    async with AnsweringAgent(greeting_frames=10).serve() as agent:
        target = Target(port=agent.port, record=record, echo=Echo(-20.0, 0.1))
        await place_call(target, [line()], QUICK)
    with wave.open(str(record)) as wav:
        both = np.frombuffer(wav.readframes(wav.getnframes()), dtype="<i2").reshape(-1, 2)
    caller, agent_side = both[:2400, 0], both[:2400, 1]
    assert 700 < np.abs(caller).max() < 850  # 8000 at -20 dB
    delay = int(np.flatnonzero(caller)[0]) - int(np.flatnonzero(agent_side)[0])
    assert delay == pytest.approx(800, abs=2)


async def test_a_recording_that_could_not_be_written_is_told_before_the_call(
    tmp_path: Path,
) -> None:
    target = Target(port=1, record=tmp_path / "none" / "call.wav")
    with pytest.raises(AudioFileError, match="there is no such folder"):
        await place_call(target, [line()])


async def test_nobody_at_the_address_is_one_clear_line() -> None:
    with pytest.raises(ApplianceError, match=r"nothing answers at 127\.0\.0\.1:1: start it"):
        await place_call(Target(port=1), [line()])
