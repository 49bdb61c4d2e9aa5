"""A folder to make one file in: beside its target, so that the last step is a rename."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.errors import ArchiveError


@contextmanager
def work_folder(target: Path) -> Iterator[Path]:
    """A private folder beside ``target``, empty; gone afterwards.

    What a killed run has left in it is removed first. Raises ArchiveError while another run is
    making ``target``: a lock on the folder, which ends with its process, tells the two apart.
    """
    work = target.with_name(f".{target.name}.work")
    work.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(work, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(lock, target)
        work.chmod(0o700)
        for left in work.iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        try:
            yield work
        finally:
            shutil.rmtree(work)
    finally:
        os.close(lock)


def _lock(folder: int, target: Path) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArchiveError(
            f"{target}: another run is making it; wait until that has ended, or give another name"
        ) from error
