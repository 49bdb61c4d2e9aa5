"""One call: one object, read from top to bottom.

Open the engines' sessions, greet, and hear every Frame until the line ends. What a Frame changes is
``turn_taking``'s matter; how a call begins and ends, ``lifecycle``'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Final

import numpy as np

from appliance.agents.loaded_agent import LoadedAgent
from appliance.audio.frame import FRAME_S, Pcm, frame_samples
from appliance.audiosocket.protocol import Digit
from appliance.call.agent_turns import AgentTurns
from appliance.call.chat import Chat
from appliance.call.closing import close_with
from appliance.call.events import Listener, nobody
from appliance.call.lifecycle import Lifecycle, Transfer
from appliance.call.line import QUIET_LINE_S, Line, events
from appliance.call.recognition import Recognition, VoiceDetector
from appliance.call.record import CallRecord
from appliance.call.reply import FixedReply
from appliance.call.turn_taking import TurnTaking
from appliance.clock import Clock
from appliance.config.agent import Action
from appliance.engines.base import LanguageSession, RecognizerSession
from appliance.errors import EngineError
from appliance.metrics import Metrics
from appliance.turns.playout import Playout

QUIET_FRAMES: Final = round(QUIET_LINE_S / FRAME_S)


class Call:
    """A caller talking with an agent. Made once the call is admitted; ``run()`` it once."""

    def __init__(
        self,
        line: Line,
        loaded: LoadedAgent,
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
        self._loaded = loaded
        self._open_detector = open_detector
        self._record = record
        self._clock = clock
        self._metrics = metrics
        self._tell = on_event
        self._lifecycle = Lifecycle(
            line, loaded.agent, record, metrics, transfer=transfer, tell=on_event
        )
        self._wish: tuple[Action, str | None] | None = None
        self._playout: Playout | None = None  # until the line's rate is known

    async def run(self) -> None:
        """From the greeting to the end of the line. Engine failures end in an apology."""
        self._lifecycle.started()
        try:
            async with AsyncExitStack() as engines, asyncio.TaskGroup() as tasks:
                await self._answer(engines, tasks)
        except* EngineError as failures:
            self._lifecycle.failed(_first(failures))
            await self._apologise()
        finally:
            await self._lifecycle.ended(self._playout.underruns if self._playout else 0)

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up or transfer (to ``extension`` or ``extension@context``) on somebody else's wish,
        when what the agent is saying has been heard."""
        self._wish = (action, transfer_to)

    async def _answer(self, engines: AsyncExitStack, tasks: asyncio.TaskGroup) -> None:
        came = self._clock.now()
        recognizer, language = await self._open(engines)
        self._playout = playout = Playout(await self._line.rate())
        recognition = self._listen(recognizer, playout, tasks)
        specs = self._loaded.toolbox.specs
        chat = Chat(self._loaded.agent, self._loaded.opening(), language, tasks, tools=specs)
        turns = self._agent_turns(chat, recognition, playout, tasks)
        floor = TurnTaking(
            self._loaded.agent,
            recognition,
            turns,
            playout,
            record=self._record,
            metrics=self._metrics,
            tasks=tasks,
            tell=self._tell,
        )
        try:
            await self._converse(floor, turns, playout, came)
        finally:
            turns.drop()
            chat.rest()
            recognition.close()

    async def _converse(
        self, floor: TurnTaking, turns: AgentTurns, playout: Playout, came: float
    ) -> None:
        """Greet, and hear every Frame until the line ends; ``came``: when the call did."""
        agent = self._loaded.agent
        turns.say(FixedReply(agent.greeting, interruptible=agent.greeting_interruptible))
        greeting = turns.turn
        room = self._loaded.ambience
        voice = playout.next_frame
        self._line.play_from(voice if room is None else room.under(voice, playout.rate_hz))
        async for frame in self._frames(floor, playout.rate_hz):
            if self._wish is not None:
                turns.end_with(*self._wish)
                self._wish = None
            floor.hear(frame)
            if greeting is not None and greeting.timeline.first_frame is not None:
                self._metrics.call_first_audio(greeting.timeline.first_frame - came)
                greeting = None

    async def _frames(self, floor: TurnTaking, rate_hz: int) -> AsyncIterator[Pcm]:
        """The caller's Frames, digits taken out, silence put in where a phone sends nothing."""
        async for event in events(self._line):
            if event is None:
                for _ in range(QUIET_FRAMES):
                    yield np.zeros(frame_samples(rate_hz), np.int16)
            elif isinstance(event, Digit):
                floor.press(event.digit)
            else:
                yield event

    # -- its parts

    async def _open(self, engines: AsyncExitStack) -> tuple[RecognizerSession, LanguageSession]:
        """The call's sessions, closed with ``engines``. Raises EngineError."""
        call_id, loaded = str(self._record.uuid), self._loaded
        recognizer = await loaded.recognizer.open(hotwords=loaded.agent.hotwords, call_id=call_id)
        engines.push_async_callback(recognizer.close)
        language = await loaded.language_model.open(loaded.opening(), call_id=call_id)
        engines.push_async_callback(language.close)
        return recognizer, language

    def _listen(
        self, recognizer: RecognizerSession, playout: Playout, tasks: asyncio.TaskGroup
    ) -> Recognition:
        return Recognition(
            self._open_detector(playout.rate_hz),
            recognizer,
            playout,
            self._loaded.agent.endpointing,
            tasks,
            self._loaded.recognizer.rate_hz,
        )

    def _agent_turns(
        self, chat: Chat, recognition: Recognition, playout: Playout, tasks: asyncio.TaskGroup
    ) -> AgentTurns:
        def end(action: Action, transfer_to: str | None) -> None:
            if self._lifecycle.part(action, transfer_to):
                tasks.create_task(self._put_through())
            else:
                self._line.begin_hang_up("hung_up")

        return AgentTurns(
            self._loaded,
            chat,
            recognition,
            playout,
            record=self._record,
            clock=self._clock,
            metrics=self._metrics,
            tasks=tasks,
            tell=self._tell,
            on_end=end,
        )

    # -- the end

    async def _put_through(self) -> None:
        await self._lifecycle.put_through()
        self._line.begin_hang_up("hung_up")

    async def _apologise(self) -> None:
        if self._playout is None:
            self._playout = Playout(await self._line.rate())
        apology = self._loaded.agent.phrases.apology
        clip = self._loaded.voice.kept(apology, self._playout.rate_hz)
        await close_with(self._line, self._playout, clip)


def _first(failures: BaseExceptionGroup[EngineError]) -> EngineError:
    """The first of several failures; the others follow from it or came at the same time."""
    first: BaseException = failures
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    assert isinstance(first, EngineError)
    return first
