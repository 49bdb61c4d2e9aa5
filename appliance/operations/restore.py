"""Bringing a backup back: all of it is checked and laid beside its targets before one is replaced.

What was there before stays beside it under a name of its own, so a restore can be taken back by
hand; if one of the renames fails, those before it are undone.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from packaging.version import Version

from appliance import __version__
from appliance.bundle.archive import check_archive, disk_faults, extract
from appliance.config.settings import SYSTEM_CONFIG, Settings, config_path, read_settings
from appliance.errors import ArchiveError, SettingsError
from appliance.operations.backup import FILES, SETTINGS, STATE, BackupManifest, named_files
from appliance.operations.doctor import appliance_answers
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


def restore_backup(backup: Path, config: Path | None, progress: Progress = silent) -> Restored:
    """Put the contents of ``backup`` where the settings in it say; ``config`` is where they go
    themselves, by default where they are looked for.

    Raises ArchiveError or SettingsError, and then nothing has changed: a damaged backup, one of a
    newer appliance, a service that runs, settings that this version does not take.
    """
    try:
        file = backup.open("rb")
    except OSError as error:
        raise ArchiveError(f"{backup}: cannot be read: {error.strerror}") from error
    with file, ExitStack() as staged, disk_faults("nothing was changed; make room, or become root"):
        manifest = check_archive(backup, file, BackupManifest, progress)
        _must_not_be_newer(backup, manifest)
        places = _Places(backup, file, staged)
        settings = places.stage_settings(manifest, config)
        places.stage_rest(manifest, settings)
        _must_be_stopped(settings, places.targets)
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        replaced = _replace(places.targets, f".before-restore-{stamp}")
    missing = [name for name in manifest.models if not (settings.models / name).is_dir()]
    return Restored(tuple(replaced), tuple(missing), manifest.secrets_left_out)


class _Places:
    """The files of one backup, each unpacked beside the target it shall become."""

    def __init__(self, backup: Path, file: IO[bytes], staged: ExitStack) -> None:
        self._backup = backup
        self._file = file
        self._staged = staged
        self.targets: dict[Path, Path] = {}
        """Where it lies now, by where it shall lie."""

    def stage_settings(self, manifest: BackupManifest, config: Path | None) -> Settings:
        """The settings that will hold after the restore."""
        if SETTINGS not in manifest.files:
            return read_settings(config)
        target = config or config_path() or SYSTEM_CONFIG
        new = self._stage(SETTINGS, target, 0o640)
        try:
            return read_settings(new)
        except SettingsError as error:
            told = error.message.replace(str(new), SETTINGS)
            raise ArchiveError(
                f"{self._backup}: this version does not take its settings; nothing was changed\n"
                f"{told}"
            ) from error

    def stage_rest(self, manifest: BackupManifest, settings: Settings) -> None:
        """The files that the settings name, and the databases."""
        files = named_files(settings)
        for name in manifest.files:
            if name.startswith(FILES) and (target := files.get(name.removeprefix(FILES))):
                self._stage(name, target, 0o640)
            elif name.startswith(STATE):
                self._stage(name, settings.state_dir / Path(name).name, 0o600)

    def _stage(self, name: str, target: Path, mode: int) -> Path:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_name(f".{target.name}.restore")
        self._staged.callback(new.unlink, missing_ok=True)
        extract(self._backup, self._file, name, new)
        like = target if target.exists() else target.parent
        new.chmod(like.stat().st_mode & 0o777 if like == target else mode)
        if os.geteuid() == 0:
            os.chown(new, like.stat().st_uid, like.stat().st_gid)
        self.targets[target] = new
        return new


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
