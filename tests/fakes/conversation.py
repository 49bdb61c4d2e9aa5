"""A scripted caller and engines that answer by script, all in virtual time.

A Frame of the caller carries the number of the line being spoken as its sample value, so that the
fake detector knows that there is voice and the fake recogniser which words were said by then.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import numpy as np

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.audio.frame import FRAME_S, Pcm, frame_samples
from appliance.audiosocket.protocol import Digit
from appliance.call.call import Call
from appliance.call.events import CallEvent
from appliance.call.lifecycle import Transfer
from appliance.call.record import CallRecord
from appliance.config.agent import Action, Agent
from appliance.engines.base import Message, Sampling, Speech, ToolCall, Transcript, Urgency
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import Metrics
from appliance.tools.toolbox import Toolbox
from tests.fakes.decoded_at_once import DecodedAtOnce

UUID_OF_CALL = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")
WORD_S = 0.3
"""Every word takes so long, the caller's and the agent's."""
VOICE = 10000
"""Sample value of line 0; line n has VOICE + n."""


@dataclass
class Script:
    """What the caller does, in order: lines, silences, keys."""

    frames: list[Pcm | str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    rate_hz: int = 8000

    def quiet(self, seconds: float) -> Script:
        self.frames += [np.zeros(frame_samples(self.rate_hz), np.int16)] * round(seconds / FRAME_S)
        return self

    def says(self, words: str) -> Script:
        frames = round(len(words.split()) * WORD_S / FRAME_S)
        sample = VOICE + len(self.lines)
        self.lines.append(words)
        self.frames += [np.full(frame_samples(self.rate_hz), sample, np.int16)] * frames
        return self

    def noise(self, seconds: float) -> Script:
        """Voice without words."""
        self.lines.append("")
        frame = np.full(frame_samples(self.rate_hz), VOICE + len(self.lines) - 1, np.int16)
        self.frames += [frame] * round(seconds / FRAME_S)
        return self

    def keys(self, digits: str) -> Script:
        self.frames += list(digits)
        return self

    def stops_sending(self, seconds: float) -> Script:
        """No Frames at all, as a phone that suppresses silence."""
        self.frames.append(f"gap {seconds}")
        return self


class ScriptedConnection:
    """Stands for ``audiosocket.connection.Connection``; plays a Script at real pace."""

    def __init__(self, script: Script) -> None:
        self.uuid = UUID_OF_CALL
        self.end: str | None = None
        self.refused_frames = self.dropped_frames = 0
        self.rate_hz = script.rate_hz
        self.heard: list[tuple[float, bool]] = []
        """(time, whether audible) of every Frame the agent wrote."""
        self._script = iter(script.frames)
        self._supplier: Callable[[], bytes | None] = lambda: None
        self._gap_frames = 0
        self._pacing: asyncio.Task[None] | None = None
        self._began = asyncio.get_running_loop().time()

    async def rate(self) -> int:
        return self.rate_hz

    def play_from(self, supplier: Callable[[], bytes | None]) -> None:
        self._supplier = supplier
        if self._pacing is None:
            self._pacing = asyncio.create_task(self._pace())

    def __aiter__(self) -> ScriptedConnection:
        return self

    async def __anext__(self) -> Pcm | Digit:
        await self._pass_gap()
        step = None if self.end else next(self._script, None)
        if isinstance(step, str) and step.startswith("gap"):
            self._gap_frames = round(float(step.split()[1]) / FRAME_S)
            return await self.__anext__()
        if isinstance(step, str):
            return Digit(step)
        if step is None:
            self.end = self.end or "peer_hung_up"
            raise StopAsyncIteration
        await asyncio.sleep(FRAME_S)
        return step

    async def _pass_gap(self) -> None:
        """Also when the waiting is given up in between, the gap has the length it was given."""
        while self._gap_frames and not self.end:
            await asyncio.sleep(FRAME_S)
            self._gap_frames -= 1

    async def _pace(self) -> None:
        """What the pacer does: a Frame each 20 ms, whoever listens."""
        while not self.end:
            await asyncio.sleep(FRAME_S)
            frame = self._supplier()
            assert frame is None or len(frame) == 2 * frame_samples(self.rate_hz)
            now = asyncio.get_running_loop().time() - self._began
            self.heard.append((now, frame is not None and any(frame)))

    def begin_hang_up(self, end: str) -> None:
        self.end = self.end or end

    async def hang_up(self) -> None:
        self.begin_hang_up("hung_up")
        if self._pacing is not None:
            await self._pacing


class ScriptedRecognition:
    """Detector, recogniser and its session in one: they know the Script's lines."""

    name = "scripted"
    redecodes = False
    again_s = 6.0

    def expect(self, hint: str) -> None:
        pass

    def __init__(self, lines: Sequence[str], rate_hz: int, finish_s: float = 0.03) -> None:
        self.rate_hz = rate_hz
        self._lines = lines
        self.finish_s = finish_s
        self._fed: dict[int, int] = {}
        self._told: dict[int, int] = {}
        self._half: int | None = None
        self.failure: Exception | None = None
        self.confidence = 1.0

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> ScriptedRecognition:
        return self

    async def warm_up(self) -> None: ...

    async def close(self) -> None: ...

    def push(self, pcm: Pcm) -> list[tuple[float, float]]:
        """The detector: windows of one Frame keep the arithmetic of tests simple."""
        return [(FRAME_S, 0.95 if pcm[0] >= VOICE else 0.01)]

    def feed(self, pcm: Pcm) -> None:
        if pcm[0] >= VOICE:
            line = int(pcm[0]) - VOICE
            self._fed[line] = self._fed.get(line, 0) + 1

    def prepare(self) -> None: ...

    @property
    def partial(self) -> Transcript:
        return Transcript(self._words(whole=True))

    async def finish(self) -> Transcript:
        await asyncio.sleep(self.finish_s)
        if self.failure is not None:
            raise self.failure
        text = self._words(whole=False)
        for line, frames in self._fed.items():
            self._told[line] = self._told.get(line, 0) + frames
        self._fed.clear()
        return Transcript(text, final=True, confidence=self.confidence)

    def _words(self, *, whole: bool) -> str:
        said = []
        for line, frames in self._fed.items():
            before = round(self._told.get(line, 0) * FRAME_S / WORD_S)
            until = (frames + self._told.get(line, 0)) * FRAME_S / WORD_S
            said += self._lines[line].split()[before : int(until) if whole else round(until)]
        return " ".join(said)


