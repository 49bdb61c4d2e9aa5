"""Whether model files are still what was installed, byte for byte, before an engine loads them.

A file that a bad disk or a broken copy changed loads all the same and then hears or says nonsense,
or takes the process with it. To read all of it at every start takes seconds; so what was read is
remembered by the marks that every change of a file leaves.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import load_catalogue
from appliance.weights.disk import mismatch
from appliance.weights.place import expected, mend

REMEMBERED: Final = "models-checked.json"


def check_whole(names: Iterable[str], models_dir: Path, memory: Path) -> None:
    """Compare the files of installed models, whatever ``memory`` does not know. A model that is not
    there, or is named by its path, is none of this. Blocks. Raises WeightsError."""
    catalogue, known = load_catalogue(), _read(memory)
    seen = dict(known)
    for entry in (catalogue[name] for name in names if name in catalogue):
        folder = entry.folder(models_dir)
        if not folder.is_dir():
            continue
        for name, (size, sha256) in expected(entry, folder).items():
            path = folder / name
            if sha256 is None or known.get(str(path)) == _mark(path, sha256):
                continue
            if fault := mismatch(path, size, sha256):
                raise WeightsError(f"{path}: {fault}; {mend(entry)}")
            seen[str(path)] = _mark(path, sha256)
    if seen != known:
        _write(memory, seen)


def _mark(path: Path, sha256: str) -> list[Any] | None:
    """The change time is the system's own: nobody can set it back."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, sha256]


def _read(memory: Path) -> dict[str, Any]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(memory: Path, seen: dict[str, Any]) -> None:
    """A disk that does not take it costs some seconds at the next start."""
    new = memory.with_name(f".{memory.name}.new")
    with suppress(OSError):
        new.write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")
        new.replace(memory)
