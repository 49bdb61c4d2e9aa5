"""Which engine a model is for, by what lies in its folder, and what that engine is given."""

from __future__ import annotations

from pathlib import Path

from appliance.errors import WeightsError
from appliance.weights.catalogue import Kind
from appliance.weights.ctranslate2_file import ENCODER, read_ctranslate2


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
