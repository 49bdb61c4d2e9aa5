"""Keeps glibc from holding memory that nobody uses.

Each thread gets a heap of its own from glibc, up to eight for a core, and a heap keeps what it once
needed at most: loading a model and one long sentence are enough. With an engine on every thread
these leftovers came to half a gigabyte (1.43 GB resident with the real models, 0.94 GB with two
heaps). Elsewhere than on glibc nothing happens.
"""

from __future__ import annotations

import ctypes
from typing import Any, Final

HEAPS: Final = 2
"""Engines allocate little between two steps, so that they hardly wait for each other."""
M_ARENA_MAX: Final = -8  # malloc.h


def share_heaps() -> None:
    """Let all threads share ``HEAPS`` heaps. Call it before the first other thread starts."""
    if mallopt := _libc("mallopt"):
        mallopt(M_ARENA_MAX, HEAPS)


def give_back() -> None:
    """Give the system back what is free in the heaps. Takes milliseconds."""
    if malloc_trim := _libc("malloc_trim"):
        malloc_trim(0)


def _libc(name: str) -> Any:
    """A function of the C library; None where it has none of that name (musl)."""
    return getattr(ctypes.CDLL(None), name, None)
