"""The engine kinds: one table of how a model of each is recognised, checked and loaded.

A new engine is one file in ``engines/`` and one row here. Which kind a model is shows in its files;
what its engine is given is a folder, or the one file in it with the kind's suffix.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from appliance.errors import WeightsError
from appliance.weights.checks import (
    check_gguf,
    check_piper_voice,
    check_sentence_encoder,
    check_whisper_directory,
)
from appliance.weights.ctranslate2_file import ENCODER, read_ctranslate2
from appliance.weights.vosk_layout import check_vosk_directory

Role = Literal["recognizer", "language_model", "voice", "sentences"]


@dataclass(frozen=True, slots=True)
class EngineKind:
    """One row."""

    name: str
    """In the catalogue (``kind``), in messages and in metrics."""
    role: Role
    engine: str
    """``module:Class``, imported when a model of it is loaded; language models have no ``load``."""
    check: Callable[[Path], None]
    """Raises WeightsError for files that the engine could not load."""
    holds: Callable[[Path], bool]
    """Whether a folder holds such a model."""
    shows_as: str
    """How a person recognises one."""
    suffix: str = ""
    """Of the file that the engine is given; empty: it is given the folder."""


def _is_ctranslate2(path: Path, *, encoder: bool) -> bool:
    model = path / "model.bin"
    return model.exists() and (read_ctranslate2(model).spec == ENCODER) == encoder


def _rows(*rows: EngineKind) -> dict[str, EngineKind]:
    return {row.name: row for row in rows}


KINDS: Final = _rows(
    EngineKind(
        name="whisper",
        role="recognizer",
        engine="appliance.engines.whisper:WhisperRecognizer",
        check=check_whisper_directory,
        holds=lambda path: _is_ctranslate2(path, encoder=False),
        shows_as="Whisper model.bin",
    ),
    EngineKind(
        name="embedding",
        role="sentences",
        engine="appliance.engines.sentences:SentenceEncoder",
        check=check_sentence_encoder,
        holds=lambda path: _is_ctranslate2(path, encoder=True),
        shows_as="an encoder of sentences model.bin",
    ),
    EngineKind(
        name="vosk",
        role="recognizer",
        engine="appliance.engines.vosk:VoskRecognizer",
        check=check_vosk_directory,
        holds=lambda path: (path / "am" / "final.mdl").exists() or (path / "final.mdl").exists(),
        shows_as="Vosk am/final.mdl",
    ),
    EngineKind(
        name="piper",
        role="voice",
        engine="appliance.engines.piper:PiperSynthesizer",
        check=check_piper_voice,
        holds=lambda path: any(path.glob("*.onnx")),
        shows_as="Piper one .onnx",
        suffix=".onnx",
    ),
    EngineKind(
        name="gguf",
        role="language_model",
        engine="appliance.engines.llama:Llama",
        check=check_gguf,
        holds=lambda path: any(path.glob("*.gguf")),
        shows_as="a language model one .gguf",
        suffix=".gguf",
    ),
)


def check_model(kind: str, path: Path) -> None:
    """Check what an engine of ``kind`` would be given: a folder, or the file with its suffix."""
    KINDS[kind].check(path)


def of_role(role: Role) -> list[str]:
    """The kinds that do this work."""
    return [kind.name for kind in KINDS.values() if kind.role == role]


def detect(path: Path) -> tuple[str, Path]:
    """Which kind a path is of, by what lies there, and what that engine is given.

    Raises WeightsError when no model is there.
    """
    if not path.exists():
        raise WeightsError(f"{path}: there is no such file or folder (a model of your own)")
    if path.is_file():
        for kind in KINDS.values():
            if kind.suffix and path.suffix == kind.suffix:
                return kind.name, path
        raise WeightsError(f"{path}: a model file ends in .gguf or .onnx; others are folders")
    for kind in KINDS.values():
        if kind.holds(path):
            return kind.name, engine_path(kind.name, path)
    shown = ", ".join(kind.shows_as for kind in KINDS.values())
    raise WeightsError(f"{path}: no model is in this folder: {shown}")


def engine_path(kind: str, folder: Path) -> Path:
    """What the engine of ``kind`` is given of a model's ``folder``; WeightsError if not there."""
    suffix = KINDS[kind].suffix
    if not suffix:
        return folder
    found = sorted(folder.glob(f"*{suffix}"))
    if len(found) != 1:
        raise WeightsError(
            f"{folder}: one {suffix} file is wanted here, there are {len(found)}; "
            "name the file itself"
        )
    return found[0]
