"""What comes out of a backup is what it is called, or nothing of the backup is put in place.

A checksum tells that a file is the one that was packed, not that the appliance can work with it.
Each is read the way the service will read it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from appliance.agents.ambience import read_ambience
from appliance.bundle.archive import FileFacts
from appliance.config.agents_file import read_agents
from appliance.errors import ArchiveError, SettingsError
from appliance.store.migrate import known_revisions
from appliance.tools.tools_file import check_tools
from appliance.weights.disk import sha256_of
from appliance.weights.progress import Progress


def check_file(key: str, path: Path) -> None:
    """Whether ``path`` can be the file of setting ``key``. Raises SettingsError."""
    FILES_CHECKED[key](path)


def check_database(name: str, path: Path) -> None:
    """Whether it opens, is whole, has the tables of this version or an older one, and does nothing
    by itself. Raises ArchiveError, which calls it ``name``."""
    try:
        with closing(
            sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        ) as database:
            (verdict,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            (active,) = database.execute(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchone()
    except (sqlite3.Error, TypeError) as error:
        raise ArchiveError(f"{name}: no database of the appliance ({error})") from error
    if verdict != "ok":
        raise ArchiveError(f"{name}: damaged ({verdict})")
    if revision not in known_revisions():
        raise ArchiveError(f"{name}: of tables that this version does not know; update first")
    if active:
        raise ArchiveError(f"{name}: has triggers or views, which no database of ours has")


def differs(folder: Path, files: Mapping[str, FileFacts], progress: Progress) -> bool:
    """Whether an installed model is another one than that of a backup, or damaged."""
    for name, facts in files.items():
        path = folder / name
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return True
        if path.stat().st_size != facts.bytes or sha256_of(path, progress) != facts.sha256:
            return True
    return False


def _check_text(path: Path) -> None:
    try:
        words = path.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 text (byte {error.start})") from error
    if not words:
        raise SettingsError(f"{path}: empty")


def _check_sound(path: Path) -> None:
    read_ambience(path, 1.0)


def _check_agents(path: Path) -> None:
    read_agents(path)


FILES_CHECKED: Final[Mapping[str, Callable[[Path], None]]] = {
    "agents_file": _check_agents,
    "tools_file": check_tools,
    "instructions_file": _check_text,
    "ambient_noise_file": _check_sound,
}
"""By the setting; a test compares them with those that a backup packs."""
