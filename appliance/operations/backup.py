"""Backups: what a box has that another one has not, in one checked tar.

That is the settings file and the files it names (agents, tools, a background sound) and the
databases of the state directory, copied by SQLite itself, so that the service may run meanwhile.
Models are named with their checksums and not packed: they are large and can be had again. Secrets
are left out: systemd's credentials and the key of TLS are not touched, and a secret that stands in
one of the files is taken out of the copy. Still a backup holds the site's calls: it is readable for
its owner alone. A key makes a signature beside it, as that of a bundle.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from appliance import __version__
from appliance.bundle.archive import (
    FileFacts,
    Manifest,
    disk_faults,
    read_manifest,
    utc,
    write_archive,
)
from appliance.bundle.signature import sign, signature_of
from appliance.bundle.work_folder import work_folder
from appliance.config.settings import SHIPPED_AGENTS, Settings
from appliance.errors import ArchiveError
from appliance.operations.without_secrets import without_secrets
from appliance.store.database import FILE_NAME
from appliance.weights.place import RECEIPT
from appliance.weights.progress import Progress, silent

PATTERN: Final = "appliance-backup-*.tar"
SETTINGS: Final = "settings.yaml"
FILES: Final = "files/"
"""Before the name of the setting that names the file: ``files/agents_file``."""
STATE: Final = "state/"
YAML_FILES: Final = ("agents_file", "tools_file")
"""Which may hold addresses with tokens."""


class BackupManifest(Manifest):
    """``manifest.json`` of a backup."""

    host: str
    secrets_left_out: tuple[str, ...]
    """Settings that stood in the settings file and are not in the copy."""
    models: dict[str, dict[str, FileFacts]]
    """The installed models, which are not packed, as their own lists of checksums tell."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on this disk."""

    path: Path
    size: int
    """Bytes."""
    manifest: BackupManifest | None
    """None for a file that is no whole backup."""


def default_folder(settings: Settings) -> Path:
    """Where backups lie when nobody says otherwise."""
    return settings.state_dir / "backups"


def create_backup(
    settings: Settings,
    config: Path | None,
    folder: Path,
    host: str,
    *,
    key: Path | None = None,
    keep: int | None = None,
    progress: Progress = silent,
) -> Backup:
    """Write a backup into ``folder``; ``config`` is the settings file, if there is one; ``key``
    signs it.

    With ``keep`` the oldest beyond so many are deleted once the new one is there. Blocks; may run
    beside the service. Raises ArchiveError; then nothing is left and nothing deleted.
    """
    moment = time.time()
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(moment))
    target = folder / f"appliance-backup-{stamp}.tar"
    with disk_faults("make room, or choose another folder with --to"):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with work_folder(target) as work:
            contents: dict[str, Path | bytes] = {}
            secrets: tuple[str, ...] = ()
            if config is not None:
                contents[SETTINGS], secrets = without_secrets(config, settings=True)
            for setting, path in named_files(settings).items():
                contents[f"{FILES}{setting}"], more = _site_file(setting, path)
                secrets += more
            database = settings.state_dir / FILE_NAME
            if database.exists():
                progress(f"copying {database.name}", 0, None)
                contents[f"{STATE}{database.name}"] = _snapshot(database, work)
            header = BackupManifest(
                version=__version__,
                created=utc(moment),
                host=host,
                secrets_left_out=secrets,
                models=_models(settings.models),
            )
            manifest = write_archive(work / "backup", header, contents, progress)
            (work / "backup").chmod(0o600)
            if key is not None:
                progress("signing", 0, None)
                sign(work / "backup", key, work / "signature")
                (work / "signature").replace(signature_of(target))
            (work / "backup").replace(target)
        if keep is not None:
            for path in sorted(folder.glob(PATTERN))[:-keep]:
                path.unlink()
                signature_of(path).unlink(missing_ok=True)
    return Backup(target, target.stat().st_size, manifest)


def list_backups(folder: Path) -> list[Backup]:
    """The backups in ``folder``, oldest first."""
    return [_look(path) for path in sorted(folder.glob(PATTERN))]


def named_files(settings: Settings) -> dict[str, Path]:
    """The files of the site that the settings name, by the setting. They need not be there."""
    values = {key: getattr(settings, key) for key in Settings.model_fields if key.endswith("_file")}
    return {key: path for key, path in values.items() if path not in (None, SHIPPED_AGENTS)}


def _site_file(setting: str, path: Path) -> tuple[Path | bytes, tuple[str, ...]]:
    """What is packed of a file, and the secrets that are not."""
    if not path.is_file():
        raise ArchiveError(f"{path}: the setting {setting} names it, and it is not there")
    if setting not in YAML_FILES:
        return path, ()
    text, secrets = without_secrets(path)
    return text, tuple(f"{setting}: {each}" for each in secrets)


def _snapshot(database: Path, work: Path) -> Path:
    """A consistent copy in one file, whoever writes meanwhile."""
    copy = work / database.name
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(copy)) as target,
        ):
            live.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # nothing beside the file itself
            (verdict,) = target.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        raise ArchiveError(f"{database}: cannot be copied: {error}") from error
    if verdict != "ok":
        raise ArchiveError(f"{database}: damaged ({verdict}); restore an older backup of it")
    return copy


def _models(models_dir: Path) -> dict[str, dict[str, FileFacts]]:
    return {path.parent.name: _receipt(path) for path in sorted(models_dir.glob(f"*/{RECEIPT}"))}


def _receipt(path: Path) -> dict[str, FileFacts]:
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {
            name: FileFacts(sha256=file["sha256"], bytes=file["size"])
            for name, file in files.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{path}: damaged; see: appliance models verify") from error


def _look(path: Path) -> Backup:
    try:
        with path.open("rb") as file:
            manifest = read_manifest(path, file, BackupManifest)
    except (ArchiveError, OSError):
        return Backup(path, path.stat().st_size, None)
    return Backup(path, path.stat().st_size, manifest)
