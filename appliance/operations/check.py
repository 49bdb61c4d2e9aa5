"""What one look of the doctor's found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """What one look found."""

    name: str
    ok: bool
    detail: str
    mend: str = ""
    """A command or setting, when something is wrong."""
