"""Spoken conversations of the real program whose ears, mind and voice are services elsewhere."""

from __future__ import annotations

import asyncio
import json
import wave
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
import pytest_asyncio
import vosk

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.bench.local_service import Service, local_service
from appliance.caller.caller import Target, place_call
from appliance.caller.line import Line
from appliance.caller.result import CallResult
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from appliance.engines.load import load_voice
from appliance.engines.piper import PiperSynthesizer
from appliance.weights.catalogue import models_root
from tests.fakes.avr_services import (
    AsrService,
    LlmService,
    Served,
    TtsService,
    ffmpeg_header,
    serve,
)
from tests.fakes.listener import Listener

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]

REPLY = "I am very well, thank you."


class KaldiHearing:
    """As avr-asr-vosk: a recogniser for each request, its text when Kaldi finds the end of an
    utterance, and nothing at the end of the request."""

    def __init__(self, model: vosk.Model) -> None:
        self._recognizer = vosk.KaldiRecognizer(model, 8000)

    async def accept(self, sound: bytes) -> str | None:
        """On a thread: the caller keeps time on this loop."""
        return await asyncio.to_thread(self._accept, sound)

    def _accept(self, sound: bytes) -> str | None:
        if self._recognizer.AcceptWaveform(sound[: len(sound) & ~1]):
            return str(json.loads(self._recognizer.Result())["text"]) or None
        return None

    def final(self) -> str:
        return ""


@dataclass
class Remotes:
    """The three services, each on a port of its own, and the program that uses them."""

    service: Service
    asr: AsrService
    llm: LlmService
    tts: TtsService
    served: dict[str, Served]


def reply(asked: dict[str, Any], text: str = REPLY) -> list[bytes]:
    """Token by token."""
    words = text.split(" ")
    return [json.dumps({"type": "text", "content": f"{word} "}).encode() for word in words]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def voice() -> AsyncIterator[PiperSynthesizer]:
    synthesizer = await load_voice("piper-demo-en-man", read_settings().models)
    yield synthesizer
    await synthesizer.close()


