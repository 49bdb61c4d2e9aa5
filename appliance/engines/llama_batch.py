"""Continuous batching: many conversations, none of which waits for another's end.

A ``Lane`` is one context of llama.cpp on one thread. It works in steps of some ten milliseconds:
each evaluates the newest token of every conversation that is being answered and, within a budget, a
piece of the prompts that are still to be read. So a long prompt slows the others' tokens down but
never stops them, and whatever is cancelled is gone with the next step.

All decisions are taken on the event loop, between two steps; the thread evaluates the rows it is
given and draws from them. The abort callback of llama.cpp is not used: it would abort the other
conversations of the step as well, and a step is short.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from appliance.engines.chat_template import common_prefix, moved_run
from appliance.engines.llama_native import ENGINE, Cells, Row, Sampler
from appliance.engines.worker import EngineThread
from appliance.errors import EngineError, LanguageModelError

SLIDE_AT_LEAST: Final = 32
"""Tokens; a shorter run is evaluated again instead of moved."""


@dataclass(slots=True, eq=False)
class Conversation:
    """One sequence of a lane, and the tokens in its cells or, during a step, on their way there."""

    sequence: int
    cells: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Saved:
    """An evaluated beginning (a system prompt), ready to be copied into any sequence."""

    tokens: list[int]
    state: bytes


@dataclass(slots=True, eq=False)
class Request:
    """Tokens to evaluate and, with a ``sampler``, an answer to draw behind them."""

    conversation: Conversation
    pending: list[int]
    sampler: Sampler | None = None
    wanted: int = 0
    """How many tokens are drawn at most."""
    ends: Callable[[int], bool] = lambda token: False
    """Whether the answer is over with this token."""
    started: Callable[[], None] = lambda: None
    """Called when the first step with it begins."""
    drawn: asyncio.Queue[int | EngineError] = field(default_factory=asyncio.Queue)
    """At most ``wanted`` tokens; an error is the last item."""
    finished: asyncio.Event = field(default_factory=asyncio.Event)
    answering: bool = False

    @property
    def answers(self) -> bool:
        return self.sampler is not None


def plan(requests: Sequence[Request], budget: int) -> list[tuple[Request, int]]:
    """How many pending tokens of which request the next step evaluates.

    Every answer under way gets its one token. Of ``budget`` prompt tokens those that are waited for
    take equal shares, so that a short prompt is through soon beside a long one; guesses get what
    is left.
    """
    steps = [(request, 1) for request in requests if request.answering]
    reading = [request for request in requests if not request.answering]
    for group in ([r for r in reading if r.answers], [r for r in reading if not r.answers]):
        for waiting, request in enumerate(sorted(group, key=lambda r: len(r.pending))):
            take = min(len(request.pending), -(-budget // (len(group) - waiting)))
            if take:
                steps.append((request, take))
            budget -= take
    return steps


class Lane:
    """One context, its thread, and the requests that are under way. Event loop only."""

    def __init__(self, thread: EngineThread, cells: Cells, *, chunk: int, rewinds: bool) -> None:
        self.thread = thread
        self._cells = cells
        self._chunk = chunk
        self._rewinds = rewinds
        self._requests: list[Request] = []
        self._before: list[Callable[[], object]] = []  # cell operations for the next step
        self._pump: asyncio.Task[None] | None = None

    def aim(
        self,
        conversation: Conversation,
        tokens: Sequence[int],
        *,
        saved: Saved | None = None,
        trimmed: bool = False,
    ) -> list[int]:
        """Make the cells a beginning of ``tokens``, as long as possible without evaluating, and
        return what is left to evaluate: never nothing. ``trimmed``: old turns were dropped."""
        cells = conversation.cells
        keep = common_prefix(cells, tokens)
        if saved is not None and keep < len(saved.tokens) == common_prefix(saved.tokens, tokens):
            self._before.append(partial(self._cells.restore, conversation.sequence, saved.state))
            cells[:] = saved.tokens
            keep = len(cells)
        if trimmed and self._cells.can_slide:
            keep = self._slide(conversation, tokens, keep)
        keep = min(keep, len(tokens) - 1)
        if keep < len(cells) and not self._rewinds:
            keep = 0
        if keep < len(cells):
            self._before.append(partial(self._cells.cut, conversation.sequence, keep))
            del cells[keep:]
        return list(tokens[keep:])

    def _slide(self, conversation: Conversation, tokens: Sequence[int], keep: int) -> int:
        cells = conversation.cells
        distance = moved_run(cells, tokens, keep)
        run = common_prefix(cells[keep + distance :], tokens[keep:])
        if not distance or run < SLIDE_AT_LEAST:
            return keep
        self._before.append(partial(self._cells.slide, conversation.sequence, keep, distance))
        del cells[keep : keep + distance]
        return keep + run

    def start(self, request: Request) -> None:
        """Take part from the next step on."""
        if not request.pending:
            request.finished.set()
            return
        self._requests.append(request)
        if self._pump is None or self._pump.done():
            self._pump = asyncio.create_task(self._run(), name="llama lane")

    def withdraw(self, request: Request) -> None:
        """Take no further part. What was evaluated stays in the cells. Idempotent."""
        if request in self._requests:
            self._requests.remove(request)
        request.finished.set()

    def forget(self, conversation: Conversation) -> None:
        """Empty its cells, for the next call."""
        if conversation.cells:
            self._before.append(partial(self._cells.cut, conversation.sequence, 0))
            conversation.cells.clear()

    async def save(self, conversation: Conversation) -> Saved:
        """Its cells, once no request of it is under way."""
        state = await self.thread.run(self._cells.save, conversation.sequence)
        return Saved(list(conversation.cells), state)

    async def close(self) -> None:
        """Fail what is under way, free the context and end the thread."""
        everybody = {id(request.conversation) for request in self._requests}
        self._fail(everybody, LanguageModelError(ENGINE, "is closed"))
        if self._pump is not None:
            await asyncio.wait({self._pump})
        await self.thread.run(self._cells.close)
        await self.thread.close()

    async def _run(self) -> None:
        """Step after step, until nobody wants one."""
        while steps := plan(self._requests, self._chunk):
            rows, draws = self._rows(steps)
            before, self._before = self._before, []
            try:
                tokens = await self.thread.run(self._step, before, rows, draws)
            except EngineError as error:  # the cells of this step may hold anything now
                for request, _ in steps:
                    self.forget(request.conversation)
                self._fail({id(request.conversation) for request, _ in steps}, error)
                continue
            answered = [request for request, _ in steps if request.answering]
            for request, token in zip(answered, tokens, strict=True):
                if request in self._requests:  # not withdrawn meanwhile
                    request.pending = [token]
                    request.wanted -= 1
                    request.drawn.put_nowait(token)
                    if not request.wanted or request.ends(token):
                        self.withdraw(request)
            for request, _ in steps:
                if not request.pending:
                    self.withdraw(request)

    def _rows(
        self, steps: list[tuple[Request, int]]
    ) -> tuple[list[Row], list[tuple[int, Sampler]]]:
        """The rows of a step, and which of them to draw from; the requests are moved on."""
        rows: list[Row] = []
        draws: list[tuple[int, Sampler]] = []
        for request, take in steps:
            request.started()
            request.started = lambda: None
            part, request.pending = request.pending[:take], request.pending[take:]
            request.answering = request.answers and not request.pending
            conversation = request.conversation
            for token in part:
                rows.append(Row(token, len(conversation.cells), conversation.sequence, False))
                conversation.cells.append(token)
            if request.answering and request.sampler is not None:
                rows[-1] = rows[-1]._replace(answer=True)
                draws.append((len(rows) - 1, request.sampler))
        return rows, draws

    def _step(
        self,
        before: list[Callable[[], object]],
        rows: list[Row],
        draws: list[tuple[int, Sampler]],
    ) -> list[int]:
        """On the thread. Whatever fails, whoever is in this step must hear of it."""
        try:
            for operation in before:
                operation()
            self._cells.evaluate(rows)
            return [self._cells.draw(row, sampler) for row, sampler in draws]
        except EngineError:
            raise
        except Exception as error:
            raise LanguageModelError(ENGINE, f"a step failed: {error}") from error

    def _fail(self, conversations: set[int], error: EngineError) -> None:
        """End what is under way for these (ids), also a request that followed a withdrawn one."""
        for request in [r for r in self._requests if id(r.conversation) in conversations]:
            request.drawn.put_nowait(error)
            self.withdraw(request)
