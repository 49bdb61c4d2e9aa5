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
from appliance.weights.catalogue import Catalogue, Kind, ModelEntry, load_catalogue
from appliance.weights.checks import check_model
from appliance.weights.ctranslate2_file import ENCODER, read_ctranslate2
from appliance.weights.disk import mismatch, sha256_of
from appliance.weights.progress import Progress, silent

RECEIPT: Final = "installed.json"


@dataclass(frozen=True, slots=True)
class LocatedModel:
    """A model on this disk that has passed the quick checks."""

    kind: Kind
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
    """Read every file of an installed model and compare; a line per fault, none if all is well."""
    folder = entry.folder(models_dir)
    if not folder.is_dir():
        return [f"{folder}: not installed; fetch it: appliance models install {entry.name}"]
    faults = []
    for name, (size, sha256) in _expected(entry, folder).items():
        if fault := mismatch(folder / name, size, sha256, progress):
            faults.append(f"{folder / name}: {fault}; {mend(entry)}")
    if not faults:
        try:
            check_model(entry.kind, engine_path(entry.kind, folder))
        except WeightsError as error:
            faults.append(error.message)
    return faults


def certainty(entry: ModelEntry, models_dir: Path) -> str:
    """What it means that ``verify`` found no fault: compared with the catalogue, or only with what
    the files were when they were installed."""
    folder = entry.folder(models_dir)
    sums = [file.sha256 for file in entry.kept_files]
    if sums and all(sums):
        return "whole, by the catalogue's checksums"
    if entry.origin and _receipt(entry, folder).get("origin") == entry.origin:
        return "as installed, out of what has the catalogue's checksum"
    return "as installed; that it is the model of this name is not known: no checksum says so"


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


def engine_path(kind: Kind, folder: Path) -> Path:
    """What the engine of ``kind`` is given of a model's ``folder``; WeightsError if not there."""
    if kind not in ("piper", "gguf"):
        return folder
    suffix = ".onnx" if kind == "piper" else ".gguf"
    found = sorted(folder.glob(f"*{suffix}"))
    if len(found) != 1:
        raise WeightsError(
            f"{folder}: one {suffix} file is wanted here, there are {len(found)}; "
            "name the file itself"
        )
    return found[0]


def _looks_like_a_path(text: str) -> bool:
    return "/" in text or text.startswith((".", "~")) or text.endswith((".onnx", ".gguf"))


def detect(path: Path) -> tuple[Kind, Path]:
    """Which engine a path is for, by what lies there, and what that engine is given.

    Raises WeightsError when no model is there.
    """
    if not path.exists():
        raise WeightsError(f"{path}: there is no such file or folder (a model of your own)")
    if path.is_file():
        if path.suffix == ".gguf":
            return "gguf", path
        if path.suffix == ".onnx":
            return "piper", path
        raise WeightsError(f"{path}: a model file ends in .gguf or .onnx; others are folders")
    if (path / "model.bin").exists():
        spec = read_ctranslate2(path / "model.bin").spec
        return ("embedding" if spec == ENCODER else "whisper"), path
    if (path / "am" / "final.mdl").exists() or (path / "final.mdl").exists():
        return "vosk", path
    if any(path.glob("*.onnx")):
        return "piper", engine_path("piper", path)
    if any(path.glob("*.gguf")):
        return "gguf", engine_path("gguf", path)
    raise WeightsError(
        f"{path}: no model is in this folder: Vosk has am/final.mdl, Whisper model.bin, "
        "Piper one .onnx, a language model one .gguf"
    )


def _expected(entry: ModelEntry, folder: Path) -> dict[str, tuple[int | None, str | None]]:
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
    for name, (size, _) in _expected(entry, folder).items():
        if fault := mismatch(folder / name, size, None, silent):
            raise WeightsError(f"{folder / name}: {fault}; {mend(entry)}")
