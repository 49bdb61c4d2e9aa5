"""Thinking alone: what was said so far in, the words of the answer out.

It answers as in a call: what the site knows comes first, word for word; a question about facts that
nobody wrote down gets an honest "I do not know"; and figures that the model made up are not said.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from typing import Final
from uuid import UUID, uuid4

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.answer import sampling
from appliance.call.follow_up import follow_up
from appliance.call.grounds import may_say
from appliance.call.reaction import react
from appliance.call.reply import FixedReply, ModelReply, Reply
from appliance.call.utterances import utterances
from appliance.engines.base import LanguageSession, Message, Speech, ToolCall
from appliance.errors import EngineTimeout
from appliance.services.conversation import Talk, dialogue_of, previous_plan

PIECE_TIMEOUT_S: Final = 10.0
"""An utterance of an answer that is not there by then will not come."""

OnAction = Callable[[FixedReply], None]


async def think(
    loaded: LoadedAgent, talk: Talk, call_id: str = "", on_action: OnAction = lambda say: None
) -> AsyncGenerator[str]:
    """The utterances of the answer to ``talk``, at least one; joined they are the whole of it.

    Behind words that announce an action ``on_action`` gets them: a hang-up or a transfer is a
    matter for whoever holds the call. Closing the generator stops the model within a token. Raises
    LanguageModelError, EngineBusy, EngineTimeout.
    """
    answer = _Answer(loaded, talk, call_id, on_action)
    heard = talk.before[-1] if talk.before else None
    plan = await react(
        talk.prompt,
        loaded.agent,
        loaded.knowledge,
        previous_plan(loaded, talk),
        heard.content if heard is not None and heard.role == "assistant" else "",
    )
    said = False
    async with aclosing(answer.perform(plan)) as written:
        async for utterance in written:
            yield f" {utterance}" if said else utterance
            said = True


class _Answer:
    """One answer: words of the site, of the model, or of a tool that one of them asks for."""

    def __init__(self, loaded: LoadedAgent, talk: Talk, call_id: str, on_action: OnAction) -> None:
        self._loaded = loaded
        self._agent = loaded.agent
        self._talk = talk
        self._call_id = call_id
        self._uuid = _uuid(call_id)
        self._on_action = on_action
        self._prompt = talk.prompt  # the last one
        self._tool: ToolCall | None = None  # that the last reply asks for

    async def perform(self, plan: Reply) -> AsyncGenerator[str]:
        reply: Reply | None = plan
        while reply is not None:
            said = False
            async with aclosing(self._give(reply)) as written:
                async for utterance in written:
                    yield utterance
                    said = True
            tool, self._tool = self._tool, None
            if tool is None and isinstance(reply, FixedReply) and reply.action is not None:
                self._on_action(reply)
            if isinstance(reply, ModelReply):
                self._prompt = reply.prompt
            reply = await follow_up(
                reply,
                tool,
                said=said,
                prompt=self._prompt,
                loaded=self._loaded,
                uuid=self._uuid,
            )

    async def _give(self, reply: Reply) -> AsyncGenerator[str]:
        """The words of ``reply`` alone; a tool that it asks for is then in ``_tool``."""
        if isinstance(reply, FixedReply):
            self._tool = reply.tool
            if reply.text:
                yield reply.text
            return
        opening = self._loaded.opening()
        asked = dialogue_of(self._loaded, opening, self._talk).with_user(reply.prompt)
        model = self._loaded.language_model
        session = await model.open(opening, call_id=self._call_id)
        try:
            async with aclosing(self._reply(session, asked, reply.tools)) as written:
                async for utterance in written:
                    if not may_say(utterance, asked, self._agent):
                        break
                    yield utterance
        finally:
            await session.close(keep=True)  # the call's next question begins like this one

    async def _reply(
        self, session: LanguageSession, asked: Sequence[Message], tools: bool
    ) -> AsyncGenerator[str]:
        """The utterances of the model's text; sound that a service elsewhere sends is no text."""
        drawn = sampling(self._agent, self._loaded.toolbox.specs if tools else ())
        deltas = session.reply(asked, drawn)
        async with (
            aclosing(deltas),
            aclosing(self._texts(deltas)) as texts,
            aclosing(utterances(texts, drawn.max_tokens, language=self._agent.language)) as written,
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
