"""Bringing a backup back: all of it is checked and laid beside its targets before one is replaced.

It goes where this host's own settings say (``own_places.py``), never where the backup says, and
each file is read as what it is first (``backup_contents.py``).

What was there before stays beside it under a name of its own, so a restore can be taken back by
hand; if one of the renames fails, those before it are undone.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from packaging.version import Version
from ruamel.yaml.error import YAMLError

from appliance import __version__
from appliance.bundle.archive import check_archive, disk_faults, extract
from appliance.bundle.signature import check_signature, signature_of
from appliance.config.settings import SYSTEM_CONFIG, Settings, config_path, read_settings
from appliance.errors import ArchiveError, SettingsError
from appliance.operations.backup import FILES, SETTINGS, STATE, BackupManifest, named_files
from appliance.operations.backup_contents import check_database, check_file, differs
from appliance.operations.own_places import OwnPlaces, own_places, with_own_places
from appliance.operations.own_service import appliance_answers
from appliance.store.database import FILE_NAME
from appliance.weights.progress import Progress, silent

BESIDE_A_DATABASE: Final = ("-wal", "-shm")
"""SQLite's own files belong to the database they lie beside, and move with it."""
STOP: Final = "stop the service first: systemctl stop appliance"


@dataclass(frozen=True, slots=True)
class Replaced:
    """One file that came back."""

    path: Path
    kept: Path | None
    """Where the one before it lies now; None when there was none."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did, and what is left to do by hand."""

    files: tuple[Replaced, ...]
    missing_models: tuple[str, ...]
    secrets: tuple[str, ...]
    """Settings that the backup left out."""
    places: tuple[str, ...]
    """Settings of places that it names and this host has none for."""
    other_models: tuple[str, ...]
    """Installed, and not what they were where the backup was made."""
    unchecked: bool
    """A signature lies beside it, and nobody said who may sign."""


def restore_backup(
    backup: Path,
    config: Path | None,
    progress: Progress = silent,
    *,
    signers: Path | None = None,
) -> Restored:
    """Put the contents of ``backup`` where this host's settings say; ``config`` is where they are
    themselves, by default where they are looked for. With ``signers`` it must be signed by one.

    Raises ArchiveError, and then nothing has changed: a damaged or unsigned backup, one of a newer
    appliance, a service that runs, contents that are not what they are called.
    """
    try:
        file = backup.open("rb")
    except OSError as error:
        raise ArchiveError(f"{backup}: cannot be read: {error.strerror}") from error
    with file, ExitStack() as staged, disk_faults("nothing was changed; make room, or become root"):
        if signers is not None:
            check_signature(file, backup, signers)
        manifest = check_archive(backup, file, BackupManifest, progress)
        _must_not_be_newer(backup, manifest)
        own = own_places(config or config_path() or SYSTEM_CONFIG)
        stage = _Stage(backup, file, own, staged)
        settings = stage.settings(manifest)
        stage.rest(manifest, settings)
        _must_be_stopped(own.settings, stage.targets)
        missing, other = _models(manifest, settings, progress)
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        replaced = _replace(stage.targets, f".before-restore-{stamp}")
    return Restored(
        tuple(replaced),
        missing,
        manifest.secrets_left_out,
        stage.dropped,
        other,
        signers is None and signature_of(backup).exists(),
    )


