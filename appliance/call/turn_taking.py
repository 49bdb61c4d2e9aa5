"""Who speaks: where the caller's side, ``recognition``, and the agent's, ``agent_turns``, meet.

For each Frame: listen, consider a barge-in, prepare an answer at a pause, speak when the caller's
turn is over, and ask again when nobody says anything.
"""

from __future__ import annotations

import asyncio
from typing import Final

from appliance.audio.frame import Pcm
from appliance.call.agent_turns import AgentTurns
from appliance.call.events import DigitPressed, Listener
from appliance.call.keypad import Keypad
from appliance.call.recognition import Recognition
from appliance.call.record import CallRecord
from appliance.call.reply import FixedReply
from appliance.call.reprompts import Reprompts
from appliance.call.turn import Turn
from appliance.config.agent import Agent
from appliance.language.acts import ANSWERS, act_of
from appliance.language.registry import language_of
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

LAST_WORDS_MS: Final = 1200
"""So much of a question may be left to say when its answer comes."""


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
        self._reprompts = Reprompts(agent)
        self._answers_next = False  # what was said into the last words of the turn
        self._time_over = False

    def hear(self, frame: Pcm) -> None:
        """The caller's next Frame. Raises EngineError when an answer or the recogniser failed."""
        patience = self._turns.patience
        self._recognition.far_voices.caller_is_away = patience.waiting
        for event in self._recognition.hear(frame):
            self._floor_changed(event)
        self._consider_barge_in()
        self._answer_last_words()
        if self._recognition.endpointer.floor is Floor.SPEECH:
            self._turns.overhear(self._recognition.partial)
        self._turns.tick()
        turn = self._turns.turn
        if turn is not None and turn.committed and turn.text:
            self._reprompts.reset()
        now_s = self._recognition.endpointer.now_s
        if not self._between_keys:
            self._answer_keys(self._keypad.passed(now_s))
        if patience.passed(now_s):
            self._reprompts.reset()
            self._ask_again()
        if now_s >= self._agent.max_call_s and not self._time_over:
            self._time_over = True
            self._record.outcome = "time_over"
            self._turns.say(FixedReply(self._agent.phrases.time_over, action="hangup"))

    def press(self, key: str) -> None:
        """The caller pressed ``key``, which takes the floor like a word."""
        self._tell(DigitPressed(key))
        if self._turns.audible and self._agent.barge_in.enabled:
            self._turns.drop(interrupted=True)
        elif self._turns.turn is not None and not self._turns.turn.committed:
            self._turns.drop()  # the words before the key belong to it, perhaps
        self._answer_keys(self._keypad.press(key, self._recognition.endpointer.now_s))

    @property
    def _between_keys(self) -> bool:
        """Whether the caller is saying more of the number that they are keying."""
        speaks = self._recognition.endpointer.floor is Floor.SPEECH
        return speaks and self._turns.asks_for_digits

    def _floor_changed(self, event: FloorEvent) -> None:
        turns = self._turns
        if isinstance(event, SpeechStarted | SpeechResumed) and turns.asks_for_digits:
            self._keypad.hand_over(self._recognition.key_in)
        match event:
            case SpeechStarted(goes_on=goes_on):
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
                if not turns.patience.waiting:
                    self._ask_again()

    def _caller_paused(self) -> None:
        turn = self._turns.turn
        if turn is None or not self._turns.audible:
            self._turns.guess()
        elif self._barge_in.holding:
            self._tasks.create_task(self._weigh_words(turn))
        elif self._in_last_words(turn):
            self._answers_next = True
        else:
            self._pass_over(turn)
            self._metrics.barge_in("ignored")

    def _consider_barge_in(self) -> None:
        if not self._turns.audible:
            if self._barge_in.holding:
                self._playout.resume()  # held on its last Frame: the next turn must be heard
            self._barge_in.reset()
            return
        if self._recognition.endpointer.floor is not Floor.SPEECH or not self._turns.interruptible:
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
        said = self._canonical(transcript.text)
        verdict = self._barge_in.paused(
            said, voiced_s=self._recognition.voiced_s, confidence=transcript.confidence
        )
        if verdict is Verdict.TAKE or self._answers(turn, said):
            self._take_floor()
            self._turns.guess()
        else:
            self._pass_over(turn)
            self._playout.resume()
            self._metrics.barge_in("resumed")

    def _in_last_words(self, turn: Turn) -> bool:
        """Whether ``turn`` asks for a yes or a no and has nearly done so: that is when people
        answer."""
        asks = isinstance(turn.plan, FixedReply) and turn.plan.expect == "yes_no"
        return asks and self._playout.pending_ms <= LAST_WORDS_MS

    def _answers(self, turn: Turn, said: str) -> bool:
        act = act_of(said, language_of(self._agent.language), asked=True)
        return act.kind in ANSWERS and self._in_last_words(turn)

    def _answer_last_words(self) -> None:
        """Answer what was said into the end of a turn that may not be interrupted."""
        if self._answers_next and self._turns.turn is None:
            self._answers_next = False
            if self._recognition.unanswered:
                self._turns.guess()

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
        prompt = self._reprompts.ask()
        if prompt is None:
            self._record.outcome = "no_input"
            goodbye = self._agent.phrases.no_input_goodbye
            prompt = FixedReply(goodbye, action="hangup")
        self._turns.say(prompt)

    def _answer_keys(self, keys: str) -> None:
        if keys:
            self._turns.answer_digits(keys)
