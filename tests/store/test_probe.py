"""A disk that takes nothing, made for real: no file of this process may grow."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from appliance.store.database import Database
from appliance.store.probe import LEAST_FREE_BYTES, StoreProbe

pytestmark = pytest.mark.unit


@contextmanager
def files_of_at_most(limit: int) -> Iterator[None]:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


class Told:
    """What the figures get."""

    def __init__(self) -> None:
        self.looks: list[tuple[bool, int]] = []

    def __call__(self, written: bool, free: int) -> None:
        self.looks.append((written, free))


def probe(database: Database, folder: Path, told: Told, free: list[int]) -> StoreProbe:
    return StoreProbe(database, folder, told, lambda _: free[0])


async def test_a_disk_that_takes_nothing_is_told_until_it_does_again(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    told = Told()
    looking = probe(database, tmp_path, told, [10**12])
    await looking.look()
    assert looking.faults == ()
    with files_of_at_most(0):
        await looking.look()
        await looking.look()
    assert "the database failed: " in looking.faults[0]
    await looking.look()
    assert looking.faults == ()
    assert [written for written, _ in told.looks] == [True, False, False, True]
    failed, again = (record.getMessage() for record in caplog.records)
    assert f"make room in {tmp_path}" in failed
    assert again == "the disk takes what is written again"


async def test_a_disk_that_is_nearly_full_is_told(database: Database, tmp_path: Path) -> None:
    free = [LEAST_FREE_BYTES - 1]
    looking = probe(database, tmp_path, Told(), free)
    await looking.look()
    assert looking.faults == (f"99 MB are free on the disk of {tmp_path}",)
    free[0] = LEAST_FREE_BYTES
    await looking.look()
    assert looking.faults == ()
