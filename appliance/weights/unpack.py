"""Unpacking a model's archive without letting it write outside its own folder.

An archive is input from a stranger even when its checksum is right. Names that are absolute, climb
out with ``..`` or stand for links and devices are refused before the first byte is written.
"""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO

from appliance.errors import WeightsError
from appliance.weights.disk import BLOCK_BYTES, FreeSpace, disk_errors, free_space, need_room
from appliance.weights.progress import Progress, silent


def is_archive(path: Path) -> bool:
    """Whether ``path`` is a zip or tar file (a wheel is a zip)."""
    return path.is_file() and (zipfile.is_zipfile(path) or tarfile.is_tarfile(path))


def unpack(
    archive: Path, folder: Path, *, progress: Progress = silent, free: FreeSpace = free_space
) -> None:
    """Unpack a zip or tar into the existing ``folder``.

    Raises WeightsError when it is damaged, would write elsewhere, or does not fit on the disk.
    """
    try:
        if zipfile.is_zipfile(archive):
            _unpack_zip(archive, folder, progress, free)
        else:
            _unpack_tar(archive, folder, progress, free)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError) as error:
        raise WeightsError(f"{archive}: damaged archive: {error}") from error


def _unpack_zip(archive: Path, folder: Path, progress: Progress, free: FreeSpace) -> None:
    with zipfile.ZipFile(archive) as file:
        members = [member for member in file.infolist() if not member.is_dir()]
        total = sum(member.file_size for member in members)
        targets = [_target(archive, folder, member.filename) for member in members]
        need_room(folder, total, free)
        done = 0
        for member, target in zip(members, targets, strict=True):
            with file.open(member) as source:
                done = _write(source, target, f"unpacking {archive.name}", done, total, progress)


def _unpack_tar(archive: Path, folder: Path, progress: Progress, free: FreeSpace) -> None:
    with tarfile.open(archive) as file:
        members = [member for member in file.getmembers() if not member.isdir()]
        odd = [member.name for member in members if not member.isfile()]
        if odd:
            raise WeightsError(f"{archive}: holds a link or a device ({odd[0]}), which is refused")
        total = sum(member.size for member in members)
        targets = [_target(archive, folder, member.name) for member in members]
        need_room(folder, total, free)
        done = 0
        for member, target in zip(members, targets, strict=True):
            source = file.extractfile(member)
            assert source is not None  # a plain file, see above
            done = _write(source, target, f"unpacking {archive.name}", done, total, progress)


def stay_inside(archive: str, name: str) -> PurePosixPath:
    """The name of a member as a relative path; WeightsError when it would lead elsewhere."""
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or ":" in (parts.parts or ("",))[0]:
        raise WeightsError(f"{archive}: would write outside its folder ({name}), which is refused")
    return parts


def _target(archive: Path, folder: Path, name: str) -> Path:
    return folder / stay_inside(str(archive), name)


def _write(
    source: IO[bytes], target: Path, what: str, done: int, total: int, progress: Progress
) -> int:
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            while block := source.read(BLOCK_BYTES):
                out.write(block)
                done += len(block)
                progress(what, done, total)
    return done
