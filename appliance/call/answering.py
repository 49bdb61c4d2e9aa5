"""What the agent does in a turn's task: the caller's words, a plan, and the replies that follow.

It decides nothing by itself: what to say is ``answer.py``'s policy, how it reaches the caller's ear
is the turn's matter.
"""

from __future__ import annotations

from contextlib import aclosing
from typing import Final
from uuid import UUID

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.answer import FixedReply, Reply, plan_answer
from appliance.call.chat import Chat
from appliance.call.first_half import goes_on
from appliance.call.follow_up import follow_up
from appliance.call.recognition import Recognition
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.engines.base import ToolCall
from appliance.metrics import Metrics
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Judgement

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

    async def answer_speech(self, turn: Turn) -> None:
        """Answer the segments of the caller's speech that are the ``turn``'s."""
        await self._join(turn)
        transcript = await self._recognition.words(turn.segments)
        turn.timeline.final = self._clock.now()
        delay_s = turn.timeline.final - turn.timeline.last_voice
        self._metrics.transcript_final(self._loaded.recognizer.name, delay_s)
        sure = transcript.confidence >= self._agent.min_confidence
        if transcript.text and (sure or self._not_understood >= MAX_NOT_UNDERSTOOD):
            await self.answer_text(turn, transcript.text)
        else:
            spoke = bool(transcript.text) or self._recognition.voiced_s >= UNHEARD_SPEECH_S
            await self._not_understand(turn, ask=spoke)

    async def _join(self, turn: Turn) -> None:
        """Decide whether the caller goes on from the first half of ``turn``, or began anew."""
        half = turn.first_half
        if half is None:
            return
        new = tuple(segment for segment in turn.segments if segment not in half.segments)
        words = (await self._recognition.words(new)).text
        if not goes_on(words, self._agent.language):
            turn.first_half, turn.segments = None, new
            return
        turn.taken_back = f"{half.taken_back} {half.said}".strip()
        if half.before is not None:
            self._chat.back_to(half.before.messages)
            self.previous = half.before.previous

    async def answer_text(self, turn: Turn, text: str) -> None:
        """Answer a caller who said or keyed ``text``."""
        turn.text = turn.prompt = text
        previous = self.previous
        plan = plan_answer(text, self._agent, self._loaded.knowledge, previous)
        expect = previous.expect if isinstance(previous, FixedReply) else "any"
        self._recognition.endpointer.judge(judgement(text, self._agent.language, expect=expect))
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

    async def _not_understand(self, turn: Turn, *, ask: bool) -> None:
        """No words, or words nobody would bet on: let the caller say them again, or let it pass."""
        self._recognition.endpointer.judge(Judgement.COMPLETE)
        if not ask or self._not_understood >= MAX_NOT_UNDERSTOOD:
            self._recognition.forget(turn.segments)
            return
        self._not_understood += 1
        await self.perform(turn, FixedReply(self._agent.phrases.not_understood))
