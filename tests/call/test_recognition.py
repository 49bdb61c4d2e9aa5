"""What a recogniser gets to hear of a call: its own rate, and all that the caller sent of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from appliance.audio.frame import FRAME_S, Pcm, frame_samples
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.call.recognition import Recognition, VoiceDetector
from appliance.config.agent import Endpointing
from appliance.engines.base import Recognizer, Transcript
from appliance.engines.vosk import VoskRecognizer
from appliance.engines.whisper import WhisperRecognizer
from appliance.turns.endpointer import SpeechStarted
from appliance.turns.playout import Playout
from appliance.turns.vad import SileroVad
from tests.fakes import tone_whisper
from tests.fakes.virtual_time import run

DEMO = Path(__file__).parents[2] / "models/demo"


class Loud:
    """A detector for which everything loud is a voice."""

    def push(self, pcm: Pcm) -> list[tuple[float, float]]:
        return [(FRAME_S, 0.95 if np.abs(pcm.astype(int)).max() > 1000 else 0.01)]


class Ear:
    """A recogniser's session that keeps what it hears."""

    def __init__(self) -> None:
        self.redecodes = True
        self.again_s = 16.0
        self.hint = ""
        self.heard: list[Pcm] = []
        self.prepared: list[int] = []
        self.segments: list[list[Pcm]] = []
        self.partial = Transcript("")

    def expect(self, hint: str) -> None:
        self.hint = hint

    def feed(self, pcm: Pcm) -> None:
        self.heard.append(pcm)

    def prepare(self) -> None:
        self.prepared.append(len(self.heard))

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        self.segments.append(self.heard)
        self.heard = []
        return self.understand()

    async def understand(self) -> Transcript:
        return Transcript("", final=True)

    async def close(self) -> None: ...


def tone(hz: float, rate_hz: int) -> Pcm:
    at = np.arange(rate_hz) / rate_hz
    return (8000 * np.sin(2 * np.pi * hz * at)).astype(np.int16)


