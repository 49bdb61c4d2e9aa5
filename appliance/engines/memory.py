"""What the C library keeps of memory that the engines have given back to it.

While they load and work, they ask for hundreds of megabytes in pieces of all sizes and free them
again. glibc keeps most of that, in an arena for every two threads: of 1,140 MB after the start of
the service with its own models, 210 were kept for nobody.
"""

from __future__ import annotations

import ctypes
from typing import Final

ARENAS: Final = 2
"""Heaps for all threads together: each keeps room of its own (100 MB less with two; engine threads
seldom ask at the same time)."""
M_ARENA_MAX: Final = -8  # malloc.h

_LIBC: Final = ctypes.CDLL(None)


def share_arenas() -> None:
    """Have threads that are started from now on share ``ARENAS``. Another C library than glibc
    has none: then this does nothing, nor does ``give_back``."""
    if hasattr(_LIBC, "mallopt"):
        _LIBC.mallopt(M_ARENA_MAX, ARENAS)


def give_back() -> None:
    """Give the system all that nobody uses. Takes some milliseconds, in which other threads may
    have to wait for memory: at a quiet time."""
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)
