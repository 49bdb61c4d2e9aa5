"""What the switchboard answers those who ask about calls: values alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether another call would be answered now."""

    ready: bool
    calls_active: int
    calls_max: int
    reason: str | None = None
    """Why not, when ``ready`` is false: ``starting``, ``full``, ``draining``, ``engine_failed``."""
    faults: tuple[str, ...] = ()
    """What is wrong and no reason to refuse a call: a full disk. A line each."""


@dataclass(frozen=True, slots=True)
class Announced:
    """Who will answer the announced call."""

    sts_url: str | None = None
    """A speech-to-speech service, what is known of the caller in its query; None: we do."""
    override: bool = False
    """Whether a webhook's receiver has chosen it."""
