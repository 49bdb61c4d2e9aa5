"""API keys as values: what they open, and how one is made and recognised.

A key is 32 random bytes, so its plain SHA-256 may be kept: nobody guesses what it was made from,
and a look-up costs no time that an attacker could use.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Final, Literal, get_args

Scope = Literal["control", "services", "read", "metrics"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
MEANINGS: Final[dict[Scope, str]] = {
    "control": "hang up, transfer and place calls",
    "services": "announce calls; recognition, language model, voice and whole conversations",
    "read": "what was said in a call",
    "metrics": "the figures for Prometheus",
}
PREFIX: Final = "appl_"
"""Tells a key that lies about from other secrets."""
NAME: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key that has been handed out; its secret is known to its holder alone."""

    name: str
    digest: str
    """SHA-256 of the secret, as hex digits."""
    scopes: frozenset[Scope]
    created_s: float
    """Seconds since 1970."""


def new_secret() -> str:
    """A secret for a new key."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a ``secret``."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
