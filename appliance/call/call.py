"""One call: one object, read from top to bottom.

Greet. For each Frame: listen, consider a barge-in, prepare an answer at a pause, speak when the
caller's turn is over. At the end, write down how it ended. The caller's side is ``recognition``,
the agent's is ``speaker``; this file is where they meet.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Final

import numpy as np

from appliance.agents.loaded_agent import EquippedAgent
from appliance.audio.frame import FRAME_S, Pcm, frame_samples
from appliance.audiosocket.protocol import Digit
from appliance.call.answer import FixedReply
from appliance.call.chat import Chat
from appliance.call.closing import close_with
from appliance.call.events import (
    CallEnded,
    CallFailed,
    CallStarted,
    DigitPressed,
    Listener,
    nobody,
)
from appliance.call.keypad import Keypad
from appliance.call.line import Line
from appliance.call.recognition import Recognition, VoiceDetector
from appliance.call.record import CallRecord
from appliance.call.speaker import Speaker
from appliance.clock import Clock
from appliance.config.agent import Action, Agent
from appliance.errors import ApplianceError, EngineError
from appliance.metrics import Metrics
from appliance.text.canonical import canonical
from appliance.turns.barge_in import BargeIn, Verdict
from appliance.turns.endpointer import (
    Floor,
    FloorEvent,
    NoInput,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
    TurnEnded,
)
from appliance.turns.playout import Playout

QUIET_LINE_S: Final = 0.1
"""A phone that suppresses silence sends nothing while its user is silent; without Frames for so
long the caller is taken to be silent, or a turn would never end."""

Transfer = Callable[[CallRecord], Awaitable[None]]
"""Sends the caller where the record says. Raises ApplianceError."""

log = logging.getLogger(__name__)


class Call:
    """A caller talking with an agent. Made once the call is admitted; ``run()`` it once."""

    def __init__(
        self,
        line: Line,
        equipped: EquippedAgent,
        open_detector: Callable[[int], VoiceDetector],
        *,
        record: CallRecord,
        clock: Clock,
        metrics: Metrics,
        transfer: Transfer | None = None,
        on_event: Listener = nobody,
    ) -> None:
        """``open_detector`` is given the call's rate in Hz. ``transfer`` puts a caller through;
        without it the dialplan does, when it asks."""
        self._line = line
        self._equipped = equipped
        self._agent: Agent = equipped.agent
        self._open_detector = open_detector
        self._record = record
        self._clock = clock
        self._metrics = metrics
        self._transfer = transfer
        self._tell = on_event
        self._barge_in = BargeIn(self._agent.barge_in, self._agent.language)
        self._keypad = Keypad()
        self._prompts = 0
        self._time_over = False
        self._wish: tuple[Action, str | None] | None = None
        self._playout: Playout
        self._recognition: Recognition
        self._speaker: Speaker
        self._tasks: asyncio.TaskGroup

    async def run(self) -> None:
        """From the greeting to the end of the line. Engine failures end in an apology."""
        self._metrics.call_started()
        log.info("call started with agent %s", self._agent.name)
        self._tell(CallStarted())
        try:
            async with AsyncExitStack() as engines, asyncio.TaskGroup() as self._tasks:
                await self._answer(engines)
        except* EngineError as failures:
            error = _first(failures)
            log.error("%s: %s", error.code, error)
            self._record.outcome = error.code
            self._tell(CallFailed(error.code))
            apology = self._agent.phrases.apology
            clip = self._equipped.voice.kept(apology, self._playout.rate_hz)
            await close_with(self._line, self._playout, clip)
        finally:
            await self._end()

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up or transfer (to ``extension`` or ``extension@context``) on somebody else's wish,
        when what the agent is saying has been heard."""
        self._wish = (action, transfer_to)

    async def _answer(self, engines: AsyncExitStack) -> None:
        started, call_id = self._clock.now(), str(self._record.uuid)
        opening = self._equipped.opening()
        try:
            recognizer = await self._equipped.recognizer.open(
                hotwords=self._agent.hotwords, call_id=call_id
            )
            engines.push_async_callback(recognizer.close)
            language = await self._equipped.language_model.open(opening, call_id=call_id)
            engines.push_async_callback(language.close)
        finally:  # an apology needs it as well
            self._playout = Playout(await self._line.rate())
        self._recognition = Recognition(
            self._open_detector(self._playout.rate_hz),
            recognizer,
            self._playout,
            self._agent.endpointing,
            self._tasks,
            self._equipped.recognizer.rate_hz,
        )
        tools = self._equipped.toolbox.specs
        chat = Chat(self._agent, opening, language, self._tasks, tools=tools)
        self._speaker = Speaker(
            self._equipped,
            chat,
            self._recognition,
            self._playout,
            record=self._record,
            clock=self._clock,
            metrics=self._metrics,
            tasks=self._tasks,
            tell=self._tell,
            hang_up=self._hang_up,
        )
        await self._converse(chat, started)

    async def _converse(self, chat: Chat, started: float) -> None:
        """Greet, and hear every frame until the line ends. ``started`` is when the call came."""
        self._speaker.say(FixedReply(self._agent.greeting))
        greeting = self._speaker.turn
        room = self._equipped.ambience
        voice = self._playout.next_frame
        self._line.play_from(voice if room is None else room.under(voice, self._playout.rate_hz))
        try:
            async for frame in self._frames():
                await self._hear(frame)
                if greeting is not None and greeting.timeline.first_frame is not None:
                    self._metrics.call_first_audio(greeting.timeline.first_frame - started)
                    greeting = None
        finally:
            self._speaker.drop()
            chat.rest()
            self._recognition.close()

    async def _frames(self) -> AsyncIterator[Pcm]:
        """The caller's Frames, digits taken out, silence put in where a phone sends nothing."""
        while True:
            try:
                async with asyncio.timeout(QUIET_LINE_S):
                    event = await anext(self._line)
            except TimeoutError:
                for _ in range(round(QUIET_LINE_S / FRAME_S)):
                    yield np.zeros(frame_samples(self._playout.rate_hz), np.int16)
                continue
            except StopAsyncIteration:
                return
            if isinstance(event, Digit):
                self._key(event.digit)
            else:
                yield event

    async def _hear(self, frame: Pcm) -> None:
        for event in self._recognition.hear(frame):
            await self._floor_changed(event)
        self._consider_barge_in()
        if self._recognition.endpointer.floor is Floor.SPEECH:
            self._speaker.overhear(self._recognition.partial)
        if self._wish is not None:
            self._speaker.end_with(*self._wish)
            self._wish = None
        self._speaker.tick()
        now_s = self._recognition.endpointer.now_s
        self._answer_keys(self._keypad.passed(now_s))
        if now_s >= self._agent.max_call_s and not self._time_over:
            self._time_over = True
            self._record.outcome = "time_over"
            self._speaker.say(FixedReply(self._agent.phrases.time_over, action="hangup"))

    async def _floor_changed(self, event: FloorEvent) -> None:
        speaker = self._speaker
        match event:
            case SpeechStarted():
                self._prompts = 0
                if not speaker.audible and speaker.turn is not None and speaker.turn.segments:
                    speaker.drop()  # the caller goes on: his words so far belong to what follows
            case SpeechPaused():
                await asyncio.sleep(0)  # the recogniser's finish() comes before the next Frame
                self._caller_paused()
            case SpeechResumed():
                if not speaker.audible:
                    speaker.drop()
            case TurnEnded():
                speaker.commit()
            case NoInput():
                self._ask_again()

    def _caller_paused(self) -> None:
        turn = self._speaker.turn
        if turn is None or not self._speaker.audible:
            self._speaker.guess()
        elif self._barge_in.holding:
            self._tasks.create_task(self._weigh_words())
        else:
            self._recognition.ignore(turn.segments)
            self._metrics.barge_in("ignored")

    def _consider_barge_in(self) -> None:
        if not self._speaker.audible:
            self._barge_in.reset()
            return
        if self._recognition.endpointer.floor is not Floor.SPEECH:
            return
        verdict = self._barge_in.push(
            self._recognition.voiced_s, self._canonical(self._recognition.partial)
        )
        if verdict is Verdict.HOLD:
            self._playout.pause()
            self._metrics.barge_in_held(self._recognition.endpointer.turn_s)
        elif verdict is Verdict.TAKE:
            self._take_floor()

    async def _weigh_words(self) -> None:
        """The caller said something into the agent's words and paused: was it a wish to speak?"""
        turn = self._speaker.turn
        if turn is None:
            return
        transcript = await self._recognition.words(turn.segments)
        if self._speaker.turn is not turn:
            return  # the floor was taken meanwhile
        verdict = self._barge_in.paused(self._canonical(transcript.text))
        if verdict is Verdict.TAKE:
            self._take_floor()
            self._speaker.guess()
        else:
            self._recognition.ignore(turn.segments)
            self._playout.resume()
            self._metrics.barge_in("resumed")

    def _canonical(self, text: str) -> str:
        return canonical(text, self._agent.language)

    def _take_floor(self) -> None:
        self._speaker.drop(interrupted=True)
        self._metrics.barge_in("taken")

    def _ask_again(self) -> None:
        self._prompts += 1
        phrases = self._agent.phrases
        if self._prompts <= self._agent.endpointing.no_input_prompts:
            self._speaker.say(FixedReply(phrases.no_input))
        else:
            self._record.outcome = "no_input"
            self._speaker.say(FixedReply(phrases.no_input_goodbye, action="hangup"))

    def _key(self, key: str) -> None:
        """A key takes the floor like a word."""
        self._tell(DigitPressed(key))
        if self._speaker.audible and self._agent.barge_in.enabled:
            self._speaker.drop(interrupted=True)
        self._answer_keys(self._keypad.press(key, self._recognition.endpointer.now_s))

    def _answer_keys(self, keys: str) -> None:
        if keys:
            self._speaker.answer_digits(keys)

    def _hang_up(self, outcome: str) -> None:
        if self._record.outcome == "in_progress":
            self._record.outcome = outcome
        if outcome == "transfer" and self._transfer is not None:
            self._tasks.create_task(self._put_through(self._transfer))
        else:
            self._line.begin_hang_up("hung_up")

    async def _put_through(self, transfer: Transfer) -> None:
        """Transfer the caller; where that fails, the dialplan may still do it."""
        try:
            await transfer(self._record)
        except ApplianceError as error:
            log.error("%s: %s", error.code, error)
        self._line.begin_hang_up("hung_up")

    async def _end(self) -> None:
        if self._record.outcome == "in_progress":
            ended_by_us = self._line.end in (None, "hung_up")
            self._record.outcome = "drained" if ended_by_us else "caller_hangup"
        self._record.ended = datetime.now(UTC)
        self._metrics.call_ended(self._record.outcome)
        self._metrics.frames_lost(
            refused=self._line.refused_frames,
            dropped=self._line.dropped_frames,
            underruns=self._playout.underruns,
        )
        log.info("call ended: %s after %d turns", self._record.outcome, len(self._record.turns))
        self._tell(CallEnded(self._record.outcome))
        await self._line.hang_up()


def _first(failures: BaseExceptionGroup[EngineError]) -> EngineError:
    """The first of several failures; the others follow from it or came at the same time."""
    first: BaseException = failures
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    assert isinstance(first, EngineError)
    return first