class _Stage:
    """The files of one backup, each unpacked beside the target it shall become."""

    def __init__(self, backup: Path, file: IO[bytes], own: OwnPlaces, staged: ExitStack) -> None:
        self._backup = backup
        self._file = file
        self._own = own
        self._staged = staged
        self.targets: dict[Path, Path] = {}
        """Where it lies now, by where it shall lie."""
        self.dropped: tuple[str, ...] = ()
        """Settings of places that this host has none for."""

    def settings(self, manifest: BackupManifest) -> Settings:
        """The settings that will hold after the restore."""
        if SETTINGS not in manifest.files:
            return self._own.settings
        packed = [name.removeprefix(FILES) for name in manifest.files if name.startswith(FILES)]
        new = self._unpack(SETTINGS, self._own.file, 0o640)
        with self._taken(SETTINGS, new):
            try:
                text, self.dropped = with_own_places(new.read_bytes(), self._own, packed)
            except YAMLError as error:
                raise SettingsError(f"{new}: no YAML") from error
            new.write_bytes(text)
            return read_settings(new)

    def rest(self, manifest: BackupManifest, settings: Settings) -> None:
        """The files that the settings name, and the database."""
        files = named_files(settings)
        for name in manifest.files:
            key = name.removeprefix(FILES)
            if name == SETTINGS:
                continue
            if name == f"{STATE}{FILE_NAME}":
                new = self._unpack(name, settings.state_dir / FILE_NAME, 0o600)
                check_database(f"{self._backup}: {name}", new)
            elif name.startswith(FILES) and key in files:
                new = self._unpack(name, files[key], 0o640)
                with self._taken(name, new):
                    check_file(key, new)
            else:
                raise ArchiveError(
                    f"{self._backup}: {name}: there is no place for it here; refused"
                )

    @contextmanager
    def _taken(self, name: str, new: Path) -> Iterator[None]:
        """Say what this version does not take, by its name in the backup."""
        try:
            yield
        except SettingsError as error:
            told = error.message.replace(str(new), name)
            raise ArchiveError(
                f"{self._backup}: this version does not take its {name}; nothing was changed\n"
                f"{told}"
            ) from error

    def _unpack(self, name: str, target: Path, mode: int) -> Path:
        """Beside the target, where others may write too: never through a link of theirs."""
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".restore.{target.name}")
        self._staged.callback(new.unlink, missing_ok=True)
        extract(self._backup, self._file, name, new)
        there = target.exists()
        like = (target if there else target.parent).stat()
        number = os.open(new, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            os.fchmod(number, like.st_mode & 0o777 if there else mode)
            if os.geteuid() == 0:
                os.fchown(number, like.st_uid, like.st_gid)
        finally:
            os.close(number)
        self.targets[target] = new
        return new


def _models(
    manifest: BackupManifest, settings: Settings, progress: Progress
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Models of the backup that are not installed here, and those that are others here."""
    names = [name for name in manifest.models if name not in ("", ".", "..") and "/" not in name]
    missing = [name for name in names if not (settings.models / name).is_dir()]
    others = [
        name
        for name in names
        if name not in missing and differs(settings.models / name, manifest.models[name], progress)
    ]
    return tuple(missing), tuple(others)


def _must_not_be_newer(backup: Path, manifest: BackupManifest) -> None:
    if Version(manifest.version) > Version(__version__):
        raise ArchiveError(
            f"{backup}: made by appliance {manifest.version}, this is {__version__}; update first"
        )


def _must_be_stopped(settings: Settings, targets: dict[Path, Path]) -> None:
    if appliance_answers(settings.http_host, settings.http_port):
        raise ArchiveError(
            f"the appliance is running (it answers on {settings.http_host}:{settings.http_port}); "
            f"nothing was changed; {STOP}"
        )
    for target in targets:
        if target.suffix == ".sqlite3" and target.exists() and _in_use(target):
            raise ArchiveError(f"{target}: a program has it open; nothing was changed; {STOP}")


def _in_use(database: Path) -> bool:
    """Whether another connection, even an idle one, keeps it from being locked for us alone."""
    uri = f"file:{quote(str(database))}?mode=rw"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=0, isolation_level=None)) as ours:
            ours.execute("PRAGMA locking_mode = EXCLUSIVE")
            ours.execute("BEGIN EXCLUSIVE")
            ours.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:  # a broken one is what a restore is for
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
    return False


def _replace(targets: dict[Path, Path], suffix: str) -> list[Replaced]:
    """Move the old files aside and the new ones in; all of it or, when a rename fails, nothing."""
    replaced = []
    with ExitStack() as undo:
        for target, new in targets.items():
            kept = target.with_name(target.name + suffix)
            there = target.exists()
            for end in ("", *BESIDE_A_DATABASE):
                old = target.with_name(target.name + end)
                if old.exists():
                    old.rename(kept.with_name(kept.name + end))
                    undo.callback(kept.with_name(kept.name + end).replace, old)
            new.rename(target)
            undo.callback(target.rename, new)
            replaced.append(Replaced(target, kept if there else None))
        undo.pop_all()
    return replaced
