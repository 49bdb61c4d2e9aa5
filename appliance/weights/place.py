"""Where installed models lie, and what is known of their files.

A model is one folder ``models_dir/NAME``. It appears by one rename when everything in it has been
checked, so that a folder that is there is whole; ``installed.json`` beside its files keeps the
sizes and checksums as they were then, which is how later damage is found in models without a
published checksum.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import Catalogue, ModelEntry, load_catalogue
from appliance.weights.claim import claim_fault
from appliance.weights.disk import mismatch, sha256_of
from appliance.weights.kinds import check_model, detect, engine_path
from appliance.weights.progress import Progress, silent

RECEIPT: Final = "installed.json"


@dataclass(frozen=True, slots=True)
class LocatedModel:
    """A model on this disk that has passed the quick checks."""

    kind: str
    """Of ``kinds.KINDS``."""
    path: Path
    """What its engine is given: a folder (vosk, whisper), the .onnx (piper), the .gguf (gguf)."""
    entry: ModelEntry | None
    """None for a model outside the catalogue."""


def locate(name_or_path: str, models_dir: Path, catalogue: Catalogue | None = None) -> LocatedModel:
    """The files behind a catalogue's name or a path, checked as far as that is quick.

    Raises WeightsError: an unknown name (with the nearest one), a model that is not installed (with
    the command), a path of no known kind, or files that an engine could not load.
    """
    catalogue = load_catalogue() if catalogue is None else catalogue
    if name_or_path not in catalogue and _looks_like_a_path(name_or_path):
        path = Path(name_or_path).expanduser()
        located = LocatedModel(*detect(path), entry=None)
    else:
        entry = catalogue.find(name_or_path)
        folder = entry.folder(models_dir)
        if not folder.is_dir():
            raise WeightsError(
                f"{folder}: the model {entry.name} is not installed; "
                f"fetch it: appliance models install {entry.name}",
                code="model_missing",
            )
        _check_sizes(entry, folder)
        located = LocatedModel(entry.kind, engine_path(entry.kind, folder), entry)
    check_model(located.kind, located.path)
    return located


def is_installed(entry: ModelEntry, models_dir: Path) -> bool:
    """Whether the model's folder is there (shipped ones always are)."""
    return entry.folder(models_dir).is_dir()


def verify(entry: ModelEntry, models_dir: Path, progress: Progress = silent) -> list[str]:
    """Read every file of an installed model and compare; a line per fault, none if all is well.

    What all was well compared with is told by ``certainty``.
    """
    folder = entry.folder(models_dir)
    if not folder.is_dir():
        return [f"{folder}: not installed; fetch it: appliance models install {entry.name}"]
    known = expected(entry, folder)
    if not known:
        return [
            f"{folder / RECEIPT}: missing, so that nothing is known of the files; {mend(entry)}"
        ]
    faults = []
    for name, (size, sha256) in known.items():
        if fault := mismatch(folder / name, size, sha256, progress):
            faults.append(f"{folder / name}: {fault}; {mend(entry)}")
    return faults or _content_faults(entry, folder)


def _content_faults(entry: ModelEntry, folder: Path) -> list[str]:
    """What is wrong with files that are as they were: not loadable, or another model."""
    try:
        if _listed(entry) or _made_of_listed(entry, folder):
            check_model(entry.kind, engine_path(entry.kind, folder))
        elif fault := claim_fault(entry, folder):
            return [f"{folder}: {fault}; {mend(entry)}"]
    except WeightsError as error:
        return [error.message]
    return []


def certainty(entry: ModelEntry, models_dir: Path) -> str:
    """What it means that ``verify`` found no fault: compared with the catalogue, or only with what
    the files were when they were installed."""
    if _listed(entry):
        return "whole, by the catalogue's checksums"
    if _made_of_listed(entry, entry.folder(models_dir)):
        return "as it was made here, out of what has the catalogue's checksum"
    return (
        f"as installed; whether it is {entry.name} is not known, it was not compared with a "
        "checksum of the catalogue"
    )


def _listed(entry: ModelEntry) -> bool:
    """Whether the catalogue knows the checksum of each file that lies there."""
    return bool(entry.kept_files) and all(file.sha256 for file in entry.kept_files)


def _made_of_listed(entry: ModelEntry, folder: Path) -> bool:
    """Whether the catalogue knows the checksum of what the files were made of."""
    return bool(entry.origin) and _receipt(entry, folder).get("origin") == entry.origin


def write_receipt(folder: Path, origin: Mapping[str, str], progress: Progress = silent) -> None:
    """Keep what the files of a freshly filled ``folder`` are, and checksums of what they are from
    (``ModelEntry.origin``)."""
    files = {
        path.relative_to(folder).as_posix(): {
            "size": path.stat().st_size,
            "sha256": sha256_of(path, progress),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    receipt = {"files": files, "origin": dict(origin)}
    (folder / RECEIPT).write_text(json.dumps(receipt, indent=1) + "\n", encoding="utf-8")


def mend(entry: ModelEntry) -> str:
    """What an operator does about a damaged model."""
    if entry.shipped is not None:
        return (
            "it came with the appliance: install the appliance again (in a checkout: git restore)"
        )
    return f"fetch it again: appliance models install {entry.name}"


def _looks_like_a_path(text: str) -> bool:
    return "/" in text or text.startswith((".", "~")) or text.endswith((".onnx", ".gguf"))


def expected(entry: ModelEntry, folder: Path) -> dict[str, tuple[int | None, str | None]]:
    """Size and checksum by file: the catalogue's, where it tells none those of the installation."""
    try:
        files = _receipt(entry, folder).get("files", {})
        known = {name: (file["size"], file["sha256"]) for name, file in files.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{folder / RECEIPT}: damaged; {mend(entry)}") from error
    for file in entry.kept_files:
        size, sha256 = known.get(file.path, (None, None))
        known[file.path] = (file.size or size, file.sha256 or sha256)
    return known


def _receipt(entry: ModelEntry, folder: Path) -> dict[str, Any]:
    """What ``write_receipt`` wrote; empty when there is none."""
    receipt = folder / RECEIPT
    if not receipt.is_file():
        return {}
    try:
        content = json.loads(receipt.read_text(encoding="utf-8"))
        return {"files": content["files"], "origin": content.get("origin", {})}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{receipt}: damaged; {mend(entry)}") from error


def _check_sizes(entry: ModelEntry, folder: Path) -> None:
    for name, (size, _) in expected(entry, folder).items():
        if fault := mismatch(folder / name, size, None, silent):
            raise WeightsError(f"{folder / name}: {fault}; {mend(entry)}")
