"""The language model: llama.cpp in this process, one set of weights, a conversation per call.

``Llama`` is shared by all calls, a ``LlamaSession`` is what one call holds: a sequence of KV cells
in one of the lanes (``llama_batch.py``). A prompt is only evaluated from where it differs from what
is in the cells, so a turn costs its own words; the system prompt is evaluated once in the life of
the process and copied. Calls in one lane are decoded together, lanes work at the same time, and
each uses one core by default: llama.cpp's own threads wait for each other actively and collapse as
soon as something else wants the core.
"""

from __future__ import annotations

import codecs
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from appliance.clock import Clock, MonotonicClock
from appliance.engines.base import Message, Sampling
from appliance.engines.chat_template import ChatTemplate, common_prefix, fit
from appliance.engines.llama_batch import Conversation, Lane, Request, Saved
from appliance.engines.llama_native import ENGINE, Cells, Sampler, Weights
from appliance.engines.worker import EngineThread
from appliance.errors import EngineBusy, EngineError, LanguageModelError, WeightsError

PIECE_MARGIN: Final = 8
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
    chunk_tokens: int = 32
    """Prompt tokens evaluated in one step: what a cancellation, or another call's next token, may
    have to wait for."""


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


class Llama:
    """The weights and the lanes; implements ``LanguageModel``. Make it with ``load``."""

    name = ENGINE

    def __init__(
        self, options: LlamaOptions, weights: Weights, lanes: list[Lane], tokens: int
    ) -> None:
        self.writer = EngineThread(ENGINE)
        """Renders and tokenizes: milliseconds, which neither the loop nor a lane has to spare."""
        self.options = options
        self.weights = weights
        self.tokens = tokens
        """The room of one conversation."""
        self.observer: LlamaObserver = _NoObserver()
        self.clock: Clock = MonotonicClock()
        self.saved: dict[str, Saved] = {}
        try:
            self._template = ChatTemplate(weights.template, bos=weights.bos, eos=weights.eos)
        except ValueError as error:
            raise WeightsError(f"{options.path}: {error}; choose another language_model") from error
        per_lane = -(-options.max_sessions // len(lanes))
        self._lanes = lanes
        self._free = [(lane, n) for n in range(per_lane) for lane in lanes][: options.max_sessions]

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
        except (EngineError, WeightsError):
            for thread in threads:
                await thread.close()
            raise
        lanes = [
            Lane(thread, each, chunk=options.chunk_tokens, rewinds=weights.rewinds)
            for thread, each in zip(threads, cells, strict=True)
        ]
        model = cls(options, weights, lanes, cells[0].tokens - PIECE_MARGIN)
        model.observer = observer or model.observer
        model.clock = clock or model.clock
        return model

    async def warm_up(self, systems: Sequence[str]) -> None:
        """Evaluate each system prompt once and draw a token from it. Also drops what was kept of
        other system prompts. Raises LanguageModelError when one leaves no room for a conversation,
        EngineBusy when no conversation is free to do it with."""
        self.saved = {key: saved for key, saved in self.saved.items() if key in systems}
        for system in dict.fromkeys(systems):
            session = await self.open(system)
            try:
                hello = [Message("system", system), Message("user", "Hello.")]
                async for _ in session.reply(hello, Sampling(max_tokens=1)):
                    pass
                if system not in self.saved:
                    prefix = await self.writer.run(self.prefix, system)
                    self.saved[system] = await session.evaluate(prefix)
            finally:
                await session.close()

    async def open(self, system: str) -> LlamaSession:
        """A conversation. Nothing is evaluated here: after ``warm_up`` with this ``system`` its
        cells are copied at the first prompt, else the first prompt evaluates it."""
        if not self._free:
            raise EngineBusy(ENGINE, f"all {self.options.max_sessions} conversations are in use")
        lane, sequence = self._free.pop(0)
        return LlamaSession(self, lane, Conversation(sequence), system)

    def give_back(self, lane: Lane, conversation: Conversation) -> None:
        """Its place is free again; where the fewest calls are comes first."""
        self._free.append((lane, conversation.sequence))
        room = {id(each): sum(lane is each for lane, _ in self._free) for each in self._lanes}
        self._free.sort(key=lambda place: -room[id(place[0])])

    def prompt(self, messages: Sequence[Message], answer_tokens: int) -> tuple[list[int], bool]:
        """(the tokens of ``messages``, room left for the answer; whether turns were dropped)."""
        clean = [Message(m.role, self.weights.plain(m.content)) for m in messages]
        room = self.tokens - min(answer_tokens, self.tokens // 2)
        if len(tokens := self._tokens(clean)) <= room:
            return tokens, False
        try:
            kept = fit(clean, room, lambda some: len(self._tokens(some)))
        except ValueError as error:
            raise LanguageModelError(
                ENGINE, f"{error}: raise context_tokens above {self.options.context_tokens}"
            ) from error
        return self._tokens(kept), True

    def prefix(self, system: str) -> list[int]:
        """The tokens that every conversation under ``system`` begins with."""
        head = Message("system", self.weights.plain(system))
        openings = (
            [Message("user", "Hello.")],
            [Message("user", "Who is there?")],
            [Message("assistant", "Good morning."), Message("user", "Hello.")],
        )
        first, *others = [self._tokens([head, *opening]) for opening in openings]
        return first[: min(common_prefix(first, other) for other in others)]

    def _tokens(self, messages: Sequence[Message]) -> list[int]:
        return self.weights.tokenize(self._template.render(messages), special=True)

    async def close(self) -> None:
        """End the threads and free the memory. Replies under way fail."""
        await self.writer.close()
        for lane in self._lanes:
            await lane.close()
        self.weights.close()


class LlamaSession:
    """One call's conversation; implements ``LanguageSession``. Event loop only."""

    def __init__(self, model: Llama, lane: Lane, conversation: Conversation, system: str) -> None:
        self._model = model
        self._lane = lane
        self._conversation = conversation
        self._system = system
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

    async def reply(self, messages: Sequence[Message], sampling: Sampling) -> AsyncIterator[str]:
        """Text deltas; see ``LanguageSession``."""
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

    async def close(self) -> None:
        """Give the place back. Idempotent; a reply under way ends."""
        if self._closed:
            return
        self._closed = True
        self._stop()
        self._lane.forget(self._conversation)
        self._model.give_back(self._lane, self._conversation)

    async def _begin(
        self, messages: Sequence[Message], sampler: Sampler | None, *, answer_tokens: int
    ) -> Request:
        if self._closed:
            raise LanguageModelError(ENGINE, "the conversation is closed")
        self._stop()
        model, begun = self._model, self._model.clock.now()
        tokens, trimmed = await model.writer.run(model.prompt, messages, answer_tokens)
        saved = model.saved.get(self._system)
        pending = self._lane.aim(self._conversation, tokens, saved=saved, trimmed=trimmed)
        model.observer.prompt_tokens(reused=len(tokens) - len(pending), evaluated=len(pending))
        self._request = Request(
            self._conversation,
            pending if sampler else pending[:-1],  # the last one is evaluated to draw from it
            sampler,
            wanted=min(answer_tokens, model.tokens // 2),
            ends=model.weights.ends,
            started=lambda: model.observer.queue_wait(model.clock.now() - begun),
        )
        self._lane.start(self._request)
        return self._request

    def _stop(self) -> None:
        if self._request is not None:
            self._request.drawn.put_nowait(LanguageModelError(ENGINE, "was replaced by another"))
            self._lane.withdraw(self._request)
            self._request = None