class ScriptedModel:
    """Language model and session: answers by a function, one word every ``token_s``."""

    name = "scripted"
    native_tools = False

    def __init__(self, answer: Callable[[str], str], token_s: float = 0.01) -> None:
        self._answer = answer
        self.token_s = token_s
        self.asked: list[list[Message]] = []
        self.samplings: list[Sampling] = []
        self.calls: list[ToolCall] = []
        """What it asks for, one a reply, as long as it may."""
        self.read: list[list[Message]] = []
        self.written: list[str] = []
        self.failure: Exception | None = None
        self.stalls_s = 0.0

    async def open(self, opening: Sequence[Message], *, call_id: str = "") -> ScriptedModel:
        return self

    async def warm_up(self, openings: Sequence[Sequence[Message]]) -> None: ...

    async def prefill(self, messages: Sequence[Message]) -> None:
        self.read.append(list(messages))

    async def reply(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | ToolCall]:
        self.asked.append(list(messages))
        await asyncio.sleep(self.stalls_s)
        self.samplings.append(sampling)
        if self.failure is not None:
            raise self.failure
        if sampling.tools and self.calls:
            yield self.calls.pop(0)
            return
        for word in self._answer(messages[-1].content).split():
            await asyncio.sleep(self.token_s)
            self.written.append(word)
            yield word + " "

    async def close(self, *, keep: bool = False) -> None: ...


class ScriptedVoice:
    """Synthesizer: noise, WORD_S a word."""

    name = "scripted"
    rate_hz = 8000

    def __init__(self, work_s: float = 0.02) -> None:
        self.work_s = work_s
        self.spoken: list[str] = []
        self.urgencies: dict[str, Urgency] = {}
        self.failure: Exception | None = None

    async def synthesize(
        self, text: str, *, call_id: str = "", urgency: Urgency = "next"
    ) -> Speech:
        self.urgencies[text] = urgency
        await asyncio.sleep(self.work_s)
        if self.failure is not None:
            raise self.failure
        self.spoken.append(text)
        samples = round(len(text.split()) * WORD_S * 8000)
        sound = np.random.default_rng(1).normal(0.0, 5000.0, samples)  # not like the caller's
        return Speech(sound.astype(np.int16), 8000, text)

    async def warm_up(self) -> None: ...

    async def close(self) -> None: ...


@dataclass
class Outcome:
    """One call, over."""

    record: CallRecord
    connection: ScriptedConnection
    model: ScriptedModel
    voice: ScriptedVoice
    metrics: Metrics
    events: list[CallEvent]

    def first_sound_after(self, seconds: float) -> float:
        """When the agent was first audible after ``seconds``."""
        return next(at for at, audible in self.connection.heard if audible and at > seconds)

    def silent_from(self, seconds: float) -> float:
        """When the agent fell silent after ``seconds``, for at least 0.1 s."""
        run = 0
        for at, audible in self.connection.heard:
            if at > seconds:
                run = 0 if audible else run + 1
                if run == 5:
                    return at - 0.1
        raise AssertionError("the agent never fell silent")


class _LoopClock:
    def now(self) -> float:
        return asyncio.get_running_loop().time()


async def converse(
    agent: Agent,
    script: Script,
    *,
    answer: Callable[[str], str] = lambda prompt: "I am fine, thank you.",
    prepare: Callable[[ScriptedRecognition, ScriptedModel, ScriptedVoice], None] = lambda *_: None,
    transfer: Transfer | None = None,
    toolbox: Toolbox | None = None,
    wish: tuple[float, Action, str | None] | None = None,
    ears: DecodedAtOnce | None = None,
) -> Outcome:
    """Hold the call that ``script`` makes; ``prepare`` may make an engine slow or fail, ``wish`` is
    somebody else's: (when, what, where to). With ``ears`` the sound of the script is heard."""
    recognition = ScriptedRecognition(script.lines, script.rate_hz)
    model, voice = ScriptedModel(answer), ScriptedVoice()
    loaded = LoadedAgent(
        agent,
        ears or recognition,
        model,
        Voice(voice, agent.language, pause_rate=agent.pause_rate),
        Knowledge(agent.knowledge),
    )
    if toolbox is not None:
        loaded = replace(loaded, toolbox=toolbox)
    texts = [*loaded.first_words(), *loaded.phrases(), *loaded.answers()]
    await loaded.voice.prepare(texts)
    prepare(recognition, model, voice)
    connection, metrics = ScriptedConnection(script), Metrics()
    events: list[CallEvent] = []
    record = CallRecord(UUID_OF_CALL, agent.name)
    call = Call(
        connection,
        loaded,
        ears.open_detector if ears else lambda rate_hz: recognition,
        record=record,
        clock=_LoopClock(),
        metrics=metrics,
        transfer=transfer,
        on_event=events.append,
    )
    if wish is not None:
        asyncio.get_running_loop().call_later(wish[0], call.end_with, *wish[1:])
    await call.run()
    return Outcome(record, connection, model, voice, metrics, events)
