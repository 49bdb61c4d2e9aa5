"""Who speaks: where the caller's side, ``recognition``, and the agent's, ``agent_turns``, meet.

For each Frame: listen, consider a barge-in, prepare an answer at a pause, speak when the caller's
turn is over, and ask again when nobody says anything.
"""

from __future__ import annotations

import asyncio

from appliance.audio.frame import Pcm
from appliance.call.agent_turns import AgentTurns
from appliance.call.answer import FixedReply
from appliance.call.events import DigitPressed, Listener
from appliance.call.keypad import Keypad
from appliance.call.recognition import Recognition
from appliance.call.record import CallRecord
from appliance.call.turn import Turn
from appliance.config.agent import Agent
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


class TurnTaking:
    """The floor of one call. Event loop only."""

    def __init__(
        self,
        agent: Agent,
        recognition: Recognition,
        turns: AgentTurns,
        playout: Playout,
        *,
        record: CallRecord,
        metrics: Metrics,
        tasks: asyncio.TaskGroup,
        tell: Listener,
    ) -> None:
        self._agent = agent
        self._recognition = recognition
        self._turns = turns
        self._playout = playout
        self._record = record
        self._metrics = metrics
        self._tasks = tasks
        self._tell = tell
        self._barge_in = BargeIn(agent.barge_in, agent.language)
        self._keypad = Keypad()
        self._prompts = 0
        self._time_over = False

    def hear(self, frame: Pcm) -> None:
        """The caller's next Frame. Raises EngineError when an answer or the recogniser failed."""
        for event in self._recognition.hear(frame):
            self._floor_changed(event)
        self._consider_barge_in()
        if self._recognition.endpointer.floor is Floor.SPEECH:
            self._turns.overhear(self._recognition.partial)
        self._turns.tick()
        now_s = self._recognition.endpointer.now_s
        self._answer_keys(self._keypad.passed(now_s))
        if now_s >= self._agent.max_call_s and not self._time_over:
            self._time_over = True
            self._record.outcome = "time_over"
            self._turns.say(FixedReply(self._agent.phrases.time_over, action="hangup"))

    def press(self, key: str) -> None:
        """The caller pressed ``key``, which takes the floor like a word."""
        self._tell(DigitPressed(key))
        if self._turns.audible and self._agent.barge_in.enabled:
            self._turns.drop(interrupted=True)
        self._answer_keys(self._keypad.press(key, self._recognition.endpointer.now_s))

    def _floor_changed(self, event: FloorEvent) -> None:
        turns = self._turns
        match event:
            case SpeechStarted(goes_on=goes_on):
                self._prompts = 0
                if goes_on:
                    turns.go_on()
                elif turns.audible or turns.turn is None:
                    turns.begin_anew()
                if not turns.audible and turns.turn is not None and turns.turn.segments:
                    turns.drop()  # the caller goes on: their words so far belong to what follows
            case SpeechPaused():
                self._caller_paused()
            case SpeechResumed():
                if not turns.audible:
                    turns.drop()
            case TurnEnded():
                turns.commit()
            case NoInput():
                self._ask_again()

    def _caller_paused(self) -> None:
        turn = self._turns.turn
        if turn is None or not self._turns.audible:
            self._turns.guess()
        elif self._barge_in.holding:
            self._tasks.create_task(self._weigh_words(turn))
        else:
            self._pass_over(turn)
            self._metrics.barge_in("ignored")

    def _consider_barge_in(self) -> None:
        if not self._turns.audible:
            if self._barge_in.holding:
                self._playout.resume()  # held on its last Frame: the next turn must be heard
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

    async def _weigh_words(self, turn: Turn) -> None:
        """The caller said something into the words of ``turn`` and paused: a wish to speak?"""
        if self._turns.turn is not turn:
            return  # it ended meanwhile
        transcript = await self._recognition.words(self._recognition.since(turn.segments))
        if self._turns.turn is not turn:
            return  # the floor was taken meanwhile
        verdict = self._barge_in.paused(self._canonical(transcript.text))
        if verdict is Verdict.TAKE:
            self._take_floor()
            self._turns.guess()
        else:
            self._pass_over(turn)
            self._playout.resume()
            self._metrics.barge_in("resumed")

    def _pass_over(self, turn: Turn) -> None:
        """What the caller said into the words of ``turn`` was no turn of theirs."""
        self._recognition.ignore(self._recognition.since(turn.segments))
        self._turns.begin_anew()

    def _canonical(self, text: str) -> str:
        return canonical(text, self._agent.language)

    def _take_floor(self) -> None:
        self._turns.drop(interrupted=True)
        self._metrics.barge_in("taken")

    def _ask_again(self) -> None:
        self._prompts += 1
        phrases = self._agent.phrases
        if self._prompts <= self._agent.endpointing.no_input_prompts:
            self._turns.say(FixedReply(phrases.no_input))
        else:
            self._record.outcome = "no_input"
            self._turns.say(FixedReply(phrases.no_input_goodbye, action="hangup"))

    def _answer_keys(self, keys: str) -> None:
        if keys:
            self._turns.answer_digits(keys)