def frames(sound: Pcm, rate_hz: int) -> list[Pcm]:
    """``sound`` with half a second of silence before and a whole one behind it, in Frames."""
    parts = (np.zeros(rate_hz // 2, np.int16), sound, np.zeros(rate_hz, np.int16))
    whole, size = np.concatenate(parts), frame_samples(rate_hz)
    return [whole[at : at + size] for at in range(0, whole.size - size + 1, size)]


async def listen(
    session: object, recognizer_hz: int, sound: Pcm, rate_hz: int, detector: VoiceDetector
) -> str:
    """Let a call's recognition hear ``sound``; the words."""
    async with asyncio.TaskGroup() as tasks:
        playout = Playout(rate_hz)
        recognition = Recognition(
            detector,
            session,  # type: ignore[arg-type]  # a fake, or a real one
            playout,
            Endpointing(),
            tasks,
            recognizer_hz,
        )
        for frame in frames(sound, rate_hz):
            recognition.hear(frame)
        return (await recognition.words(recognition.unanswered)).text


@pytest.mark.unit
@pytest.mark.parametrize("rate_hz", [8000, 16000])
@pytest.mark.parametrize("recognizer_hz", [8000, 16000])
def test_a_recogniser_gets_its_own_rate(rate_hz: int, recognizer_hz: int) -> None:
    ear = Ear()
    run(listen(ear, recognizer_hz, tone(1000, rate_hz), rate_hz, Loud()))
    heard = np.concatenate(ear.segments[0])
    assert heard.size / recognizer_hz == pytest.approx(1.3, abs=0.3)  # what is around it as well
    loudest = np.abs(np.fft.rfft(heard.astype(float))).argmax()
    assert loudest * recognizer_hz / heard.size == pytest.approx(1000, abs=5)


@pytest.mark.unit
def test_only_a_wide_recogniser_of_a_wide_call_hears_the_upper_half() -> None:
    levels = {}
    for rate_hz, recognizer_hz in ((16000, 16000), (16000, 8000)):
        ear = Ear()
        run(listen(ear, recognizer_hz, tone(6000, rate_hz), rate_hz, Loud()))
        levels[recognizer_hz] = np.concatenate(ear.segments[0]).astype(float).std()
    assert levels[16000] > 3000
    assert levels[8000] < levels[16000] / 100


@pytest.mark.unit
@pytest.mark.parametrize("rate_hz", [8000, 16000])
@pytest.mark.parametrize("whose", ["the agent's", "another's"])
def test_only_another_voice_is_noticed_while_the_agent_speaks(
    data_dir: Path, rate_hz: int, whose: str
) -> None:
    """The agent's own comes back 120 ms later and at a tenth."""
    agent = loaded(data_dir / "wide_opening_hours.wav", rate_hz)
    delayed = np.concatenate([np.zeros(rate_hz * 120 // 1000, np.int16), agent // 10])
    other = loaded(data_dir / "agent.wav", rate_hz)
    sound = delayed if whose == "the agent's" else other
    started = run(voices_noticed(agent, sound, rate_hz))
    assert started == (whose == "another's")


async def voices_noticed(agent: Pcm, sound: Pcm, rate_hz: int) -> bool:
    """Whether a call reports somebody's voice in ``sound`` while ``agent`` is played."""
    async with asyncio.TaskGroup() as tasks:
        playout = Playout(rate_hz)
        playout.open_sink().add(agent)
        recognition = Recognition(Loud(), Ear(), playout, Endpointing(), tasks, rate_hz)
        size, noticed = frame_samples(rate_hz), False
        for at in range(0, agent.size - size, size):
            playout.next_frame()
            events = recognition.hear(sound[at : at + size])
            noticed |= any(isinstance(event, SpeechStarted) for event in events)
        recognition.close()
        return noticed


def loaded(path: Path, rate_hz: int) -> Pcm:
    pcm, file_hz = read_wav(path)
    return resample(pcm, file_hz, rate_hz)


@pytest.mark.engine
async def test_whisper_hears_a_word_that_lies_above_4_khz(tmp_path: Path) -> None:
    tone_whisper.build(tmp_path / "tones")
    whisper = await WhisperRecognizer.load(tmp_path / "tones")
    words = ["thanks", "hello"]  # the first at 4.5 kHz
    wide = tone_whisper.speak(words)
    assert await understood(whisper, wide, 16000, Loud) == "thanks hello"
    assert await understood(whisper, resample(wide, 16000, 8000), 8000, Loud) == "hello"
    await whisper.close()


@pytest.mark.engine
@pytest.mark.parametrize("rate_hz", [8000, 16000])
async def test_an_8_khz_recogniser_understands_a_wide_caller_too(
    data_dir: Path, rate_hz: int
) -> None:
    vosk = await VoskRecognizer.load(DEMO / "vosk-en")
    vad = SileroVad.load()
    sound = loaded(data_dir / "wide_opening_hours.wav", rate_hz)
    words = await understood(vosk, sound, rate_hz, lambda: vad.open(rate_hz))
    assert words == "what are your opening hours"
    await vosk.close()


@pytest.mark.engine
@pytest.mark.parametrize("halt_s", [0.2, 0.45, 0.8])
async def test_a_sentence_that_halts_is_heard_as_one(data_dir: Path, halt_s: float) -> None:
    vosk = await VoskRecognizer.load(DEMO / "vosk-en")
    vad = SileroVad.load()
    sound = loaded(data_dir / "wide_opening_hours.wav", 8000)
    middle = sound.size // 2  # inside a word
    halting = [sound[:middle], np.zeros(int(halt_s * 8000), np.int16), sound[middle:]]
    words = await understood(vosk, np.concatenate(halting), 8000, vad.open)
    assert words == "what are your opening hours"
    await vosk.close()


@pytest.mark.unit
@pytest.mark.parametrize("redecodes", [True, False])
def test_no_recogniser_gets_sound_twice_in_a_segment(redecodes: bool) -> None:
    """Frames are numbered in their first sample; the pause is shorter than the pre-roll."""
    sound = np.concatenate([tone(1000, 8000)[:4000], np.zeros(1920, np.int16)] * 2)
    sound[::160] = np.arange(sound.size // 160) + 1
    ear = Ear()
    ear.redecodes = redecodes
    run(listen(ear, 8000, sound, 8000, Loud()))
    first, second = ([int(pcm[0]) for pcm in part if pcm[0]] for part in ear.segments)
    if redecodes:
        assert second[: len(first)] == first
        assert second == list(range(1, second[-1] + 1))
    else:
        assert first + second == list(range(1, second[-1] + 1))


async def understood(
    recognizer: Recognizer, sound: Pcm, rate_hz: int, detector: Callable[[], VoiceDetector]
) -> str:
    session = await recognizer.open()
    try:
        return await listen(session, recognizer.rate_hz, sound, rate_hz, detector())
    finally:
        await session.close()
