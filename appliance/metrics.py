"""What the appliance tells Prometheus. Everything of a turn counts from its last voiced sample.

That anchor lies in audio time, so that the wait for the end of the turn is *inside* every figure: a
number that starts where the endpointer made up its mind looks better and misleads. All times are
seconds. One object per service, with its own registry; every method runs on the event loop. A long
file: each figure has a method that says what it means.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from typing import Final, Literal

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

BargeInOutcome = Literal["taken", "resumed", "ignored"]
SpeculationKind = Literal["asr", "prefill", "reply"]
SpeculationResult = Literal["kept", "discarded"]
STAGES: Final = ("recognizer", "language_model", "voice")
"""Labels of ``appliance_agent_info``."""

# Buckets per stage: fine where the product is meant to be, and on to 8 s for a slow processor.
_TURN_S: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 8.0)
_WAIT_S: Final = (0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 8.0)
_FIRST_TOKEN_S: Final = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 4.0, 8.0)
_FIRST_AUDIO_S: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.55, 0.8, 1.2, 2.0, 4.0, 8.0)
_SHORT_S: Final = (0.0005, 0.001, 0.002, 0.005, 0.010, 0.015, 0.020, 0.030, 0.050, 0.1, 0.25, 1.0)
_STAGE_S: Final = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 1800.0)
_RATE: Final = (2.0, 5.0, 10.0, 20.0, 30.0, 50.0, 75.0, 100.0, 150.0, 250.0)
_FACTOR: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0)


class Metrics:
    """All figures of one service."""

    def __init__(self) -> None:
        self.registry: Final = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._turns()
        self._engines()
        self._calls()
        self._stages()

    def render(self) -> bytes:
        """The exposition text, of type ``CONTENT_TYPE``."""
        return generate_latest(self.registry)

    # One turn

    def turn_answered(self, source: str, *, voice_to_voice_s: float, endpoint_s: float) -> None:
        """A turn was answered by ``source`` (``knowledge``, ``language_model``, ``phrase``).

        ``voice_to_voice_s``: last voiced sample to the first audible frame written;
        ``endpoint_s``: last voiced sample to the end of the turn.
        """
        self._turns_total.labels(source).inc()
        self._voice_to_voice.observe(voice_to_voice_s)
        self._endpoint_delay.observe(endpoint_s)

    def transcript_final(self, engine: str, delay_s: float) -> None:
        """Last voiced sample to the final transcript."""
        self._asr_final.labels(engine).observe(delay_s)

    def first_utterance(self, delay_s: float) -> None:
        """First token to the first piece of text that can be spoken."""
        self._first_utterance.observe(delay_s)

    def barge_in(self, outcome: BargeInOutcome) -> None:
        """A caller spoke into the agent's words; what came of it."""
        self._barge_ins.labels(outcome).inc()

    def barge_in_held(self, reaction_s: float) -> None:
        """The agent fell silent for a caller ``reaction_s`` after their voice began."""
        self._barge_in_reaction.observe(reaction_s)

    def speculation(self, kind: SpeculationKind, result: SpeculationResult) -> None:
        """Work done on a guess that the turn was over was used, or thrown away."""
        self._speculations.labels(kind, result).inc()

    # Engines

    def first_token(self, engine: str, delay_s: float) -> None:
        """Request to the first token."""
        self._first_token.labels(engine).observe(delay_s)

    def prompt_tokens(self, *, reused: int, evaluated: int) -> None:
        """Tokens of a prompt found in the KV cells, and those that had to be evaluated."""
        self._prompt_tokens.labels("reused").inc(reused)
        self._prompt_tokens.labels("evaluated").inc(evaluated)

    def tokens_per_second(self, rate: float) -> None:
        """Decoding speed of one reply."""
        self._token_rate.observe(rate)

    def synthesized(
        self, engine: str, *, first_audio_s: float, leading_silence_s: float, realtime_factor: float
    ) -> None:
        """One piece of text became sound: request to its first samples, silence cut off its start
        or left there, and seconds of work per second of sound."""
        self._first_audio.labels(engine).observe(first_audio_s)
        self._leading_silence.observe(leading_silence_s)
        self._realtime_factor.observe(realtime_factor)

    def engine_wait(self, engine: str, wait_s: float) -> None:
        """How long a request waited before the engine began with it."""
        self._engine_queue.labels(engine).observe(wait_s)

    def loop_lag(self, lag_s: float) -> None:
        """How late the event loop woke a timer."""
        self._loop_lag.observe(lag_s)

    def agent_runs(self, agent: str, models: Mapping[str, str], *, default: bool) -> None:
        """``agent`` takes calls with ``models``: by stage (``STAGES``) the model's name or path, or
        the address of a service elsewhere. ``default``: it answers where no other does."""
        named = [models[stage] for stage in STAGES]
        self._agents_info.labels(agent, str(default).lower(), *named).set(1)

    # Calls

    def call_started(self) -> None:
        """A call was admitted; ``call_ended`` follows for it."""
        self._calls_active.inc()

    def call_ended(self, outcome: str) -> None:
        """An admitted call is over."""
        self._calls_active.dec()
        self._calls_total.labels(outcome).inc()

    def call_refused(self, reason: str) -> None:
        """A call was not admitted; counted under the outcome ``refused_<reason>``."""
        self._calls_total.labels(f"refused_{reason}").inc()

    def call_first_audio(self, delay_s: float) -> None:
        """The UUID's arrival to the first audible frame of the greeting."""
        self._call_first_audio.observe(delay_s)

    def changes_lost(self, number: int) -> None:
        """Changes that should have been written to the database and could not be."""
        self._changes_lost.inc(number)

    def disk(self, written: bool, free_bytes: int) -> None:
        """Whether the database took what was written last, and the room on its disk."""
        self._store_failing.set(not written)
        self._disk_free.set(free_bytes)

    def playout_late(self, late_s: float) -> None:
        """How far behind its deadline a frame was written; 0 when on time."""
        self._playout_lateness.observe(late_s)

    def frames_lost(self, *, refused: int, dropped: int, underruns: int) -> None:
        """Of one call: frames the peer did not take, frames of the caller that were dropped because
        the call fell behind, and times the next piece of an answer was not there when it was
        due."""
        self._frames_lost.labels("refused").inc(refused)
        self._frames_lost.labels("dropped").inc(dropped)
        self._underruns.inc(underruns)

    # Stages that others use (AVR's services)

    def stage_entered(self, stage: str) -> None:
        """A client of ``asr``, ``llm`` or ``tts`` was let in; ``stage_left`` follows for it."""
        self._stage_clients.labels(stage).inc()

    def stage_left(self, stage: str, outcome: str, seconds: float) -> None:
        """It was ``served``, has ``left`` before that, or something here ``failed``."""
        self._stage_clients.labels(stage).dec()
        self._stage_requests.labels(stage, outcome).inc()
        self._stage_seconds.labels(stage).observe(seconds)

    def stage_refused(self, stage: str, reason: str) -> None:
        """A client was not let in."""
        self._stage_requests.labels(stage, f"refused_{reason}").inc()

    def _turns(self) -> None:
        self._turns_total = self._counter("turns", "Turns answered, by what answered", "source")
        self._voice_to_voice = self._histogram(
            "turn_voice_to_voice_seconds",
            "Last voiced sample of the caller to the first audible frame of the answer written",
            _TURN_S,
        )
        self._endpoint_delay = self._histogram(
            "turn_endpoint_delay_seconds", "Last voiced sample to the end of the turn", _WAIT_S
        )
        self._asr_final = self._histogram(
            "asr_final_delay_seconds",
            "Last voiced sample to the final transcript",
            _WAIT_S,
            "engine",
        )
        self._first_utterance = self._histogram(
            "text_first_utterance_seconds",
            "First token to the first piece to speak",
            _FIRST_TOKEN_S,
        )
        self._barge_ins = self._counter("bargein", "Callers who spoke into an answer", "outcome")
        self._barge_in_reaction = self._histogram(
            "bargein_reaction_seconds", "Caller's voice to silence on the wire", _FIRST_AUDIO_S
        )
        self._speculations = self._counter(
            "speculation", "Work on a guess that the turn was over", "kind", "result"
        )

    def _engines(self) -> None:
        self._first_token = self._histogram(
            "llm_first_token_seconds", "Request to the first token", _FIRST_TOKEN_S, "engine"
        )
        self._prompt_tokens = self._counter(
            "llm_prompt_tokens", "Prompt tokens found in the KV cells, or evaluated", "source"
        )
        self._token_rate = self._histogram("llm_tokens_per_second", "Decoding speed", _RATE)
        self._first_audio = self._histogram(
            "tts_first_audio_seconds", "Request to the first samples", _FIRST_AUDIO_S, "engine"
        )
        self._leading_silence = self._histogram(
            "tts_leading_silence_seconds", "Silence before the first sound of a piece", _SHORT_S
        )
        self._realtime_factor = self._histogram(
            "tts_realtime_factor", "Seconds of work per second of sound", _FACTOR
        )
        self._engine_queue = self._histogram(
            "engine_queue_seconds", "Wait before an engine began a request", _SHORT_S, "engine"
        )
        self._agents_info = self._gauge(
            "agent_info", "Agents that take calls, and with what", "agent", "default", *STAGES
        )
        self._loop_lag = self._histogram(
            "event_loop_lag_seconds", "How late the event loop woke a timer", _SHORT_S
        )

    def _calls(self) -> None:
        self._calls_active = self._gauge("calls_active", "Calls in progress")
        self._calls_total = self._counter("calls", "Calls ended or refused", "outcome")
        self._call_first_audio = self._histogram(
            "call_first_audio_seconds",
            "UUID to the first audible frame of the greeting",
            _FIRST_AUDIO_S,
        )
        self._frames_lost = self._counter(
            "frames_lost", "Frames a peer did not take, or a call could not", "why"
        )
        self._underruns = self._counter("playout_underruns", "Frames that were not there when due")
        self._playout_lateness = self._histogram(
            "playout_lateness_seconds", "How far behind its deadline a frame was written", _SHORT_S
        )
        self._store_failing = self._gauge("store_failing", "1: the database takes nothing")
        self._disk_free = self._gauge("disk_free_bytes", "Room on the disk of the state directory")
        self._changes_lost = self._counter("store_lost", "Changes the database did not take")
        self._gauge("threads", "Threads alive").set_function(threading.active_count)
        self._gauge("tasks", "Tasks on the event loop").set_function(_tasks)

    def _stages(self) -> None:
        self._stage_clients = self._gauge("stage_clients", "Clients being served", "stage")
        self._stage_requests = self._counter(
            "stage_requests", "Requests to a stage by AVR's interfaces", "stage", "outcome"
        )
        self._stage_seconds = self._histogram(
            "stage_seconds", "From letting a client in to its end", _STAGE_S, "stage"
        )

    def _histogram(
        self, name: str, meaning: str, buckets: tuple[float, ...], *labels: str
    ) -> Histogram:
        return Histogram(
            f"appliance_{name}", meaning, labels, buckets=buckets, registry=self.registry
        )

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"appliance_{name}", meaning, labels, registry=self.registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(f"appliance_{name}", meaning, labels, registry=self.registry)


class LanguageModelMetrics:
    """The figures of one language model; implements ``engines.llama.LlamaObserver``."""

    def __init__(self, metrics: Metrics, engine: str) -> None:
        self._metrics = metrics
        self._engine = engine

    def first_token(self, seconds: float) -> None:
        self._metrics.first_token(self._engine, seconds)

    def prompt_tokens(self, *, reused: int, evaluated: int) -> None:
        self._metrics.prompt_tokens(reused=reused, evaluated=evaluated)

    def rate(self, tokens_per_second: float) -> None:
        self._metrics.tokens_per_second(tokens_per_second)

    def queue_wait(self, seconds: float) -> None:
        self._metrics.engine_wait(self._engine, seconds)


def _tasks() -> float:
    """Tasks of the running loop; 0 when asked from outside one."""
    try:
        return float(len(asyncio.all_tasks()))
    except RuntimeError:
        return 0.0
