"""Putting a model of the catalogue into ``models_dir``: from its sources, or from a local copy.

Work happens in ``models_dir/.NAME.part`` and ends with one rename. Whatever goes wrong before that
leaves an installed model as it was, and of the new one only resumable downloads.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from appliance.errors import WeightsError
from appliance.weights.catalogue import ModelEntry
from appliance.weights.convert import convert
from appliance.weights.disk import FreeSpace, disk_errors, free_space
from appliance.weights.kinds import check_model, engine_path
from appliance.weights.local import take
from appliance.weights.place import verify, write_receipt
from appliance.weights.progress import Progress, Tell, quiet, silent
from appliance.weights.source import fetch
from appliance.weights.staging import Staging


def install(
    entry: ModelEntry,
    models_dir: Path,
    *,
    source: Path | None = None,
    progress: Progress = silent,
    tell: Tell = quiet,
    free: FreeSpace = free_space,
) -> Path:
    """Install ``entry`` and return its folder; at once when it is there with right checksums.

    ``source`` is a file, folder, archive or wheel on this machine to take it from instead of the
    network. Raises WeightsError; then nothing half-written is left. Blocks: for the command line
    alone.
    """
    folder = entry.folder(models_dir)
    if entry.shipped is not None or (source is None and folder.is_dir()):
        faults = verify(entry, models_dir, progress)
        if not faults:
            return folder
        if entry.shipped is not None:
            raise WeightsError(faults[0])
    staging = Staging(entry, models_dir / f".{entry.name}.part", progress, tell, free)
    with disk_errors(models_dir):
        staging.fetched.mkdir(parents=True, exist_ok=True)
    try:
        with disk_errors(staging.root):
            _assemble(staging, source)
        _publish(staging, folder)
    finally:
        staging.tidy()
    return folder


def _assemble(staging: Staging, source: Path | None) -> None:
    """Fill ``staging.model`` with a model that has passed all checks."""
    entry = staging.entry
    for folder in {staging.files, staging.model}:
        staging.folder(folder.name)
    if source is None:
        fetch(staging)
    else:
        take(source, staging)
    convert(staging)
    check_model(entry.kind, engine_path(entry.kind, staging.model))
    write_receipt(staging.model, entry.origin, staging.progress)


def _publish(staging: Staging, folder: Path) -> None:
    if folder.exists():
        folder.rename(staging.root / "old")
    staging.model.rename(folder)
    shutil.rmtree(staging.fetched)
