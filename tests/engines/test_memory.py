"""Freed memory goes back to the system, also where a bit behind it is still in use."""

from __future__ import annotations

import ctypes
import os

import pytest

from appliance.engines.memory import give_back, share_arenas

pytestmark = pytest.mark.unit

PIECES, PIECE_BYTES = 2000, 60_000  # 120 MB, in pieces for which no mapping of their own is made


def resident_mb() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_what_was_freed_below_something_in_use_is_given_back() -> None:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    pieces = [ctypes.c_void_p(libc.malloc(PIECE_BYTES)) for _ in range(PIECES)]
    for piece in pieces:
        ctypes.memset(piece, 1, PIECE_BYTES)
    for piece in pieces[:-1]:
        libc.free(piece)
    kept_mb = resident_mb()
    give_back()
    assert kept_mb - resident_mb() > 100.0
    libc.free(pieces[-1])


def test_arenas_can_be_shared_more_than_once() -> None:
    share_arenas()
    share_arenas()
