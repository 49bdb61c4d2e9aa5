"""The language model alone, with several conversations at once: how soon, how fast, at what cost.

``bench calls`` shows what callers feel; this shows what the model's part of it is on this host, and
so which lanes, threads and model file a site should choose.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Final

from appliance.bench.figures import Spread, middle, spread
from appliance.engines.base import Message, Sampling
from appliance.engines.llama import Llama, LlamaOptions

TURNS: Final = (
    "Hello, how are you today?",
    "I am a little nervous, to be honest.",
    "What would you do in my place?",
    "Thank you very much, that helps.",
)
REPLY_TOKENS: Final = 24  # a sentence


@dataclass(frozen=True, slots=True)
class LanguageModelReport:
    """What ``calls`` conversations at once measured, in the same process."""

    calls: int
    lanes: int
    threads: int
    first_token: Spread | None
    whole_reply: Spread | None
    tokens_per_second: float | None
    """Of one call, the median."""
    cpu_ms_per_token: float
    """Of this process, prompts included, per token of an answer."""
    prompt_tokens_reused: float
    """Share of the prompts' tokens that were in the KV cells already, 0..1."""


class _Figures:
    """An observer that keeps everything."""

    def __init__(self) -> None:
        self.firsts: list[float] = []
        self.rates: list[float] = []
        self.wholes: list[float] = []
        self.reused = self.evaluated = self.tokens = 0

    def first_token(self, seconds: float) -> None:
        self.firsts.append(seconds)

    def prompt_tokens(self, *, reused: int, evaluated: int) -> None:
        self.reused += reused
        self.evaluated += evaluated

    def rate(self, tokens_per_second: float) -> None:
        self.rates.append(tokens_per_second)

    def queue_wait(self, seconds: float) -> None: ...


async def measure(options: LlamaOptions, *, calls: int, system: str) -> LanguageModelReport:
    """``calls`` conversations of four turns at the same time, the system prompt warm.

    Raises WeightsError, LanguageModelError.
    """
    figures = _Figures()
    model = await Llama.load(replace(options, max_sessions=calls))
    try:
        await model.warm_up([[Message("system", system)]])
        model.observer = figures
        cpu = time.process_time()
        await asyncio.gather(*(_converse(model, system, figures, n) for n in range(calls)))
        cpu = time.process_time() - cpu
    finally:
        await model.close()
    return LanguageModelReport(
        calls=calls,
        lanes=min(options.lanes, calls),
        threads=options.threads,
        first_token=spread(figures.firsts),
        whole_reply=spread(figures.wholes),
        tokens_per_second=middle(figures.rates),
        cpu_ms_per_token=round(1000 * cpu / max(1, figures.tokens), 1),
        prompt_tokens_reused=round(figures.reused / max(1, figures.reused + figures.evaluated), 2),
    )


async def _converse(model: Llama, system: str, figures: _Figures, number: int) -> None:
    """Four turns; each call asks in another order, so that the calls differ."""
    messages = [Message("system", system)]
    session = await model.open(messages)
    try:
        for turn in range(len(TURNS)):
            messages.append(Message("user", TURNS[(turn + number) % len(TURNS)]))
            begun = time.monotonic()
            deltas = [delta async for delta in session.reply(messages, Sampling(REPLY_TOKENS))]
            figures.wholes.append(time.monotonic() - begun)
            figures.tokens += len(deltas)
            words = "".join(delta for delta in deltas if isinstance(delta, str))
            messages.append(Message("assistant", words))
    finally:
        await session.close()
