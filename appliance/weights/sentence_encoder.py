"""A BERT that makes vectors of sentences, rewritten as an int8 CTranslate2 encoder.

The maker's weights are 91 MB of float32 for PyTorch, which this program does not have. CTranslate2,
which comes with faster-whisper, runs the same network from 23 MB, with vectors whose cosine with
the original's is 0.995. A sentence's vector is the mean of the last layer over its tokens, divided
by its length.
"""

from __future__ import annotations

import json
import math
import shutil
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from appliance.weights.fault import broken

if TYPE_CHECKING:
    from ctranslate2.specs.transformer_spec import TransformerEncoderModelSpec

WEIGHTS: Final = "model.safetensors"
TOKENIZER: Final = "tokenizer.json"
HEAD_WIDTH: Final = 32
"""Values of an attention head in the MiniLM family; the file itself does not tell."""
LAYER_NORM_EPSILON: Final = 1e-12
HEADER_BYTES: Final = 8 << 20
"""A longer list of tensors is a damaged file."""

Tensors = Mapping[str, NDArray[np.float32]]


def convert_sentence_encoder(source: Path, target: Path) -> None:
    """Read model.safetensors and tokenizer.json in ``source``, write the encoder to ``target``.

    ``target`` is an existing folder; it gets model.bin, config.json, vocabulary.json and a copy of
    tokenizer.json. Takes about a second and four times the size of the weights in memory. Raises
    WeightsError that names the file when it is damaged or a network of another shape.
    """
    pieces = _pieces(source / TOKENIZER)
    try:
        spec = _spec(read_safetensors(source / WEIGHTS), len(pieces))
    except ValueError as error:
        raise broken(source / WEIGHTS, f"not the encoder of a BERT: {error}") from error
    spec.register_vocabulary(pieces)
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = "[UNK]", "[CLS]", "[SEP]"
    spec.config.layer_norm_epsilon = LAYER_NORM_EPSILON
    spec.validate()
    spec.optimize(quantization="int8")
    spec.save(str(target))
    shutil.copyfile(source / TOKENIZER, target / TOKENIZER)


def read_safetensors(path: Path) -> dict[str, NDArray[np.float32]]:
    """All float32 tensors of a file by name.

    Layout: u64 bytes of the header, which is JSON (name to dtype, shape, data_offsets), then the
    data. Raises WeightsError when it is cut short or something else.
    """
    with path.open("rb") as file:
        head = file.read(8)
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        text = file.read(length) if length <= HEADER_BYTES else b""
        data = file.read()
    try:
        header = json.loads(text)
        header.pop("__metadata__", None)
        return {
            name: _tensor(data, about) for name, about in header.items() if about["dtype"] == "F32"
        }
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(path, f"cut short or no safetensors file: {error}") from error


def _tensor(data: bytes, about: Mapping[str, Any]) -> NDArray[np.float32]:
    begin, end = about["data_offsets"]
    shape = about["shape"]
    if not 0 <= begin <= end <= len(data) or end - begin != 4 * math.prod(shape):
        raise ValueError(f"a tensor of shape {shape} at {begin} to {end} of {len(data)} bytes")
    return np.frombuffer(data[begin:end], "<f4").reshape(shape).copy()  # CTranslate2 scales it


def _pieces(path: Path) -> list[str]:
    """The vocabulary, by number."""
    try:
        vocabulary = json.loads(path.read_text(encoding="utf-8"))["model"]["vocab"]
        pieces = sorted(vocabulary, key=vocabulary.__getitem__)
        if [vocabulary[piece] for piece in pieces] != list(range(len(pieces))):
            raise ValueError("its numbers have gaps")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise broken(path, f"not a tokenizer: {error}") from error
    return pieces


def _spec(tensors: Tensors, pieces: int) -> TransformerEncoderModelSpec:
    """The network with its weights; ValueError when a tensor is missing or of another shape."""
    from ctranslate2.specs import common_spec, transformer_spec

    words = _take(tensors, "embeddings.word_embeddings.weight", pieces, None)
    width = words.shape[1]
    layers = sum(name.endswith(".intermediate.dense.weight") for name in tensors)
    if not layers or width % HEAD_WIDTH:
        raise ValueError(f"{layers} layers of {width} values")
    encoder = transformer_spec.TransformerEncoderSpec(
        layers,
        width // HEAD_WIDTH,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    encoder.embeddings[0].weight = words
    encoder.embeddings[1].weight = _take(
        tensors, "embeddings.token_type_embeddings.weight", None, width
    )
    encoder.position_encodings.encodings = _take(
        tensors, "embeddings.position_embeddings.weight", None, width
    )
    encoder.scale_embeddings = False
    _norm(encoder.layernorm_embedding, tensors, "embeddings.LayerNorm", width)
    for number, layer in enumerate(encoder.layer):
        _layer(layer, tensors, f"encoder.layer.{number}.", width)
    return transformer_spec.TransformerEncoderModelSpec(encoder)


def _layer(layer: Any, tensors: Tensors, name: str, width: int) -> None:
    attention = layer.self_attention
    queries = [f"{name}attention.self.{part}" for part in ("query", "key", "value")]
    inner = len(_take(tensors, f"{name}intermediate.dense.weight", None, width))
    _linear(attention.linear[0], tensors, (width, width), *queries)
    _linear(attention.linear[1], tensors, (width, width), name + "attention.output.dense")
    _norm(attention.layer_norm, tensors, name + "attention.output.LayerNorm", width)
    _linear(layer.ffn.linear_0, tensors, (inner, width), name + "intermediate.dense")
    _linear(layer.ffn.linear_1, tensors, (width, inner), name + "output.dense")
    _norm(layer.ffn.layer_norm, tensors, name + "output.LayerNorm", width)


def _norm(to: Any, tensors: Tensors, name: str, width: int) -> None:
    to.gamma = _take(tensors, name + ".weight", width)
    to.beta = _take(tensors, name + ".bias", width)


def _linear(to: Any, tensors: Tensors, shape: tuple[int, int], *names: str) -> None:
    """One layer, or several side by side, of ``shape`` outputs and inputs."""
    to.weight = np.concatenate([_take(tensors, name + ".weight", *shape) for name in names])
    to.bias = np.concatenate([_take(tensors, name + ".bias", shape[0]) for name in names])


def _take(tensors: Tensors, name: str, *shape: int | None) -> NDArray[np.float32]:
    """The tensor of this name and shape (None: any); ValueError when there is none."""
    found = tensors.get(name)
    if found is None:
        raise ValueError(f"no {name}")
    same = [wanted in (None, size) for wanted, size in zip(shape, found.shape, strict=False)]
    if found.ndim != len(shape) or not all(same):
        wanted = " x ".join("any" if size is None else str(size) for size in shape)
        raise ValueError(f"{name} is {' x '.join(map(str, found.shape))}, not {wanted}")
    return found
