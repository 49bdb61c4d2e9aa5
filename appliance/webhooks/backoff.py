"""How long to wait before a letter is sent again. Pure."""

from __future__ import annotations

from typing import Final

FIRST_S: Final = 0.5
MOST_S: Final = 300.0
JITTER: Final = 0.25
"""Either way: so that the letters of calls that failed together do not come back together."""


def delay_s(failures: int, chance: float) -> float:
    """Seconds after the ``failures``-th failure (from 1): 0.5, 1, 2, 4 ... at most 300, give or
    take a quarter by ``chance`` (0 to 1)."""
    plain = min(MOST_S, FIRST_S * 2.0 ** (failures - 1))
    return plain * (1.0 + JITTER * (2.0 * chance - 1.0))
