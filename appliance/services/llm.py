"""Thinking alone: what was said so far in, the words of the answer out.

It answers as in a call: what the site knows comes first, word for word; a question about facts that
nobody wrote down gets an honest "I do not know"; and figures that the model made up are not said.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from typing import Final
from uuid import UUID, uuid4

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
from appliance.call.chat import CALL_TOKENS
from appliance.call.utterances import utterances
from appliance.engines.base import LanguageSession, Message, Sampling, Speech, ToolCall
from appliance.errors import EngineTimeout
from appliance.services.conversation import Talk, dialogue_of, previous_plan
from appliance.text.grounded import is_grounded
from appliance.tools.builtin import BUILT_IN
from appliance.tools.tool import ToolError

PIECE_TIMEOUT_S: Final = 10.0
"""An utterance of an answer that is not there by then will not come."""

OnAction = Callable[[FixedReply], None]
log = logging.getLogger(__name__)


async def think(
    equipped: EquippedAgent, talk: Talk, call_id: str = "", on_action: OnAction = lambda say: None
) -> AsyncGenerator[str]:
    """The utterances of the answer to ``talk``, at least one; joined they are the whole of it.

    Behind words that announce an action ``on_action`` gets them: a hang-up or a transfer is a
    matter for whoever holds the call. Closing the generator stops the model within a token. Raises
    LanguageModelError, EngineBusy, EngineTimeout.
    """
    answer = _Answer(equipped, talk, call_id, on_action)
    plan = plan_answer(
        talk.prompt, equipped.agent, equipped.knowledge, previous_plan(equipped, talk)
    )
    said = False
    async with aclosing(answer.perform(plan)) as written:
        async for utterance in written:
            yield f" {utterance}" if said else utterance
            said = True


class _Answer:
    """One answer: words of the site, of the model, or of a tool that one of them asks for."""

    def __init__(
        self, equipped: EquippedAgent, talk: Talk, call_id: str, on_action: OnAction
    ) -> None:
        self._equipped = equipped
        self._agent = equipped.agent
        self._talk = talk
        self._call_id = call_id
        self._on_action = on_action
        self._tool: ToolCall | None = None  # that the model asked for

    async def perform(self, plan: Reply) -> AsyncGenerator[str]:
        if isinstance(plan, ModelReply):
            async with aclosing(self._ask(plan)) as written:
                async for utterance in written:
                    yield utterance
            return
        if plan.text:
            yield plan.text
        if plan.tool is not None:
            async with aclosing(self.perform(await self._use(plan.tool))) as written:
                async for utterance in written:
                    yield utterance
        elif plan.action is not None:
            self._on_action(plan)

    async def _ask(self, ask: ModelReply) -> AsyncGenerator[str]:
        opening, said = self._equipped.opening(), False
        asked = dialogue_of(self._equipped, opening, self._talk).with_user(ask.prompt)
        model = self._equipped.language_model
        session = await model.open(opening, call_id=self._call_id)
        try:
            async with aclosing(self._reply(session, asked, ask.tools)) as reply:
                async for utterance in reply:
                    if not self._may_say(utterance, asked):
                        break
                    yield utterance
                    said = True
        finally:
            await session.close(keep=True)  # the call's next question begins like this one
        tool, self._tool = self._tool, None
        if tool is not None or not said:
            plan = not_known(self._agent) if tool is None else await self._use(tool)
            async with aclosing(self.perform(plan)) as written:
                async for utterance in written:
                    yield utterance

    async def _reply(
        self, session: LanguageSession, asked: Sequence[Message], tools: bool
    ) -> AsyncGenerator[str]:
        """The utterances of the model's text; sound that a service elsewhere sends is no text."""
        specs = self._equipped.toolbox.specs if tools else ()
        most = max(self._agent.max_reply_tokens, CALL_TOKENS if specs else 0)
        deltas = session.reply(asked, Sampling(max_tokens=most, tools=specs))
        async with (
            aclosing(deltas),
            aclosing(self._texts(deltas)) as texts,
            aclosing(utterances(texts, most)) as written,
        ):
            while isinstance(utterance := await _in_time(written), str):
                yield utterance

    async def _texts(self, deltas: AsyncIterator[str | Speech | ToolCall]) -> AsyncGenerator[str]:
        async for delta in deltas:
            if isinstance(delta, ToolCall):
                self._tool = delta
                return
            if isinstance(delta, str):
                yield delta

    async def _use(self, call: ToolCall) -> Reply:
        """What is to be said after ``call``."""
        if call.name in BUILT_IN:
            return end_of_call(call, self._agent)
        try:
            result = await self._equipped.toolbox.use(_uuid(self._call_id), call)
        except ToolError as error:
            log.error("%s: %s", error.code, error)
            return failed_tool(self._agent)
        if result.say is not None:
            return FixedReply(result.say, "tool")
        note = f"(What {call.name} says: {result.text})"
        return ModelReply(f"{self._talk.prompt}\n{note}", tools=False)

    def _may_say(self, utterance: str, asked: Sequence[Message]) -> bool:
        if self._agent.facts_from_model:
            return True
        told = (message.content for message in asked)
        return is_grounded(utterance, told, self._agent.language)


async def _in_time(written: AsyncGenerator[str | Speech]) -> str | Speech | None:
    try:
        async with asyncio.timeout(PIECE_TIMEOUT_S):
            return await anext(written, None)
    except TimeoutError as error:
        raise EngineTimeout("answer", f"no words within {PIECE_TIMEOUT_S:.0f} s") from error


def _uuid(call_id: str) -> UUID:
    """Tools are told of the call; a client that names none gets a new one."""
    try:
        return UUID(call_id)
    except ValueError:
        return uuid4()
