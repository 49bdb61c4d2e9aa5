"""The agent's side of one call: turns are begun, committed, dropped and settled here.

There is one turn at a time, and one place where a turn is cancelled: ``drop()``. Whatever ends a
turn, ``_settle()`` writes down once what the caller heard of it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import aclosing
from typing import Final

from appliance.agents.loaded_agent import EquippedAgent
from appliance.call.answer import (
    FixedReply,
    ModelReply,
    Reply,
    end_of_call,
    failed_tool,
    not_known,
    plan_answer,
)
from appliance.call.chat import Chat
from appliance.call.events import AgentSaid, CallerSaid, Interrupted, Listener
from appliance.call.recognition import Recognition
from appliance.call.record import CallRecord, TurnRecord
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.config.agent import Action
from appliance.engines.base import ToolCall
from appliance.errors import EngineTimeout
from appliance.metrics import Metrics
from appliance.text.canonical import canonical
from appliance.tools.builtin import BUILT_IN
from appliance.tools.tool import ToolError
from appliance.turns.completeness import wait_ms
from appliance.turns.endpointer import Floor
from appliance.turns.playout import Playout

ANSWER_TIMEOUT_S: Final = 10.0
"""An answer that has no sound by then will not come; the caller gets an apology."""
NEARLY_S: Final = 0.5
"""From the caller's words to the model's first, from those to an utterance, and from an utterance
to its sound it takes less: when the last such step is no longer ago, the next is awaited."""
WITHOUT_WORDS: Final = 2
"""How many times longer a filler is put off while the caller's words are still being recognised:
what follows them is mostly there at once."""
UNHEARD_SPEECH_S: Final = 0.5
"""So much voice without a word was somebody speaking, not a cough."""
LAST_WORDS_S: Final = 8.0
"""What the agent is saying may take so much longer when the call is to end: a long sentence."""
MAX_NOT_UNDERSTOOD: Final = 2
"""How often in a row the caller is asked to say it again; then the agent waits."""

log = logging.getLogger(__name__)


class Speaker:
    """The turns of one call. Event loop only."""

    def __init__(
        self,
        equipped: EquippedAgent,
        chat: Chat,
        recognition: Recognition,
        playout: Playout,
        *,
        record: CallRecord,
        clock: Clock,
        metrics: Metrics,
        tasks: asyncio.TaskGroup,
        tell: Listener,
        hang_up: Callable[[str], None],
    ) -> None:
        self._equipped = equipped
        self._agent = equipped.agent
        self._chat = chat
        self._recognition = recognition
        self._playout = playout
        self._record = record
        self._clock = clock
        self._metrics = metrics
        self._tasks = tasks
        self._tell = tell
        self._hang_up = hang_up
        self._began = clock.now()
        self._previous: Reply | None = None
        self._not_understood = 0
        self._filled = False
        self._ending: tuple[FixedReply, float] | None = None
        self.turn: Turn | None = None

    @property
    def audible(self) -> bool:
        """Whether the caller is hearing the agent, or would if it were not held."""
        return self.turn is not None and self.turn.sounding

    # -- beginning a turn

    def say(self, say: FixedReply) -> None:
        """Speak fixed words now, in place of whatever was going on."""
        self.drop()
        turn = self._new_turn(self._clock.now())
        turn.commit()
        self._start(turn, self._perform(turn, say))

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Do ``action`` when what the agent is saying or about to say has been heard.

        No later than ``LAST_WORDS_S``: it may be somebody else who wants it.
        """
        say = FixedReply("", action=action, transfer_to=transfer_to)
        self._ending = (say, self._clock.now() + LAST_WORDS_S)

    def answer_digits(self, digits: str) -> None:
        """The caller keyed ``digits``: answer them now."""
        self.drop()
        turn = self._new_turn(self._clock.now())
        turn.commit()
        self._start(turn, self._answer_text(turn, " ".join(digits)))

    def overhear(self, partial: str) -> None:
        """The caller is still speaking and has said ``partial`` since he began."""
        if self.turn is None and not self._recognition.segments:
            self._chat.overhear(partial)

    def guess(self) -> None:
        """The caller paused: prepare an answer to what was said so far.

        It speaks at once when the caller's turn is over already.
        """
        self.drop()
        turn = self._new_turn(self._clock.now() - self._recognition.endpointer.silence_s)
        turn.segments = self._recognition.segments
        if self._recognition.endpointer.floor is Floor.OPEN:
            turn.commit()
        self._start(turn, self._answer_speech(turn))

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

    def tick(self) -> None:
        """Called with every Frame: a late answer gets a filler; a lost one is an EngineTimeout."""
        self._end_in_time()
        turn = self.turn
        if turn is None or not turn.committed:
            return
        if turn.text and not turn.told and turn.said:
            self._tell_what_was_asked(turn)
        if turn.answering:
            self._filled = False
            return
        late_s = self._clock.now() - turn.timeline.last_voice
        if late_s >= ANSWER_TIMEOUT_S:
            raise EngineTimeout("answer", f"no sound after {ANSWER_TIMEOUT_S:.0f} s")
        patience = 1 if turn.text else WITHOUT_WORDS
        if late_s * 1000 >= patience * self._agent.phrases.filler_after_ms:
            self._fill(turn)

    def _fill(self, turn: Turn) -> None:
        """Say that it takes a moment, unless the caller speaks, has been told so since the last
        answer, or the answer is about to come: the filler would only delay it."""
        fillers = self._agent.phrases.filler
        speaking = self._recognition.endpointer.floor is Floor.SPEECH
        made = turn.timeline.first_pcm is not None  # it only waited for the end of the turn
        nearly = made or self._clock.now() - turn.moved_at < NEARLY_S
        if self._filled or speaking or nearly or not fillers:
            return
        filler = fillers[len(self._record.turns) % len(fillers)]
        clip = self._equipped.voice.kept(filler, self._playout.rate_hz)
        if clip is not None:
            self._filled = True
            turn.fill(clip)

    def _end_in_time(self) -> None:
        if self._ending is None:
            return
        say, deadline = self._ending
        if self.turn is None or self._clock.now() >= deadline:
            self._ending = None
            self.drop()
            self._act(say)

    # -- inside a turn's task

    async def _answer_speech(self, turn: Turn) -> None:
        transcript = await self._recognition.words()
        turn.timeline.final = self._clock.now()
        delay_s = turn.timeline.final - turn.timeline.last_voice
        self._metrics.transcript_final(self._equipped.recognizer.name, delay_s)
        sure = transcript.confidence >= self._agent.min_confidence
        if transcript.text and (sure or self._not_understood >= MAX_NOT_UNDERSTOOD):
            await self._answer_text(turn, transcript.text)
        else:
            spoke = bool(transcript.text) or self._recognition.voiced_s >= UNHEARD_SPEECH_S
            await self._not_understand(turn, ask=spoke)

    async def _answer_text(self, turn: Turn, text: str) -> None:
        turn.text = turn.prompt = text
        previous = self._previous
        plan = plan_answer(text, self._agent, self._equipped.knowledge, previous)
        self._recognition.endpointer.wait_ms = wait_ms(
            canonical(text, self._agent.language),
            self._agent.endpointing,
            self._agent.language,
            expect=previous.expect if isinstance(previous, FixedReply) else "any",
            answered=isinstance(plan, FixedReply) and plan.source == "knowledge",
        )
        self._not_understood = 0
        await self._perform(turn, plan)

    async def _not_understand(self, turn: Turn, *, ask: bool) -> None:
        """No words, or words nobody would bet on: let the caller say them again, or let it pass."""
        self._recognition.endpointer.wait_ms = self._agent.endpointing.complete_ms
        if not ask or self._not_understood >= MAX_NOT_UNDERSTOOD:
            self._recognition.forget(0, turn.segments)
            return
        self._not_understood += 1
        await self._perform(turn, FixedReply(self._agent.phrases.not_understood))

    async def _perform(self, turn: Turn, plan: Reply) -> None:
        turn.plan = plan
        if isinstance(plan, ModelReply):
            await self._ask(turn, plan)
        elif plan.tool is not None:
            await turn.begin(plan.text)
            await self._use(turn, plan.tool)
        else:
            await turn.say(plan)

    async def _ask(self, turn: Turn, ask: ModelReply) -> None:
        """Let the language model answer, or ask for a tool."""
        turn.prompt = ask.prompt
        async with aclosing(self._chat.reply(ask.prompt, tools=ask.tools)) as deltas:
            spoke = await turn.stream(
                deltas,
                max_tokens=self._chat.sampling.max_tokens,
                allowed=self._chat.may_say,
                on_first_utterance=self._metrics.first_utterance,
            )
        if self._chat.call is not None:
            await self._use(turn, self._chat.call)
        elif spoke:
            await turn.finish()
        else:
            await self._perform(turn, not_known(self._agent))

    async def _use(self, turn: Turn, call: ToolCall) -> None:
        """Do what cannot be undone, once it is certain that the caller wants it."""
        await turn.until_committed()
        if call.name in BUILT_IN:
            await self._perform(turn, end_of_call(call, self._agent))
            return
        try:
            result = await self._equipped.toolbox.use(self._record.uuid, call)
        except ToolError as error:
            log.error("%s: %s", error.code, error)
            await self._perform(turn, failed_tool(self._agent))
            return
        if result.say is not None:
            await self._perform(turn, FixedReply(result.say, "tool"))
        else:
            prompt = f"{turn.prompt}\n(What {call.name} says: {result.text})"
            await self._ask(turn, ModelReply(prompt, tools=False))

    def _act(self, say: FixedReply) -> None:
        """What was announced has been heard: end the agent's part of the call."""
        if say.action == "transfer":
            self._record.transfer_to = say.transfer_to or self._agent.person
        self._hang_up("transfer" if say.action == "transfer" else "agent_hangup")

    # -- around it

    def _new_turn(self, last_voice: float) -> Turn:
        call_id = str(self._record.uuid)
        self.turn = Turn(self._equipped.voice, self._playout, self._clock, last_voice, call_id)
        return self.turn

    def _start(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        turn.task = self._tasks.create_task(self._conduct(turn, work))
        turn.task.add_done_callback(lambda _: work.close())  # cancelled before it began

    async def _conduct(self, turn: Turn, work: Coroutine[None, None, None]) -> None:
        await work
        self._settle(turn, complete=True)
        if isinstance(turn.plan, FixedReply) and turn.plan.action is not None:
            self._act(turn.plan)
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
        if not said and not complete:
            return
        self._tell_what_was_asked(turn)
        if said:
            self._tell(AgentSaid(said))
        self._recognition.forget(0, turn.segments)
        self._previous = turn.plan
        self._chat.remember(turn.prompt, said)
        self._record_turn(turn, said)

    def _tell_what_was_asked(self, turn: Turn) -> None:
        """Once, and not before the caller has heard a word of the answer: until then he may go on,
        and his words belong to a later turn."""
        if turn.text and not turn.told:
            turn.told = True
            self._tell(CallerSaid(turn.text))

    def _record_turn(self, turn: Turn, said: str) -> None:
        if not turn.text:
            if not self._record.greeting and not self._record.turns:
                self._record.greeting = said
            return
        source = turn.plan.source if isinstance(turn.plan, FixedReply) else "language_model"
        stamps = turn.timeline.ms()
        ended_ms = round((turn.timeline.last_voice - self._began) * 1000)
        self._record.turns.append(
            TurnRecord(turn.text, said, source, turn.interrupted, stamps, ended_ms)
        )
        answered_s = turn.timeline.voice_to_voice_s
        if answered_s is not None and turn.timeline.endpoint is not None:
            endpoint_s = turn.timeline.endpoint - turn.timeline.last_voice
            self._metrics.turn_answered(source, voice_to_voice_s=answered_s, endpoint_s=endpoint_s)
        steps = " ".join(f"{name}={ms}" for name, ms in stamps.items())
        log.info(
            "turn %d by %s: ms after the last voice: %s", len(self._record.turns), source, steps
        )
