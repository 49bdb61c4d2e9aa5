"""The folder in which one model is put together, ``models_dir/.NAME.part``.

Whatever goes wrong, an installed model stays as it was; of the new one, only downloads that the
next run can go on with are left.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from appliance.weights.catalogue import ModelEntry
from appliance.weights.disk import FreeSpace, free_space, megabytes, need_room
from appliance.weights.progress import Progress, Tell, quiet, silent


@dataclass(frozen=True, slots=True)
class Staging:
    """One model on its way."""

    entry: ModelEntry
    root: Path
    progress: Progress = silent
    tell: Tell = quiet
    free: FreeSpace = free_space

    @property
    def fetched(self) -> Path:
        """Downloads from the model's home: kept for the next run when this one fails."""
        return self.root / "fetched"

    @property
    def files(self) -> Path:
        """Where the entry's files are gathered: the model itself, or what it is converted from."""
        return self.root / "originals" if self.entry.convert else self.model

    @property
    def model(self) -> Path:
        """What becomes the model's folder."""
        return self.root / "model"

    def folder(self, name: str) -> Path:
        """An empty folder of this name."""
        folder = self.root / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder

    def target(self, path: str) -> Path:
        """Where the file ``path`` of the model goes; its folder exists."""
        target = self.files / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def need_room(self, source: int, *, fetch: int = 0, have: int = 0) -> None:
        """See that there is room, and say how much is fetched and taken at the most.

        ``source`` are the bytes that lie here besides the finished files, ``fetch`` those that are
        still to come; ``have`` lie here already. Raises WeightsError.
        """
        entry = self.entry
        files = entry.files_size or entry.size
        at_once = source + files + (entry.convert.size if entry.convert else 0)
        need_room(self.root, at_once - have, self.free)
        if fetch:
            self.tell(f"{megabytes(fetch)} to fetch, {megabytes(at_once)} of disk at the most")

    def kept(self) -> int:
        """Bytes of downloads, whole or not, that lie here."""
        return sum(path.stat().st_size for path in self.fetched.iterdir())

    def tidy(self) -> None:
        """Remove everything but downloads that the next run can use."""
        keep = self.fetched.is_dir() and any(self.fetched.iterdir())
        for path in self.root.iterdir():
            if path == self.fetched and keep:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
        if not keep:
            self.root.rmdir()
