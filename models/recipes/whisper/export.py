"""The trained network as the CTranslate2 directory that faster-whisper loads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import numpy.typing as npt
from ctranslate2.converters import utils
from ctranslate2.specs import common_spec, whisper_spec
from tokenizers import Tokenizer
from torch import nn

from models.recipes.whisper.features import HOP, MODEL_RATE_HZ
from models.recipes.whisper.network import GUIDED_HEADS, Attention, FeedForward, Network
from models.recipes.whisper.tokens import NO_TIMES, SPECIAL

PREPROCESSOR = {
    "feature_extractor_type": "WhisperFeatureExtractor",
    "feature_size": 80,
    "sampling_rate": MODEL_RATE_HZ,
    "hop_length": HOP,
    "n_fft": 400,
    "chunk_length": 30,
}
NEVER_SAID = tuple(name for name in SPECIAL[1:] if name != NO_TIMES)


def export(network: Network, tokenizer_file: Path, directory: Path) -> None:
    """Write ``directory`` anew, weights as int8."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    shape = network.shape
    spec = whisper_spec.WhisperSpec(
        shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads
    )
    encoder, decoder = network.encoder, network.decoder
    for target, conv in ((spec.encoder.conv1, encoder.conv1), (spec.encoder.conv2, encoder.conv2)):
        target.weight, target.bias = _array(conv.weight), _array(conv.bias)
    spec.encoder.position_encodings.encodings = _array(encoder.positions)
    _norm(spec.encoder.layer_norm, encoder.norm)
    for target, layer in zip(spec.encoder.layer, encoder.layers, strict=True):
        _self_attention(target.self_attention, layer.attention, layer.attention_norm)
        _feed_forward(target.ffn, layer.ffn)
    spec.decoder.embeddings.weight = _array(decoder.embedding.weight)
    spec.decoder.projection.weight = _array(decoder.embedding.weight)  # one tensor in the file
    spec.decoder.position_encodings.encodings = _array(decoder.positions.weight)
    _norm(spec.decoder.layer_norm, decoder.norm)
    for target, layer in zip(spec.decoder.layer, decoder.layers, strict=True):
        _self_attention(target.self_attention, layer.attention, layer.attention_norm)
        _cross_attention(target.attention, layer.cross, layer.cross_norm)
        _feed_forward(target.ffn, layer.ffn)
    ids = tokenizer.get_vocab(with_added_tokens=True)
    spec.register_vocabulary(sorted(ids, key=lambda piece: ids[piece]))
    spec.config.suppress_ids = [ids[name] for name in NEVER_SAID]
    spec.config.suppress_ids_begin = []  # so that it may end at once: nothing was said
    spec.config.alignment_heads = list(GUIDED_HEADS)
    spec.config.lang_ids = []
    spec.validate()
    spec.optimize(quantization="int8")
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    spec.save(str(directory))
    tokenizer.save(str(directory / "tokenizer.json"), pretty=False)
    (directory / "preprocessor_config.json").write_text(json.dumps(PREPROCESSOR, indent=1) + "\n")


def _array(tensor: object) -> npt.NDArray[np.float32]:
    array: npt.NDArray[np.float32] = tensor.detach().float().numpy()  # type: ignore[attr-defined]
    return array.copy()  # the specification scales some of its weights in place


def _linear(spec: common_spec.LinearSpec, linear: nn.Linear) -> None:
    spec.weight = _array(linear.weight)
    if linear.bias is not None:
        spec.bias = _array(linear.bias)


def _norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _parts(attention: Attention) -> list[common_spec.LinearSpec]:
    parts = []
    for linear in (attention.query, attention.key, attention.value):
        part = common_spec.LinearSpec()
        _linear(part, linear)
        parts.append(part)
    return parts


def _self_attention(spec: object, attention: Attention, norm: nn.LayerNorm) -> None:
    first, last = spec.linear  # type: ignore[attr-defined]
    utils.fuse_linear(first, _parts(attention))  # keys have no bias: zeros
    _linear(last, attention.out)
    _norm(spec.layer_norm, norm)  # type: ignore[attr-defined]


def _cross_attention(spec: object, attention: Attention, norm: nn.LayerNorm) -> None:
    first, second, last = spec.linear  # type: ignore[attr-defined]
    query, key, value = _parts(attention)
    utils.fuse_linear(first, [query])
    utils.fuse_linear(second, [key, value])
    _linear(last, attention.out)
    _norm(spec.layer_norm, norm)  # type: ignore[attr-defined]


def _feed_forward(spec: object, ffn: FeedForward) -> None:
    _linear(spec.linear_0, ffn.widen)  # type: ignore[attr-defined]
    _linear(spec.linear_1, ffn.narrow)  # type: ignore[attr-defined]
    _norm(spec.layer_norm, ffn.norm)  # type: ignore[attr-defined]
