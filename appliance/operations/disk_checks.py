"""The doctor's look at what the service writes to. Nothing that it writes stays there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import quote

from appliance.config.settings import Settings, env_name
from appliance.operations.check import Check
from appliance.operations.own_service import asked
from appliance.store.database import FILE_NAME

ROOM_MB: Final = 500
"""For logs, recordings and the next model."""
TRIAL_BYTES: Final = 65_536


def check_state_dir(settings: Settings) -> Check:
    """Whether the service may write where it keeps things, tried: there, or where it would be
    made."""
    path = settings.state_dir
    there = _nearest(path)
    mend = _writable()
    if not os.access(there, os.W_OK | os.X_OK):
        detail = f"{there} is not writable for this user"
        return Check("state directory", False, detail, mend)
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(bytes(TRIAL_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return Check("state directory", False, f"{there} takes no file: {error.strerror}", mend)
    note = "writable" if there == path else "will be made"
    return Check("state directory", True, f"{path}: {note}")


def check_room(settings: Settings) -> Check:
    """Free bytes where the state directory lies."""
    free_mb = shutil.disk_usage(_nearest(settings.state_dir)).free // 1_000_000
    ok = free_mb >= ROOM_MB
    mend = "" if ok else f"make room, or set {env_name('state_dir')} to another disk"
    return Check("disk", ok, f"{free_mb} MB free", mend)


def check_database(settings: Settings) -> Check:
    """Whether the database is whole, and what a running service says of it."""
    path = settings.state_dir / FILE_NAME
    if not path.exists():
        return Check("database", True, "made at the first start")
    try:
        uri = f"file:{quote(str(path))}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as database:
            (verdict,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:  # nothing is known of the file itself
        return Check("database", False, f"{path}: {error}", _writable())
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        mend = "put back a backup: appliance backup restore FILE"
        return Check("database", False, f"{path}: {verdict}", mend)
    if faults := _told(settings):
        return Check("database", False, faults, f"make room in {settings.state_dir}")
    return Check("database", True, f"{path}: whole")


def _writable() -> str:
    return f"make room, mount it writable, chown it, or set {env_name('state_dir')}"


def _told(settings: Settings) -> str:
    """What the running service says is wrong with its disk; empty when none runs."""
    try:
        ready = json.loads(asked(settings.http_host, settings.http_port, "/ready") or "{}")
        return "; ".join(ready.get("faults", ()))
    except (ValueError, TypeError, AttributeError):  # another program's answer
        return ""


def _nearest(path: Path) -> Path:
    """The path, or its first parent that exists."""
    while not path.exists() and path != path.parent:
        path = path.parent
    return path
