"""Room, checksums and copies on the disk: what every source of a model file needs alike."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from appliance.errors import WeightsError
from appliance.weights.progress import Progress, silent

BLOCK_BYTES: Final = 1 << 20
SPARE_BYTES: Final = 64 << 20
"""Left free beside a model: a disk that is filled to the last byte stops more than this program."""

FreeSpace = Callable[[Path], int]
"""Bytes free on the disk of an existing folder."""


def free_space(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def need_room(folder: Path, needed: int, free: FreeSpace = free_space) -> None:
    """Raise WeightsError unless ``needed`` bytes, and some to spare, fit on ``folder``'s disk."""
    available = free(folder)
    if available < needed + SPARE_BYTES:
        raise WeightsError(
            f"{folder}: {megabytes(needed + SPARE_BYTES)} are needed and "
            f"{megabytes(available)} are free; "
            "make room, or choose another disk with the setting models_dir",
            code="disk_full",
        )


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Say a full disk or a forbidden folder as WeightsError that names ``path``."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS):
            raise
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise WeightsError(
            f"{error.filename or path}: {error.strerror}; "
            "make room or choose another folder with the setting models_dir",
            code="disk_full" if full else None,
        ) from error


def write_stream(
    source: IO[bytes],
    target: IO[bytes],
    what: str,
    start: int,
    total: int | None,
    progress: Progress,
) -> None:
    """Copy to the end and onto the disk; ``start`` bytes of ``total`` were there before."""
    done = start
    while block := source.read(BLOCK_BYTES):
        target.write(block)
        done += len(block)
        progress(what, done, total)
    target.flush()
    os.fsync(target.fileno())


def copy_file(source: Path, target: Path, progress: Progress, free: FreeSpace = free_space) -> None:
    """Copy one local file, telling progress; WeightsError when there is no room."""
    size = source.stat().st_size
    need_room(target.parent, size, free)
    with disk_errors(target), source.open("rb") as file, target.open("wb") as out:
        write_stream(file, out, f"copying {source.name}", 0, size, progress)
    shutil.copymode(source, target)


def sha256_of(path: Path, progress: Progress = silent, what: str = "") -> str:
    """The checksum of a file in lower-case hexadecimal."""
    digest = hashlib.sha256()
    total = path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
            progress(what or f"checking {path.name}", file.tell(), total)
    return digest.hexdigest()


def must_match(path: Path, size: int | None, sha256: str | None, progress: Progress) -> None:
    """Delete ``path`` and raise WeightsError when it is not what the catalogue tells."""
    fault = mismatch(path, size, sha256, progress)
    if fault:
        path.unlink()
        raise WeightsError(
            f"{path.name}: {fault}; it was deleted. The source has changed or was damaged on the "
            "way: try again, or compare with the maker's page",
            code="checksum_mismatch",
        )


def mismatch(path: Path, size: int | None, sha256: str | None, progress: Progress = silent) -> str:
    """What is different, in a few words; empty when all that is known agrees."""
    if not path.is_file():
        return "missing"
    if size is not None and path.stat().st_size != size:
        return f"{path.stat().st_size} bytes instead of {size}"
    if sha256 is not None and (found := sha256_of(path, progress)) != sha256:
        return f"checksum {found[:16]}... instead of {sha256[:16]}..."
    return ""


def megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB" if count < 1e9 else f"{count / 1e9:.1f} GB"
