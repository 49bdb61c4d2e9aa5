"""Whether a model's files can be loaded, told before an engine tries.

The engines do not say it well themselves: libvosk ends the whole process on a wrong ``model.conf``,
faster-whisper asks a hub on the network for a missing ``tokenizer.json`` or fails in the first
call, and onnxruntime speaks of protocol buffers. Each check reads little (headers, small text
files), looks for what was seen to go wrong with the pinned versions, and raises WeightsError with
the path and the mend.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, BinaryIO, Final

from appliance.weights.ctranslate2_file import ENCODER, read_ctranslate2
from appliance.weights.fault import broken

WHISPER_SPECIALS: Final = (
    "endoftext", "startoftranscript", "translate", "transcribe", "startoflm", "startofprev",
    "notimestamps",
)  # fmt: skip
"""faster-whisper looks them up unchecked: one that is missing is a TypeError in the first call."""
PIPER_KEYS: Final = ("num_symbols", "num_speakers", "audio", "espeak", "phoneme_id_map")
GGUF_LEAST_BYTES: Final = 4096


def check_whisper_directory(path: Path) -> None:
    """A CTranslate2 Whisper: model.bin, vocabulary, tokenizer.json, config.json that fit together.

    Raises WeightsError. A Systran repository has ``vocabulary.txt`` or ``.json``; both are read.
    """
    if not path.is_dir():
        raise broken(path, "there is no such Whisper model folder")
    model = read_ctranslate2(path / "model.bin")
    _check_vocabulary(path, model.rows("decoder/embeddings/weight"))
    tokenizer = _json(path / "tokenizer.json", dict)
    known = {str(token.get("content")) for token in tokenizer.get("added_tokens", [])}
    vocabulary_of_tokenizer = tokenizer.get("model", {}).get("vocab")
    if isinstance(vocabulary_of_tokenizer, dict):
        known |= set(vocabulary_of_tokenizer)
    missing = [f"<|{name}|>" for name in WHISPER_SPECIALS if f"<|{name}|>" not in known]
    if not known & {"<|nospeech|>", "<|nocaptions|>"}:
        missing.append("<|nospeech|>")
    if missing:
        raise broken(path / "tokenizer.json", f"the tokens {' '.join(missing)} are missing")


def check_sentence_encoder(path: Path) -> None:
    """A CTranslate2 encoder for sentence vectors, with the tokenizer that it was trained with.

    Raises WeightsError.
    """
    if not path.is_dir():
        raise broken(path, "there is no such folder of a sentence encoder")
    model = read_ctranslate2(path / "model.bin")
    if model.spec != ENCODER:
        raise broken(path / "model.bin", f"a {model.spec}, not an encoder of sentences")
    rows = model.rows("embeddings_0/weight")
    _check_vocabulary(path, rows)
    pieces = len(_json(path / "tokenizer.json", dict).get("model", {}).get("vocab", ()))
    if rows is not None and pieces != rows:
        raise broken(
            path / "tokenizer.json",
            f"it has {pieces} pieces, model.bin wants {rows}: they belong to different models",
        )


def _check_vocabulary(path: Path, rows: int | None) -> None:
    """The vocabulary and config.json beside a model.bin whose embedding has ``rows``."""
    vocabulary = path / "vocabulary.json"
    if vocabulary.exists():
        pieces = len(_json(vocabulary, list))
    else:
        pieces = len(_text(path / "vocabulary.txt").splitlines())
    if rows is not None and pieces < rows:
        raise broken(
            path,
            f"the vocabulary has {pieces} pieces, model.bin wants {rows}: they belong to "
            "different models",
        )
    _json(path / "config.json", dict)


def check_piper_voice(path: Path) -> None:
    """A Piper voice: ``path`` is the .onnx, its settings lie beside it as ``.onnx.json``."""
    config_path = path.with_name(path.name + ".json")
    _check_onnx_is_whole(path)
    config = _json(config_path, dict)
    missing = [key for key in PIPER_KEYS if key not in config]
    if not missing and not isinstance(config["audio"].get("sample_rate"), int):
        missing.append("audio.sample_rate")
    if not missing and not config["espeak"].get("voice"):
        missing.append("espeak.voice")
    if missing:
        raise broken(config_path, f"the keys {', '.join(missing)} are missing")


def check_gguf(path: Path) -> None:
    """A GGUF language model: the magic, a version llama.cpp reads, not just a stub of a file."""
    with _open(path) as file:
        head = file.read(24)
    if len(head) < 24 or head[:4] != b"GGUF":
        raise broken(path, "this is not a GGUF file")
    version, tensors, _pairs = struct.unpack("<IQQ", head[4:])
    if version not in (2, 3) or tensors == 0 or path.stat().st_size < GGUF_LEAST_BYTES:
        raise broken(
            path,
            f"a GGUF file of version {version} with {tensors} tensors and "
            f"{path.stat().st_size} bytes cannot be a whole model",
        )


def _open(path: Path) -> BinaryIO:
    try:
        file = path.open("rb")
    except OSError as error:
        raise broken(path, f"{error.strerror or error}") from error
    if path.stat().st_size == 0:
        file.close()
        raise broken(path, "the file is empty")
    return file


def _text(path: Path) -> str:
    with _open(path) as file:
        try:
            return file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise broken(path, "this is not text in UTF-8") from error


def _json(path: Path, kind: type) -> Any:
    try:
        value = json.loads(_text(path))
    except json.JSONDecodeError as error:
        raise broken(path, f"line {error.lineno}: not JSON: {error.msg}") from error
    if not isinstance(value, kind):
        raise broken(path, f"a JSON {kind.__name__} is wanted")
    return value


def _check_onnx_is_whole(path: Path) -> None:
    """Walk the top fields of the protocol buffer; a file that was cut does not end with a field."""
    with _open(path) as file:
        size = path.stat().st_size
        graph = False
        while file.tell() < size:
            key = _varint(file)
            field, wire = (key >> 3, key & 7) if key is not None else (0, -1)
            if wire == 0:
                ok = _varint(file) is not None
            elif wire == 2:
                length = _varint(file)
                ok = length is not None and file.tell() + length <= size
                file.seek(length or 0, 1)
            else:
                ok = False
            if not ok:
                raise broken(path, f"cut short or not an ONNX file ({size} bytes)")
            graph = graph or field == 7  # ModelProto.graph in onnx.proto
    if not graph:
        raise broken(path, "an ONNX file without a graph")


def _varint(file: BinaryIO) -> int | None:
    value = 0
    for shift in range(0, 70, 7):
        byte = file.read(1)
        if not byte:
            return None
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
    return None
