"""What Prometheus is told of the webhooks and of what did not reach the database."""

from __future__ import annotations

from typing import Final, Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

Result = Literal["delivered", "failed", "dead", "dropped"]

_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 60.0)


class WebhookFigures:
    """One object per service."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._results = Counter(
            "appliance_webhook_letters",
            "Attempts delivered and failed; letters set aside as dead, and dropped",
            ("result",),
            registry=registry,
        )
        self._seconds = Histogram(
            "appliance_webhook_attempt_seconds",
            "One attempt, however it ended",
            buckets=_SECONDS,
            registry=registry,
        )
        self._kept = Gauge(
            "appliance_webhook_outbox", "Letters on the disk", ("state",), registry=registry
        )
        for result in ("delivered", "failed", "dead", "dropped"):
            self._results.labels(result)
        self.outbox(0, 0)

    def count(self, result: Result, number: int = 1) -> None:
        """``delivered`` and ``failed`` count attempts, ``dead`` and ``dropped`` letters."""
        self._results.labels(result).inc(number)

    def attempt(self, seconds: float) -> None:
        """How long one took."""
        self._seconds.observe(seconds)

    def outbox(self, waiting: int, dead: int) -> None:
        """How many letters there are."""
        self._kept.labels("waiting").set(waiting)
        self._kept.labels("dead").set(dead)
