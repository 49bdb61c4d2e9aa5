"""The language model: llama.cpp in this process, one set of weights, a conversation per call.

``Llama`` is shared by all calls, a ``LlamaSession`` is what one call holds: a sequence of KV cells
in one of the lanes (``llama_batch.py``). A prompt is only evaluated from where it differs from what
is in the cells, so a turn costs its own words; an agent's opening is evaluated once in the life of
the process and copied. Calls in one lane are decoded together, lanes work at the same time, and
each uses one core by default: llama.cpp's own threads wait for each other actively and collapse as
soon as something else wants the core. Weights and sessions are in one file because both move the
same places between free, used and kept.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from appliance.clock import Clock, MonotonicClock
from appliance.engines.base import Message, Sampling, ToolCall
from appliance.engines.llama_batch import Conversation, Lane, Request, Saved
from appliance.engines.llama_native import ENGINE, Cells, Sampler, Weights
from appliance.engines.llama_prompt import PromptWriter
from appliance.engines.tool_calls import CallReader
from appliance.engines.worker import EngineThread
from appliance.errors import EngineBusy, EngineError, LanguageModelError, WeightsError

NEVER_FILLED: Final = 8
"""Tokens of a sequence that are never filled."""


@dataclass(frozen=True, slots=True)
class LlamaOptions:
    """What a site may choose."""

    path: Path
    """A GGUF file."""
    max_sessions: int = 4
    """Calls that may hold a conversation at once."""
    context_tokens: int = 2048
    """Per call: system prompt, history and answer together; older turns are dropped beyond it."""
    lanes: int = 2
    """Contexts that work at the same time, each on a thread of its own."""
    threads: int = 1
    """Cores per lane. More than one only for a model above 1B on a host with cores to spare."""
    chunk_tokens: int = 16
    """Prompt tokens evaluated in one step: what a cancellation, or another call's next token, may
    have to wait for. Measured CPU per prompt token (135M and 1.1B): 8 costs 35-45 % more than 32,
    16 costs 3-8 % more, 128 saves 1-6 %."""


class LlamaObserver(Protocol):
    """Hears about every reply, on the event loop; metrics are made of it."""

    def first_token(self, seconds: float) -> None:
        """From the request to the first piece of text."""

    def prompt_tokens(self, *, reused: int, evaluated: int) -> None:
        """How much of a prompt, of a reply or a guess, was in the cells already."""

    def rate(self, tokens_per_second: float) -> None:
        """Of a reply, from its first token to its last."""

    def queue_wait(self, seconds: float) -> None:
        """From a request to the step that first includes it."""


class _NoObserver:
    def first_token(self, seconds: float) -> None: ...
    def prompt_tokens(self, *, reused: int, evaluated: int) -> None: ...
    def rate(self, tokens_per_second: float) -> None: ...
    def queue_wait(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class _Place:
    """A sequence of a lane that nobody uses, and whose conversation its cells still hold."""

    lane: Lane
    conversation: Conversation
    call_id: str = ""


class Llama:
    """The weights and the lanes; implements ``LanguageModel``. Make it with ``load``."""

    name = ENGINE
    native_tools = False

    def __init__(
        self, options: LlamaOptions, weights: Weights, lanes: list[Lane], writer: PromptWriter
    ) -> None:
        self.options = options
        self.weights = weights
        self.writer = writer
        self.writing = EngineThread(ENGINE)
        self.observer: LlamaObserver = _NoObserver()
        self.clock: Clock = MonotonicClock()
        self.saved: dict[tuple[Message, ...], Saved] = {}
        per_lane = -(-options.max_sessions // len(lanes))
        self._lanes = lanes
        places = [_Place(lane, Conversation(n)) for n in range(per_lane) for lane in lanes]
        self._free = places[: options.max_sessions]

    @classmethod
    async def load(
        cls,
        options: LlamaOptions,
        *,
        observer: LlamaObserver | None = None,
        clock: Clock | None = None,
    ) -> Llama:
        """Read the file and make the contexts. Raises WeightsError, LanguageModelError."""
        threads = [EngineThread(ENGINE) for _ in range(min(options.lanes, options.max_sessions))]
        try:
            weights = await threads[0].run(Weights, options.path)
            make = partial(
                Cells,
                weights,
                tokens=min(options.context_tokens, weights.trained_context),
                sequences=-(-options.max_sessions // len(threads)),
                rows=options.chunk_tokens + options.max_sessions,
                threads=options.threads,
            )
            cells = [await thread.run(make) for thread in threads]
            room = cells[0].tokens - NEVER_FILLED
            writer = await threads[0].run(PromptWriter, weights, room)
        except (EngineError, WeightsError):
            for thread in threads:
                await thread.close()
            raise
        lanes = [
            Lane(thread, each, chunk=options.chunk_tokens, rewinds=weights.rewinds)
            for thread, each in zip(threads, cells, strict=True)
        ]
        model = cls(options, weights, lanes, writer)
        model.observer = observer or model.observer
        model.clock = clock or model.clock
        return model

    async def warm_up(self, openings: Sequence[Sequence[Message]]) -> None:
        """Evaluate each opening once, then draw a token in every lane. Also drops what was kept of
        other openings. Raises LanguageModelError when one leaves no room for a conversation,
        EngineBusy when no conversation is free to do it with."""
        wanted = [tuple(opening) for opening in openings]
        self.saved = {opening: kept for opening, kept in self.saved.items() if opening in wanted}
        for opening in wanted:
            if opening not in self.saved:
                await self._evaluate_opening(opening)
        sessions = [await self.open(opening) for opening in wanted[:1] for _ in self._lanes]
        try:
            for session in sessions:
                async for _ in session.reply(wanted[0], Sampling(max_tokens=1)):
                    pass
        finally:
            for session in sessions:
                await session.close()

    async def _evaluate_opening(self, opening: tuple[Message, ...]) -> None:
        tokens = await self.writing.run(self.writer.prefix, opening)
        session = await self.open(opening)
        try:
            self.saved[opening] = await session.evaluate(tokens)
        finally:
            await session.close()

    async def open(self, opening: Sequence[Message], *, call_id: str = "") -> LlamaSession:
        """A conversation: the one that was kept of ``call_id``, else a new one in the lane with the
        fewest. Nothing is evaluated here: after ``warm_up`` with this ``opening`` its cells are
        copied at the first prompt, else that evaluates it."""
        if not self._free:
            raise EngineBusy(ENGINE, f"all {self.options.max_sessions} conversations are in use")
        place = self._kept(call_id) or self._emptied()
        self._free.remove(place)
        return LlamaSession(self, place.lane, place.conversation, tuple(opening), call_id)

    def _kept(self, call_id: str) -> _Place | None:
        return next((each for each in self._free if call_id and each.call_id == call_id), None)

    def _emptied(self) -> _Place:
        """In the lane with the fewest: one that holds nothing, else what was kept the longest."""
        lanes = [each.lane for each in self._free]
        place = max(self._free, key=lambda each: (lanes.count(each.lane), not each.call_id))
        place.lane.forget(place.conversation)
        return place

    def give_back(self, lane: Lane, conversation: Conversation, call_id: str) -> None:
        """Its place is free again; what it holds is kept for ``call_id``, if there is one."""
        if not call_id:
            lane.forget(conversation)
        self._free.append(_Place(lane, conversation, call_id))

    async def close(self) -> None:
        """End the threads and free the memory. Replies under way fail."""
        await self.writing.close()
        for lane in self._lanes:
            await lane.close()
        self.weights.close()


class LlamaSession:
    """One call's conversation; implements ``LanguageSession``. Event loop only."""

    def __init__(
        self,
        model: Llama,
        lane: Lane,
        conversation: Conversation,
        opening: tuple[Message, ...],
        call_id: str,
    ) -> None:
        self._model = model
        self._lane = lane
        self._conversation = conversation
        self._opening = opening
        self._call_id = call_id
        self._request: Request | None = None
        self._closed = False

    async def prefill(self, messages: Sequence[Message]) -> None:
        """Evaluate ``messages`` as far as they are new. A reply, or another guess, replaces it."""
        request = await self._begin(messages, None, answer_tokens=Sampling().max_tokens)
        try:
            await request.finished.wait()
        finally:
            self._lane.withdraw(request)
        if not request.drawn.empty() and isinstance(
            error := request.drawn.get_nowait(), EngineError
        ):
            raise error

    async def reply(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str | ToolCall, None]:
        """Text deltas, or the call of a tool; see ``LanguageSession``."""
        reader = CallReader() if sampling.tools else None
        async with aclosing(self._deltas(messages, sampling)) as deltas:
            async for delta in deltas:
                if words := reader.push(delta) if reader else delta:
                    yield words
        if reader and (call := reader.finish()):
            yield call

    async def _deltas(
        self, messages: Sequence[Message], sampling: Sampling
    ) -> AsyncGenerator[str, None]:
        model, begun = self._model, self._model.clock.now()
        sampler = Sampler(sampling, model.weights)
        request = await self._begin(messages, sampler, answer_tokens=sampling.max_tokens)
        text = codecs.getincrementaldecoder("utf-8")("replace")  # keeps half a character back
        first = last = begun
        count, limit = 0, request.wanted
        try:
            while count < limit:
                token = await request.drawn.get()
                if isinstance(token, EngineError):
                    raise token
                last = model.clock.now()
                if not count:
                    first = last
                    model.observer.first_token(first - begun)
                if model.weights.ends(token):
                    break
                count += 1
                if delta := text.decode(model.weights.piece(token)):
                    yield delta
        finally:
            self._lane.withdraw(request)
            if count > 1:
                model.observer.rate((count - 1) / max(last - first, 1e-6))

    async def evaluate(self, tokens: Sequence[int]) -> Saved:
        """Exactly these tokens, and a copy of the cells that hold them."""
        conversation = self._conversation
        request = Request(conversation, self._lane.aim(conversation, tokens))
        self._lane.start(request)
        await request.finished.wait()
        return await self._lane.save(conversation)

    async def close(self, *, keep: bool = False) -> None:
        """Give the place back. Idempotent; a reply under way ends."""
        if self._closed:
            return
        self._closed = True
        self._stop()
        self._model.give_back(self._lane, self._conversation, self._call_id if keep else "")

    async def _begin(
        self, messages: Sequence[Message], sampler: Sampler | None, *, answer_tokens: int
    ) -> Request:
        model, begun = self._model, self._model.clock.now()
        tokens, trimmed = await model.writing.run(model.writer.write, messages, answer_tokens)
        if self._closed:
            raise LanguageModelError(ENGINE, "the conversation is closed")
        self._stop()
        saved = model.saved.get(self._opening)
        pending = self._lane.aim(self._conversation, tokens, saved=saved, trimmed=trimmed)
        model.observer.prompt_tokens(reused=len(tokens) - len(pending), evaluated=len(pending))
        self._request = Request(
            self._conversation,
            pending if sampler else pending[:-1],  # the last one is evaluated to draw from it
            sampler,
            wanted=model.writer.answer_room(answer_tokens),
            ends=model.weights.ends,
            started=lambda: model.observer.queue_wait(model.clock.now() - begun),
        )
        self._lane.start(self._request)
        return self._request

    def _stop(self) -> None:
        if self._request is not None:
            if self._request.answers:
                ended = LanguageModelError(ENGINE, "the reply was ended by its own call")
                self._request.drawn.put_nowait(ended)
            self._lane.withdraw(self._request)
            self._request = None
