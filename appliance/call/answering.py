"""What the agent does in a turn's task: the caller's words, a plan, and the replies that follow.

It decides nothing by itself: what to say is ``answer.py``'s policy, how it reaches the caller's ear
is the turn's matter.
"""

from __future__ import annotations

from contextlib import aclosing
from datetime import datetime
from typing import Final
from uuid import UUID

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.answer import in_trouble
from appliance.call.asides import Aside, answer_to, aside_of, still_asking
from appliance.call.chat import Chat
from appliance.call.confidence import Expected, confidence_in
from appliance.call.dictation import how_far, take
from appliance.call.first_half import goes_on
from appliance.call.follow_up import follow_up
from appliance.call.patience import Patience
from appliance.call.reaction import react
from appliance.call.recognition import Recognition
from appliance.call.reply import FixedReply, Reply
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.dictation.progress import Progress
from appliance.dictation.reader import read
from appliance.engines.base import ToolCall, Transcript
from appliance.language.registry import language_of
from appliance.metrics import Metrics
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Judgement

MAX_NOT_UNDERSTOOD: Final = 2
"""How often in a row the caller is not understood; then they are offered a person, and an agent
that has none takes what it hears, or waits."""


class Answering:
    """The answers of one call. Its coroutines run in a turn's task; cancelling them says nothing
    more. They raise EngineError."""

    def __init__(
        self,
        loaded: LoadedAgent,
        chat: Chat,
        recognition: Recognition,
        *,
        uuid: UUID,
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        self._loaded = loaded
        self._agent = loaded.agent
        self._chat = chat
        self._recognition = recognition
        self._uuid = uuid
        self._clock = clock
        self._metrics = metrics
        self._misunderstood = 0
        self.expected = Expected()
        """What the answer that the caller heard last makes likely."""
        self.patience = Patience(loaded.agent.endpointing.hold_s)

    async def answer_speech(self, turn: Turn) -> None:
        """Answer the segments of the caller's speech that are the ``turn``'s."""
        await self._join(turn)
        transcript = await self._recognition.words(turn.segments)
        turn.timeline.final = self._clock.now()
        delay_s = turn.timeline.final - turn.timeline.last_voice
        self._metrics.transcript_final(self._loaded.recognizer.name, delay_s)
        confidence = confidence_in(
            transcript,
            self._recognition.voiced_s,
            self._agent,
            self._loaded.knowledge,
            self.expected,
        )
        if confidence == "sure" or self._reads_back(transcript):
            await self.answer_text(turn, transcript.text)
        elif confidence == "nothing":
            await self._let_pass(turn)
        else:
            await self._not_understand(turn, transcript.text)

    async def answer_keys(self, turn: Turn, digits: str) -> None:
        """Answer a caller who keyed ``digits``, one by one; where they had begun to say a number,
        that number."""
        spoken = (await self._recognition.words(turn.segments)).text
        language, today = self._agent.language, datetime.now().astimezone().date()
        if how_far(spoken, language, self.expected.previous, today=today) is not Progress.GOING_ON:
            spoken, turn.segments = "", ()
        await self.answer_text(turn, f"{spoken} {digits}".strip())

    def _reads_back(self, transcript: Transcript) -> bool:
        """Whether it will be read back anyhow, so that less sure words do no harm."""
        asked = self.expected.value
        if asked is None or asked.value is not None:
            return False
        today = datetime.now().astimezone().date()
        return read(transcript.text, asked.kind, self._agent.language, today=today) is not None

    def expect_dictation(self) -> None:
        """Prepare to hear what the last answer asked for."""
        asked = self.expected.value
        asks = asked is not None and asked.value is None
        hints = language_of(self._agent.language).dictation.hints
        hint = hints.get(asked.kind, "") if asked is not None and asks else ""
        self._recognition.expect(hint, dictation=asks)

    @property
    def asks_for_digits(self) -> bool:
        """Whether the last answer asked for a number or a code."""
        asked = self.expected.value
        return asked is not None and asked.value is None and asked.kind in ("digits", "code")

    async def _join(self, turn: Turn) -> None:
        """Decide whether the caller goes on from the first half of ``turn``, or began anew."""
        half = turn.first_half
        if half is None:
            return
        new = tuple(segment for segment in turn.segments if segment not in half.segments)
        words = (await self._recognition.words(new)).text
        if not goes_on(words, half.text, self._agent.language):
            turn.first_half, turn.segments = None, new
            return
        assert half.before is not None
        turn.taken_back = f"{half.taken_back} {half.said}".strip()
        self._chat.back_to(half.before.messages)
        self.expected = half.before.expected

    async def answer_text(self, turn: Turn, text: str) -> None:
        """Answer a caller who said or keyed ``text``."""
        aside = self._aside(text)
        if aside != "nothing":
            turn.text = turn.prompt = text
        if aside is not None:
            self._recognition.endpointer.judge(Judgement.COMPLETE)
            await self._set_aside(turn, aside)
            return
        previous, agent = self.expected.previous, self._agent
        today = datetime.now().astimezone().date()
        taken = take(text, agent, self._loaded.knowledge, previous, today=today)
        turn.text = turn.prompt = taken.text
        plan = taken.reply or await self._plan(taken.text)
        turn.confirmed = None if taken.reply is None else taken.reply.confirmed
        far = how_far(text, agent.language, previous, today=today)
        self._recognition.dictating = far is Progress.GOING_ON
        expect = previous.expect if isinstance(previous, FixedReply) else "any"
        self._recognition.endpointer.judge(
            judgement(text, agent.language, expect=expect, dictating=far)
        )
        if self.patience.waiting:
            await turn.until_committed()
            self.patience.end()
        await self.perform(turn, plan)

    async def perform(self, turn: Turn, plan: Reply) -> None:
        """Give ``plan`` and whatever follows it, until the answer has been heard."""
        reply: Reply | None = plan
        while reply is not None:
            if isinstance(reply, FixedReply) or reply.tools:
                turn.plan = reply  # words about a tool's result belong to what asked for it
            tool, said = await self._give(turn, reply)
            if tool is not None:
                await turn.until_committed()
                turn.lasting = True
            reply = await follow_up(
                reply,
                tool,
                said=said,
                prompt=turn.prompt,
                loaded=self._loaded,
                uuid=self._uuid,
            )
        await turn.finish()

    async def _give(self, turn: Turn, reply: Reply) -> tuple[ToolCall | None, bool]:
        """Say ``reply`` alone: the tool that it asks for, and whether it had any words."""
        if isinstance(reply, FixedReply):
            await turn.say(reply)
            return reply.tool, True
        turn.prompt = reply.prompt
        async with aclosing(self._chat.reply(reply.prompt, tools=reply.tools)) as deltas:
            said = await turn.stream(
                deltas,
                max_tokens=self._chat.sampling.max_tokens,
                allowed=self._chat.may_say,
                on_first_utterance=self._metrics.first_utterance,
            )
        return self._chat.call, said

    def heard(self, turn: Turn, said: str) -> None:
        """The caller heard ``said`` of what was planned in ``turn``."""
        plan = turn.plan
        if plan is None:
            return
        self.expected = Expected(plan, said, asked=bool(turn.text) and said.rstrip().endswith("?"))
        phrases = self._agent.phrases
        lost = (phrases.not_understood, phrases.unknown)
        missed = isinstance(plan, FixedReply) and plan.text in lost
        self._misunderstood = self._misunderstood + 1 if missed else 0

    async def _plan(self, text: str) -> Reply:
        """What to say to ``text``, when it is no aside and nothing was dictated."""
        plan = await react(
            text,
            self._agent,
            self._loaded.knowledge,
            self.expected.previous,
            self.expected.said,
        )
        unknown = isinstance(plan, FixedReply) and plan.text == self._agent.phrases.unknown
        if unknown and self._misunderstood >= MAX_NOT_UNDERSTOOD:
            return in_trouble(self._agent) or plan
        return plan

    def _aside(self, text: str) -> Aside | None:
        """A question that the site knows is none, whatever stands around it."""
        previous = self.expected.previous
        now_s = self._recognition.endpointer.now_s
        aside = aside_of(
            text,
            self._agent,
            previous,
            waiting=self.patience.waiting,
            just_begun=self.patience.just_begun(now_s),
        )
        known = aside is not None and self._loaded.knowledge.match(text).verdict == "confident"
        return None if known else aside

    async def _set_aside(self, turn: Turn, aside: Aside) -> None:
        """Wait for the caller, or go on with them; their open question stays open."""
        if aside == "nothing":
            await self._let_pass(turn)
            return
        await turn.until_committed()
        if aside == "hold":
            self.patience.begin(self._recognition.endpointer.now_s)
        else:
            self.patience.end()
        await self.perform(turn, answer_to(aside, self._agent, self.expected.previous))

    async def _let_pass(self, turn: Turn) -> None:
        """No turn of the caller's: a hesitation, a cough. Words that follow soon stand alone."""
        self._recognition.endpointer.judge(Judgement.INCOMPLETE)
        for segment in turn.segments:
            segment.wordless = True
        await turn.until_committed()
        self._recognition.forget(turn.segments)
        await turn.finish()  # or it would count as about to speak, and nobody asked after again

    async def _not_understand(self, turn: Turn, text: str) -> None:
        """No words, or words nobody would bet on (``text``): let the caller say them again; after
        the second time in a row offer a person, or else take what was heard."""
        self._recognition.endpointer.judge(Judgement.COMPLETE)
        if self._misunderstood < MAX_NOT_UNDERSTOOD:
            again = self._agent.phrases.not_understood
            await self.perform(turn, still_asking(again, self.expected.previous))
        elif (offer := in_trouble(self._agent)) is not None:
            await self.perform(turn, offer)
        elif text:
            await self.answer_text(turn, text)
        else:
            await self._let_pass(turn)
