"""How much of the host others may use: its own telephone calls come first.

A stream of a caller's sound is as much work as a call, so streams only get what calls leave of
``max_calls``. Language model and voice are asked for moments at a time: more clients than can be
served at once wait for their turn, piece by piece, and beyond a bound they are refused. So nobody
waits behind a crowd without end, and what a crowd can hold of the memory is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Literal

from appliance.agents.loader import PROMPTS_AT_ONCE
from appliance.clock import Clock
from appliance.errors import CallRefused
from appliance.metrics import Metrics

Stage = Literal["asr", "llm", "tts"]

PROMPTS_PER_CALL: Final = 4
"""Prompts, working and waiting, for each call the host is made for ..."""
TEXTS_PER_CALL: Final = 16
"""... and texts to speak: a sentence is a matter of 50 ms."""


class Admission:
    """Who may use which stage. Event loop only."""

    def __init__(
        self,
        *,
        max_calls: int,
        tts_threads: int,
        refusal: Callable[[], str | None],
        calls: Callable[[], int],
        clock: Clock,
        metrics: Metrics,
    ) -> None:
        """``refusal`` says why no call would be taken now (``full``, ``draining``), ``calls`` how
        many there are."""
        self._max_calls = max_calls
        self._refusal = refusal
        self._calls = calls
        self._clock = clock
        self._metrics = metrics
        self._open: dict[Stage, int] = {"asr": 0, "llm": 0, "tts": 0}
        self._empty = asyncio.Event()
        self._empty.set()
        self.thinking: Final = asyncio.Semaphore(PROMPTS_AT_ONCE)
        """Held while a prompt is answered; first come, first served."""
        self.speaking: Final = asyncio.Semaphore(max(1, tts_threads - 1))
        """Held while one piece is synthesised: a call's own piece waits behind so many at most, and
        clients take turns at every piece."""

    @contextmanager
    def place(self, stage: Stage) -> Iterator[None]:
        """A client is served inside. Raises CallRefused (``full``, ``draining``)."""
        self._check(stage)
        self._open[stage] += 1
        self._empty.clear()
        self._metrics.stage_entered(stage)
        began, outcome = self._clock.now(), "left"
        try:
            yield
            outcome = "served"
        except Exception as error:
            outcome = "left" if isinstance(error, ConnectionError) else "failed"
            raise
        finally:
            self._open[stage] -= 1
            self._metrics.stage_left(stage, outcome, self._clock.now() - began)
            if not any(self._open.values()):
                self._empty.set()

    async def drained(self) -> None:
        """Return when no client is being served, or nobody cares any more."""
        await self._empty.wait()

    def stop_waiting(self) -> None:
        """``drained()`` returns now; the servers' end will be that of the clients."""
        self._empty.set()

    def _check(self, stage: Stage) -> None:
        reason = self._refusal()
        if reason is None and self._open[stage] >= self._limit(stage):
            reason = "full"
        if reason is not None:
            self._metrics.stage_refused(stage, reason)
            raise CallRefused(
                reason,
                "the service is shutting down"
                if reason == "draining"
                else "no room for another client (setting max_calls)",
            )

    def _limit(self, stage: Stage) -> int:
        if stage == "asr":
            return self._max_calls - self._calls()
        return self._max_calls * (PROMPTS_PER_CALL if stage == "llm" else TEXTS_PER_CALL)
