"""Two appliances wired to each other: one answers the telephone, the other one holds the
conversation."""

from __future__ import annotations

import wave
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.bench.local_service import Service, local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.config.settings import read_settings
from tests.e2e.test_conversation import converse
from tests.e2e.test_webhooks import told_to
from tests.fakes.listener import Listener
from tests.fakes.node_core import node_service
from tests.fakes.webhook_receiver import Receiver, receiving

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


def right_of(recording: Path) -> Pcm:
    """The agent's side of a stereo recording."""
    with wave.open(str(recording)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return sound[1::2].astype(np.int16)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["ws", "http"])
async def core(service: Service, request: pytest.FixtureRequest) -> AsyncIterator[Service]:
    """Answers the telephone and has no engines of its own."""
    url = service.client.url.replace("http://", f"{request.param}://")
    async with local_service(read_settings(overrides={"sts_url": url})) as running:
        yield running


async def test_a_conversation_passes_through(
    service: Service,
    core: Service,
    caller_lines: dict[str, Line],
    tmp_path: Path,
    understood: Callable[[Pcm], str],
) -> None:
    spoken = await converse(core, [caller_lines["opening"], caller_lines["goodbye"]], tmp_path)
    answers = understood(spoken.agent_sound)
    assert "quay street clinic good day" in answers
    assert "we are open from nine to five monday to friday" in answers
    assert "thank you for calling goodbye" in answers
    assert spoken.call.all_answered
    held = await service.client.record(spoken.call.uuid)
    assert held is not None
    assert [turn["heard"] for turn in held["turns"]] == ["what time do you open", "okay goodbye"]
    assert held["outcome"] == "agent_hangup"
    assert spoken.call.outcome == "agent_hung_up"
    assert spoken.record["outcome"] == "agent_hangup"


async def test_a_caller_interrupts_an_agent_that_is_elsewhere(
    service: Service,
    core: Service,
    caller_lines: dict[str, Line],
    line: Callable[..., Line],
    tmp_path: Path,
) -> None:
    interruption = line("what_are_your_opening_hours", barge_in_ms=900)
    spoken = await converse(core, [caller_lines["price"], interruption], tmp_path)
    held = await service.client.record(spoken.call.uuid)
    assert held is not None
    first, second = held["turns"]
    assert first["interrupted"] is True
    assert "check" not in first["said"]
    assert "nine to five" in second["said"]


async def test_a_wide_caller_passes_through_as_a_narrow_one(
    service: Service, core: Service, line: Callable[..., Line], tmp_path: Path
) -> None:
    spoken = await converse(core, [line("wide_opening_hours", rate_hz=16000)], tmp_path)
    held = await service.client.record(spoken.call.uuid)
    assert held is not None
    assert held["turns"][0]["heard"] == "what are your opening hours"
    assert spoken.call.all_answered


async def test_what_the_dialplan_knows_reaches_the_other_one(core: Service, tmp_path: Path) -> None:
    target = Target(port=core.port, max_call_s=3.0)
    await core.client.announce(target.uuid, {"from": "1000", "to": "5001"})
    call = await place_call(target, [])
    assert call.greeting_s is not None


async def test_a_service_of_another_make_holds_the_conversation(
    caller_lines: dict[str, Line], data_dir: Path, tmp_path: Path
) -> None:
    listener = Listener(["what are your opening hours", "how are you today"])
    greeting, answer = (
        data_dir / "what_are_your_opening_hours.wav",
        data_dir / "how_are_you_today.wav",
    )
    async with node_service(greeting, answer, piece=1001) as elsewhere:
        settings = read_settings(overrides={"sts_url": elsewhere.url})
        async with local_service(settings) as core:
            target = Target(port=core.port, record=tmp_path / "call.wav")
            await core.client.announce(target.uuid, {"from": "1000", "to": "5001"})
            call = await place_call(target, [caller_lines["opening"]])
            record = await core.client.record(call.uuid)
            seen = await elsewhere.seen()
    heard = listener.understands(right_of(tmp_path / "call.wav"))
    assert heard.startswith("what are your opening hours how are you")
    assert record is not None
    assert (record["greeting"], record["outcome"]) == ("greeting", "agent_hangup")
    assert [(turn["heard"], turn["said"]) for turn in record["turns"]] == [("question", "answer")]
    assert (seen["uuid"], seen["query"]) == (call.uuid, {"from": "1000", "to": "5001"})
    assert seen["types"]["init"] == 1


async def test_a_webhooks_receiver_sends_one_call_elsewhere(
    caller_lines: dict[str, Line], data_dir: Path, tmp_path: Path
) -> None:
    words = data_dir / "what_are_your_opening_hours.wav"
    async with (
        node_service(words, words, piece=3200) as elsewhere,
        receiving(Receiver()) as receiver,
        told_to(receiver, tmp_path, APPLIANCE_STS_HOSTS="127.0.0.1").running() as core,
    ):
        receiver.sts_url = elsewhere.url
        target = Target(port=core.port)
        await core.client.announce(target.uuid, {"from": "1000"})
        await place_call(target, [caller_lines["opening"]])
        seen = await elsewhere.seen()
        record = await core.client.record(str(target.uuid))
    assert (seen["uuid"], seen["query"]) == (str(target.uuid), {"from": "1000"})
    assert record is not None
    assert record["turns"][0]["source"] == "speech_to_speech"


async def test_without_the_other_one_the_caller_hears_an_apology(
    tmp_path: Path, caller_lines: dict[str, Line], understood: Callable[[Pcm], str]
) -> None:
    settings = read_settings(overrides={"sts_url": "ws://127.0.0.1:9"})
    async with local_service(settings) as alone:
        spoken = await converse(alone, [caller_lines["opening"]], tmp_path)
        assert "something has gone wrong here goodbye" in understood(spoken.agent_sound)
        assert spoken.record["outcome"] == "remote_unreachable"
        assert spoken.call.outcome == "agent_hung_up"


async def test_a_conversation_is_held_with_all_three_stages_at_the_other_one(
    service: Service,
    caller_lines: dict[str, Line],
    tmp_path: Path,
    understood: Callable[[Pcm], str],
) -> None:
    url = service.client.url
    stages = read_settings(overrides={"asr_url": url, "llm_url": url, "tts_url": url})
    async with local_service(stages) as core:
        lines = [caller_lines[name] for name in ("opening", "hello", "goodbye")]
        spoken = await converse(core, lines, tmp_path)
    assert [turn["heard"] for turn in spoken.turns] == [each.words for each in lines]
    assert spoken.turns[1]["source"] == "language_model"
    assert spoken.turns[1]["said"]
    answers = understood(spoken.agent_sound)
    assert "quay street clinic good day" in answers
    assert "we are open from nine to five monday to friday" in answers
    assert "thank you for calling goodbye" in answers
    assert spoken.record["outcome"] == "agent_hangup"
