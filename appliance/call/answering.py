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
from appliance.call.answer import FixedReply, Reply
from appliance.call.chat import Chat
from appliance.call.dictation import how_far, take
from appliance.call.follow_up import follow_up
from appliance.call.reaction import react
from appliance.call.recognition import Recognition
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.dictation.progress import Progress
from appliance.dictation.reader import read
from appliance.engines.base import ToolCall, Transcript
from appliance.language.registry import language_of
from appliance.metrics import Metrics
from appliance.text.canonical import canonical
from appliance.turns.completeness import wait_ms

UNHEARD_SPEECH_S: Final = 0.5
"""So much voice without a word was somebody speaking, not a cough."""
MAX_NOT_UNDERSTOOD: Final = 2
"""How often in a row the caller is asked to say it again; then the agent waits."""


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
        self._not_understood = 0
        self.previous: Reply | None = None
        """The last answer that the caller heard something of."""
        self.said = ""
        """And what they heard of it."""

    async def answer_speech(self, turn: Turn) -> None:
        """Answer the segments of the caller's speech that are the ``turn``'s."""
        transcript = await self._recognition.words(turn.segments)
        turn.timeline.final = self._clock.now()
        delay_s = turn.timeline.final - turn.timeline.last_voice
        self._metrics.transcript_final(self._loaded.recognizer.name, delay_s)
        sure = transcript.confidence >= self._agent.min_confidence or self._reads_back(transcript)
        if transcript.text and (sure or self._not_understood >= MAX_NOT_UNDERSTOOD):
            await self.answer_text(turn, transcript.text)
        else:
            spoke = bool(transcript.text) or self._recognition.voiced_s >= UNHEARD_SPEECH_S
            await self._not_understand(turn, ask=spoke)

    async def answer_keys(self, turn: Turn, digits: str) -> None:
        """Answer a caller who keyed ``digits``, one by one; where they had begun to say a number,
        that number."""
        spoken = (await self._recognition.words(turn.segments)).text
        language, today = self._agent.language, datetime.now().astimezone().date()
        if how_far(spoken, language, self.previous, today=today) is not Progress.GOING_ON:
            spoken, turn.segments = "", ()
        await self.answer_text(turn, f"{spoken} {digits}".strip())

    def _reads_back(self, transcript: Transcript) -> bool:
        """Whether it will be read back anyhow, so that less sure words do no harm."""
        asked = self.previous.asked if isinstance(self.previous, FixedReply) else None
        if asked is None or asked.value is not None:
            return False
        today = datetime.now().astimezone().date()
        return read(transcript.text, asked.kind, self._agent.language, today=today) is not None

    def expect_dictation(self) -> None:
        """Prepare to hear what the last answer asked for."""
        asked = self.previous.asked if isinstance(self.previous, FixedReply) else None
        asks = asked is not None and asked.value is None
        hints = language_of(self._agent.language).dictation.hints
        hint = hints.get(asked.kind, "") if asked is not None and asks else ""
        self._recognition.expect(hint, dictation=asks)

    @property
    def asks_for_digits(self) -> bool:
        """Whether the last answer asked for a number or a code."""
        asked = self.previous.asked if isinstance(self.previous, FixedReply) else None
        return asked is not None and asked.value is None and asked.kind in ("digits", "code")

    async def answer_text(self, turn: Turn, text: str) -> None:
        """Answer a caller who said or keyed ``text``."""
        previous, agent, knowledge = self.previous, self._agent, self._loaded.knowledge
        today = datetime.now().astimezone().date()
        taken = take(text, agent, knowledge, previous, today=today)
        turn.text = turn.prompt = taken.text
        plan = taken.reply or react(taken.text, agent, knowledge, previous, self.said)
        turn.confirmed = None if taken.reply is None else taken.reply.confirmed
        far = how_far(text, agent.language, previous, today=today)
        self._recognition.dictating = far is Progress.GOING_ON
        self._recognition.endpointer.wait_ms = wait_ms(
            canonical(text, self._agent.language),
            self._agent.endpointing,
            self._agent.language,
            expect=previous.expect if isinstance(previous, FixedReply) else "any",
            answered=isinstance(plan, FixedReply) and plan.source == "knowledge",
            dictating=far,
        )
        self._not_understood = 0
        await self.perform(turn, plan)

    async def perform(self, turn: Turn, plan: Reply) -> None:
        """Give ``plan`` and whatever follows it, until the answer has been heard."""
        reply: Reply | None = plan
        while reply is not None:
            if isinstance(reply, FixedReply) or reply.tools:
                turn.plan = reply  # words about a tool's result belong to what asked for it
            tool, said = await self._give(turn, reply)
            if tool is not None:
                await turn.until_committed()  # what it does cannot be undone
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

    async def _not_understand(self, turn: Turn, *, ask: bool) -> None:
        """No words, or words nobody would bet on: let the caller say them again, or let it pass."""
        self._recognition.endpointer.wait_ms = self._agent.endpointing.complete_ms
        if not ask or self._not_understood >= MAX_NOT_UNDERSTOOD:
            self._recognition.forget(turn.segments)
            return
        self._not_understood += 1
        await self.perform(turn, FixedReply(self._agent.phrases.not_understood))
