"""Figures of a measurement: quantiles, and the conditions without which they mean nothing."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from appliance import __version__
from appliance.config.settings import Settings
from appliance.metrics import STAGES


@dataclass(frozen=True, slots=True)
class Spread:
    """How a figure was distributed. Milliseconds."""

    count: int
    p50_ms: float
    p95_ms: float
    max_ms: float


def spread(seconds: Iterable[float | None]) -> Spread | None:
    """Quantiles (linear between neighbours) of what was measured; None when nothing was."""
    known = [1000.0 * value for value in seconds if value is not None]
    if not known:
        return None
    p50, p95 = np.percentile(known, [50, 95])
    return Spread(len(known), round(float(p50), 1), round(float(p95), 1), round(max(known), 1))


@dataclass(frozen=True, slots=True)
class Conditions:
    """Where and with what a measurement was taken."""

    version: str
    python: str
    processor: str
    cores: int
    """Those this process may use."""
    load_average_before: float
    """Of the last minute: above 0, something else was running."""
    models: tuple[str, ...]
    """Those that worked, as whoever loaded them tells: recogniser, language model and voice of a
    service's default agent, or the one model that was measured."""
    settings: dict[str, str]
    """Empty where somebody else has started the service."""

    def of_service(self, exposition: Exposition, *, own: bool) -> Conditions:
        """The same for a service that tells its models itself; ``own``: started with our
        settings."""
        models = exposition.default_agent_models()
        return replace(self, models=models, settings=self.settings if own else {})


CHOICES: Final = (
    "asr_threads",
    "tts_threads",
    "llm_lanes",
    "llm_threads",
    "llm_context_tokens",
    "max_calls",
)
"""Settings that change figures."""


def conditions(settings: Settings, models: Sequence[str] = ()) -> Conditions:
    """The present ones; take them before the measurement."""
    return Conditions(
        version=__version__,
        python=platform.python_version(),
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        load_average_before=round(os.getloadavg()[0], 2),
        models=tuple(models),
        settings={key: str(getattr(settings, key)) for key in CHOICES},
    )


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


@dataclass(frozen=True, slots=True)
class ProcessState:
    """What a process holds, from /proc: the things a leak shows in."""

    rss_mb: float
    peak_mb: float
    threads: int
    files: int


def process_state(pid: int) -> ProcessState:
    """Raises OSError when the process is gone."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    fields = dict(re.findall(r"^(\w+):\s*(\d+)", status, re.MULTILINE))
    return ProcessState(
        rss_mb=round(int(fields["VmRSS"]) / 1024, 1),
        peak_mb=round(int(fields["VmHWM"]) / 1024, 1),
        threads=int(fields["Threads"]),
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
    )


class Exposition:
    """A Prometheus exposition as a measurement reads it: totals, and quantiles of histograms."""

    def __init__(self, text: str) -> None:
        from prometheus_client.parser import text_string_to_metric_families

        self._samples = [
            (sample.name, sample.labels, sample.value)
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        ]

    def total(self, name: str, **labels: str) -> float:
        """The sum of all samples of this name that carry these labels; 0 when there are none."""
        return sum(
            value
            for found, carried, value in self._samples
            if found == name and labels.items() <= carried.items()
        )

    def default_agent_models(self) -> tuple[str, ...]:
        """What the service's default agent hears, thinks and speaks with."""
        for found, labels, _ in self._samples:
            if found == "appliance_agent_info" and labels["default"] == "true":
                return tuple(labels[stage] for stage in STAGES)
        return ("not told by this service",)

    def buckets(self, name: str) -> dict[float, float]:
        """Upper bound -> how many values lie at or below it, over all labels."""
        counts: dict[float, float] = {}
        for found, labels, value in self._samples:
            if found == f"{name}_bucket":
                bound = float(labels["le"])
                counts[bound] = counts.get(bound, 0.0) + value
        return counts


def bucket_quantile(
    before: dict[float, float], after: dict[float, float], quantile: float
) -> float | None:
    """An upper limit of a quantile of what was observed in between: the bound of its bucket.

    Infinite when it lies above the last bound; None when nothing was observed.
    """
    gained = {bound: count - before.get(bound, 0.0) for bound, count in sorted(after.items())}
    total = max(gained.values(), default=0.0)
    if total == 0:
        return None
    return next(bound for bound, count in gained.items() if count >= quantile * total)


def middle(values: Sequence[float]) -> float | None:
    """The median; None of nothing."""
    return round(float(np.median(values)), 1) if values else None