@pytest.fixture(scope="module")
def kaldi() -> vosk.Model:
    vosk.SetLogLevel(-1)
    return vosk.Model(str(models_root() / "demo" / "vosk-en"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def remotes(
    kaldi: vosk.Model,
    voice: PiperSynthesizer,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Remotes]:
    """An appliance that has no recogniser and no language model of its own."""

    async def speak(text: str) -> Pcm:
        speech = await voice.synthesize(text)
        return resample(speech.pcm, speech.rate_hz, 8000)

    asr = AsrService(lambda: KaldiHearing(kaldi))
    llm = LlmService(reply)
    tts = TtsService(speak, wav=True, chunk_bytes=777)
    agents = tmp_path_factory.mktemp("site") / "agents.yaml"
    agents.write_text(
        SHIPPED_AGENTS.read_text()
        .replace("# recognizer: ", "recognizer: not-installed # ")
        .replace("language_model: smollm2-135m-instruct", "language_model: not-installed")
        .replace('filler: ["One moment, please."]', "filler: []")  # a slow host is no failure
    )
    async with AsyncExitStack() as stack:
        served = {
            "asr": await stack.enter_async_context(serve(asr)),
            "llm": await stack.enter_async_context(serve(llm)),
            "tts": await stack.enter_async_context(serve(tts)),
        }
        urls = {f"{stage}_url": each.url for stage, each in served.items()}
        overrides = {"agents_file": agents, "remote_timeout_s": 3.0, **urls}
        settings = read_settings(overrides=overrides)
        service = await stack.enter_async_context(local_service(settings))
        yield Remotes(service, asr, llm, tts, served)


async def call(
    service: Service,
    lines: list[Line],
    folder: Path,
    meanwhile: Callable[[], Coroutine[Any, Any, None]] | None = None,
) -> tuple[CallResult, dict[str, Any], Pcm]:
    """What the caller measured, what was written down, what he heard."""
    target = Target(
        host=service.host,
        port=service.port,
        uuid=uuid4(),
        record=folder / "call.wav",
        max_call_s=60,
    )
    async with asyncio.TaskGroup() as tasks:
        calling = tasks.create_task(place_call(target, lines))
        if meanwhile is not None:
            await meanwhile()
    result = calling.result()
    record = await service.client.record(result.uuid)
    assert record is not None
    assert result.recording is not None
    with wave.open(str(result.recording)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    return result, record, sound[1::2].astype(np.int16)


@pytest.fixture(scope="module")
def listener() -> Listener:
    agent = read_agents(SHIPPED_AGENTS).default
    phrases = agent.phrases
    texts = [agent.greeting, phrases.apology, phrases.filler[0], phrases.not_understood, REPLY]
    return Listener([*texts, *(entry.answer for entry in agent.knowledge)])


async def test_a_conversation_is_held_with_all_three_stages_elsewhere(
    remotes: Remotes, listener: Listener, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    lines = [caller_lines["hello"], caller_lines["opening"], caller_lines["goodbye"]]
    result, record, sound = await call(remotes.service, lines, tmp_path)
    assert result.all_answered
    assert [turn["heard"] for turn in record["turns"]] == [line.words for line in lines]
    assert record["turns"][0]["source"] == "language_model"
    assert record["turns"][0]["said"] == REPLY
    heard = listener.understands(sound)
    assert "very well thank you" in heard
    assert "nine to five" in heard
    assert record["outcome"] == "agent_hangup"
    assert set(remotes.asr.uuids) == set(remotes.llm.uuids) == {result.uuid}
    assert remotes.llm.asked[0]["message"] == lines[0].words
    assert result.uuid in remotes.tts.uuids


@pytest.mark.parametrize("stage", ["asr", "llm", "tts"])
async def test_a_stage_that_dies_in_mid_call_ends_that_call_with_an_apology_and_no_other(
    stage: str, remotes: Remotes, listener: Listener, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    async def die() -> None:
        await asyncio.sleep(1.0)
        await remotes.served[stage].die()

    remotes.llm.reply = lambda asked: reply(asked, f"Words nobody has spoken yet, for {stage}.")
    try:
        _, record, sound = await call(remotes.service, [caller_lines["hello"]], tmp_path, die)
    finally:
        remotes.llm.reply = reply
        await remotes.served[stage].live()
    assert record["outcome"] == "remote_unreachable"
    assert "something has gone wrong" in listener.understands(sound)
    result, record, _ = await call(remotes.service, [caller_lines["opening"]], tmp_path)
    assert result.all_answered
    assert record["turns"][0]["heard"] == caller_lines["opening"].words


async def test_recorded_sound_in_a_reply_is_played_in_its_place(
    remotes: Remotes,
    voice: PiperSynthesizer,
    listener: Listener,
    caller_lines: dict[str, Line],
    tmp_path: Path,
) -> None:
    speech = await voice.synthesize(REPLY)
    pcm = resample(speech.pcm, speech.rate_hz, 8000)
    wav = ffmpeg_header() + pcm.tobytes()
    pieces = [wav[at : at + 1001] for at in range(0, len(wav), 1001)]
    objects = [
        {"type": "audio", "content": {"type": "Buffer", "data": list(piece)}} for piece in pieces
    ]
    remotes.llm.reply = lambda asked: [json.dumps(each).encode() for each in objects]
    try:
        _, record, sound = await call(remotes.service, [caller_lines["hello"]], tmp_path)
    finally:
        remotes.llm.reply = reply
    assert record["turns"][0]["said"] == "[recording]"
    assert "very well thank you" in listener.understands(sound)


async def test_services_that_are_not_there_at_the_start_are_used_when_they_come(
    remotes: Remotes, listener: Listener, caller_lines: dict[str, Line], tmp_path: Path
) -> None:
    for served in remotes.served.values():
        await served.die()
    urls = {f"{stage}_url": each.url for stage, each in remotes.served.items()}
    async with local_service(read_settings(overrides=urls)) as service:
        _, record, sound = await call(service, [caller_lines["hello"]], tmp_path)
        for served in remotes.served.values():
            await served.live()
        result, later, _ = await call(service, [caller_lines["hello"]], tmp_path)
    assert record["outcome"] == "remote_unreachable"
    assert "something has gone wrong" in listener.understands(sound)
    assert result.all_answered
    assert later["turns"][0]["said"] == REPLY
