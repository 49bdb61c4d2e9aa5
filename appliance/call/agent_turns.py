"""The agent's side of one call: turns are begun, committed, dropped and settled here.

There is one turn at a time, and one place where a turn is cancelled: ``drop()``. What is said in a
turn is the matter of ``answering.py``; what stays of it, of ``turn_log.py``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.answering import Answering
from appliance.call.chat import Chat
from appliance.call.events import Interrupted, Listener
from appliance.call.first_half import Before, can_be_half
from appliance.call.late_answer import LateAnswer
from appliance.call.patience import Patience
from appliance.call.recognition import Recognition
from appliance.call.record import CallRecord
from appliance.call.reply import FixedReply
from appliance.call.turn import Turn
from appliance.call.turn_log import TurnLog
from appliance.clock import Clock
from appliance.config.agent import Action
from appliance.metrics import Metrics
from appliance.turns.endpointer import Floor
from appliance.turns.playout import Playout

LAST_WORDS_S: Final = 8.0
"""What the agent is saying may take so much longer when the call is to end: a long sentence."""

OnEnd = Callable[[Action, str | None], None]
"""The agent's part of the call is over; where a transfer goes."""


class AgentTurns:
    """The turns of one call. Event loop only."""

    def __init__(
        self,
        loaded: LoadedAgent,
        chat: Chat,
        recognition: Recognition,
        playout: Playout,
        *,
        record: CallRecord,
        clock: Clock,
        metrics: Metrics,
        tasks: asyncio.TaskGroup,
        tell: Listener,
        on_end: OnEnd,
    ) -> None:
        self._voice = loaded.voice
        self._chat = chat
        self._recognition = recognition
        self._playout = playout
        self._call_id = str(record.uuid)
        self._clock = clock
        self._metrics = metrics
        self._tasks = tasks
        self._tell = tell
        self._on_end = on_end
        self._answering = Answering(
            loaded, chat, recognition, uuid=record.uuid, clock=clock, metrics=metrics
        )
        self._late = LateAnswer(loaded, playout, record, clock)
        self._log = TurnLog(record, clock, metrics, tell)
        self._ending: tuple[Action, str | None, float] | None = None
        self.turn: Turn | None = None
        self._newest: Turn | None = None  # of those that are written down
        self._first_half: Turn | None = None  # from which the caller may be going on

    @property
    def audible(self) -> bool:
        """Whether the caller is hearing the agent, or would if it were not held."""
        return self.turn is not None and self.turn.sounding

    @property
    def asks_for_digits(self) -> bool:
        """Whether keys and words of the caller's are parts of one number."""
        return self._answering.asks_for_digits

    @property
    def interruptible(self) -> bool:
        """Whether the caller's voice may stop what they are hearing."""
        plan = None if self.turn is None else self.turn.plan
        return not isinstance(plan, FixedReply) or plan.interruptible

    @property
    def patience(self) -> Patience:
        """With a caller who has asked for a moment."""
        return self._answering.patience

    # -- beginning a turn

    def say(self, reply: FixedReply) -> None:
        """Speak fixed words now, in place of whatever was going on."""
        self.begin_anew()
        turn = self._new_turn()
        turn.commit()
        self._start(turn, self._answering.perform(turn, reply))

    def answer_digits(self, digits: str) -> None:
        """The caller keyed ``digits``: answer them now, with the number they began to say."""
        self.begin_anew()
        turn = self._new_turn()
        turn.segments = self._recognition.unanswered
        turn.commit()
        self._start(turn, self._answering.answer_keys(turn, " ".join(digits)))

    def overhear(self, partial: str) -> None:
        """The caller is still speaking and has said ``partial`` so far."""
        if self.turn is None and not self._recognition.unanswered:
            self._chat.overhear(partial)

    def go_on(self) -> None:
        """The caller speaks into the first words of an answer: that came too early, perhaps."""
        turn = self.turn or self._newest
        if turn is not None and can_be_half(turn):
            self._first_half = turn

    def begin_anew(self) -> None:
        """What the caller says now does not belong to what was answered."""
        self._first_half = None

    def guess(self) -> None:
        """The caller paused: prepare an answer to what was said so far.

        It speaks at once when the caller's turn is over already.
        """
        turn = self._new_turn(self._recognition.endpointer.silence_s)
        turn.segments, half = self._recognition.unanswered, self._first_half
        if half is not None and half.before is not None:  # else it is still unanswered
            turn.first_half = half
            turn.segments = (*half.segments, *self._recognition.since(half.segments))
        if self._recognition.endpointer.floor is Floor.OPEN:
            turn.commit()
        self._start(turn, self._answering.answer_speech(turn))

    def commit(self) -> None:
        """The caller's turn is over: what was prepared is spoken."""
        if self.turn is not None and not self.turn.committed:
            self.turn.commit()
            self._metrics.speculation("reply", "kept")

    # -- ending one

    def drop(self, *, interrupted: bool = False) -> None:
        """Cancel the turn, whatever it is doing: it says nothing more, from the next Frame on."""
        turn = self.turn
        if turn is None or turn.task is None:
            return
        if not turn.committed:
            self._metrics.speculation("reply", "discarded")
        turn.interrupted = interrupted
        turn.task.cancel()
        self._playout.clear()
        if interrupted:
            self._tell(Interrupted())
        self._settle(turn)

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Do ``action`` when what the agent is saying or about to say has been heard.

        No later than ``LAST_WORDS_S``: it may be somebody else who wants it.
        """
        self._ending = (action, transfer_to, self._clock.now() + LAST_WORDS_S)

    def tick(self) -> None:
        """Called with every Frame: a late answer gets a filler; a lost one is an EngineTimeout."""
        self._end_in_time()
        turn = self.turn
        if turn is None or not turn.committed:
            return
        if turn.text and not turn.told and turn.said:
            self._log.asked(turn)
        self._late.consider(turn, caller_speaks=self._recognition.endpointer.floor is Floor.SPEECH)

    def _end_in_time(self) -> None:
        if self._ending is None:
            return
        action, transfer_to, deadline = self._ending
        if self.turn is None or self._clock.now() >= deadline:
            self._ending = None
            self.drop()
            self._on_end(action, transfer_to)

    # -- around it

    def _new_turn(self, silence_s: float = 0.0) -> Turn:
        """The next turn, in place of the present one; ``silence_s`` since the caller's voice."""
        self.drop()
        last_voice = self._clock.now() - silence_s
        self.turn = Turn(self._voice, self._playout, self._clock, last_voice, self._call_id)
        return self.turn

    def _start(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        turn.task = self._tasks.create_task(self._conduct(turn, work))
        turn.task.add_done_callback(lambda _: work.close())  # cancelled before it began

    async def _conduct(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        await work
        self._settle(turn, complete=True)
        if isinstance(turn.plan, FixedReply) and turn.plan.action is not None:
            self._on_end(turn.plan.action, turn.plan.transfer_to)
        else:
            self._chat.reflect()

    def _settle(self, turn: Turn, *, complete: bool = False) -> None:
        """Write down, once, what was heard of ``turn``.

        When that is nothing, the caller's words stay unanswered and belong to the next turn.
        """
        if turn.settled:
            return
        turn.settled = True
        if turn is self.turn:
            self.turn = None
        said = turn.said
        if said or complete:
            if turn is not self._first_half:
                self.begin_anew()
            self._recognition.forget(turn.segments)
            turn.before = Before(self._chat.messages, self._answering.expected)
            self._newest = turn
            self._answering.heard(turn, said)
            self._answering.expect_dictation()
            self._chat.remember(turn.prompt, said)
            self._log.over(turn, said)
