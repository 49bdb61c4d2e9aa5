"""What a CTranslate2 ``model.bin`` tells of itself in its head: which network, and how large."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from appliance.weights.fault import broken

ENCODER: Final = "TransformerEncoderSpec"
WHISPER: Final = "WhisperSpec"


@dataclass(frozen=True, slots=True)
class Ctranslate2Model:
    """One model.bin, which is whole."""

    spec: str
    """The kind of network: ``WhisperSpec``, ``TransformerEncoderSpec``, ..."""
    shapes: Mapping[str, tuple[int, ...]]
    """The dimensions of each variable."""

    def rows(self, name: str) -> int | None:
        """The first dimension of the variable whose name ends so; None when there is none."""
        return next((s[0] for key, s in self.shapes.items() if key.endswith(name) and s), None)


def read_ctranslate2(path: Path) -> Ctranslate2Model:
    """Walk a model.bin to its end. Raises WeightsError when it is none, or cut short.

    Layout (ctranslate2/specs/model_spec.py): u32 version, name, u32 revision, u32 count; then per
    variable name, u8 rank, u32 dimensions, u8 type, u32 bytes, the data. A name is a u16 length and
    the text.
    """
    try:
        size = path.stat().st_size
        if size == 0:
            raise broken(path, "the file is empty")
        with path.open("rb") as file:
            model = _walk(file)
            whole = file.tell() <= size
    except OSError as error:
        raise broken(path, error.strerror or str(error)) from error
    except struct.error:
        whole = False
    if not whole:
        raise broken(path, f"cut short or not a CTranslate2 model ({size} bytes)")
    return model


def _walk(file: BinaryIO) -> Ctranslate2Model:
    _number(file, "<I")
    spec = _name(file)
    _number(file, "<I")
    shapes = {}
    for _ in range(_number(file, "<I")):
        name = _name(file)
        shapes[name] = tuple(_number(file, "<I") for _ in range(_number(file, "<B")))
        _number(file, "<B")
        file.seek(_number(file, "<I"), 1)
    return Ctranslate2Model(spec, shapes)


def _number(file: BinaryIO, form: str) -> int:
    value: int = struct.unpack(form, file.read(struct.calcsize(form)))[0]
    return value


def _name(file: BinaryIO) -> str:
    return file.read(_number(file, "<H")).rstrip(b"\0").decode("utf-8", errors="replace")
