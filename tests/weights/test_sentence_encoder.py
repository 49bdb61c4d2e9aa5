"""A tiny BERT with random weights through the conversion, and what the conversion refuses."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from appliance.errors import WeightsError
from appliance.weights.checks import check_sentence_encoder
from appliance.weights.sentence_encoder import convert_sentence_encoder

pytestmark = pytest.mark.unit

WIDTH, INNER, LAYERS, TOKENS = 64, 128, 2, 16
PIECES = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "open", "closed", "##ing"]


def shapes() -> dict[str, tuple[int, ...]]:
    square, line = (WIDTH, WIDTH), (WIDTH,)
    found: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(PIECES), WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.position_embeddings.weight": (TOKENS, WIDTH),
        "embeddings.LayerNorm.weight": line,
        "embeddings.LayerNorm.bias": line,
    }
    for number in range(LAYERS):
        name = f"encoder.layer.{number}."
        for part in ("self.query", "self.key", "self.value", "output.dense"):
            found[f"{name}attention.{part}.weight"] = square
            found[f"{name}attention.{part}.bias"] = line
        found[f"{name}intermediate.dense.weight"] = (INNER, WIDTH)
        found[f"{name}intermediate.dense.bias"] = (INNER,)
        found[f"{name}output.dense.weight"] = (WIDTH, INNER)
        found[f"{name}output.dense.bias"] = line
        for norm in ("attention.output.LayerNorm", "output.LayerNorm"):
            found[f"{name}{norm}.weight"] = line
            found[f"{name}{norm}.bias"] = line
    return found


def write_bert(folder: Path, wanted: dict[str, tuple[int, ...]]) -> None:
    numbers = np.random.default_rng(5)
    header, data = {}, b""
    for name, shape in wanted.items():
        tensor = numbers.normal(0, 0.1, shape).astype("<f4").tobytes()
        offsets = [len(data), len(data) + len(tensor)]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
        data += tensor
    text = json.dumps({"__metadata__": {"format": "pt"}, **header}).encode()
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + data)
    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"vocab": vocabulary}}))


@pytest.fixture
def bert(tmp_path: Path) -> Path:
    folder = tmp_path / "bert"
    folder.mkdir()
    write_bert(folder, shapes())
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def test_the_library_runs_what_comes_out(bert: Path, target: Path) -> None:
    import ctranslate2

    convert_sentence_encoder(bert, target)
    check_sentence_encoder(target)
    names = {path.name for path in target.iterdir()}
    assert names == {"model.bin", "config.json", "vocabulary.json", "tokenizer.json"}
    encoder = ctranslate2.Encoder(str(target), device="cpu", intra_threads=1)
    states = np.asarray(encoder.forward_batch([[2, 4, 3]]).last_hidden_state)
    assert states.shape == (1, 3, WIDTH)
    assert np.isfinite(states).all()


def without(name: str) -> Callable[[Path], None]:
    return lambda bert: write_bert(bert, {k: v for k, v in shapes().items() if k != name})


def reshaped(name: str, shape: tuple[int, ...]) -> Callable[[Path], None]:
    return lambda bert: write_bert(bert, {**shapes(), name: shape})


def cut(bert: Path) -> None:
    weights = bert / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4])


def replaced(name: str, content: bytes) -> Callable[[Path], object]:
    return lambda bert: (bert / name).write_bytes(content)


VALUE = "encoder.layer.1.attention.self.value.weight"
DAMAGES = {
    "cut": (cut, r"model\.safetensors: cut short or no safetensors file: a tensor of shape"),
    "empty": (replaced("model.safetensors", b""), "cut short or no safetensors file"),
    "foreign": (replaced("model.safetensors", b"PK" * 90), "cut short or no safetensors file"),
    "no-value": (without(VALUE), f"not the encoder of a BERT: no {VALUE}"),
    "no-words": (without("embeddings.word_embeddings.weight"), "no embeddings.word_embeddings"),
    "flat-words": (
        reshaped("embeddings.word_embeddings.weight", (7 * WIDTH,)),
        r"embeddings\.word_embeddings\.weight is 448, not 7 x any",
    ),
    "odd-value": (reshaped(VALUE, (WIDTH, WIDTH + 1)), f"{VALUE} is 64 x 65, not 64 x 64"),
    "odd-norm": (
        reshaped("encoder.layer.0.output.LayerNorm.bias", (WIDTH + 1,)),
        r"output\.LayerNorm\.bias is 65, not 64",
    ),
    "no-layers": (
        lambda bert: write_bert(bert, {k: v for k, v in shapes().items() if "layer." not in k}),
        "0 layers of 64 values",
    ),
    "other-tokenizer": (
        replaced("tokenizer.json", b'{"model": {"vocab": {"a": 0, "b": 1}}}'),
        "weight is 7 x 64, not 2 x any",
    ),
    "gaps": (
        replaced("tokenizer.json", b'{"model": {"vocab": {"a": 0, "b": 2}}}'),
        "not a tokenizer: its numbers have gaps",
    ),
    "no-tokenizer": (replaced("tokenizer.json", b"[]"), r"tokenizer\.json: not a tokenizer"),
}


@pytest.mark.parametrize(("damage", "complaint"), DAMAGES.values(), ids=list(DAMAGES))
def test_what_is_no_encoder_is_refused(
    bert: Path, target: Path, damage: Callable[[Path], object], complaint: str
) -> None:
    damage(bert)
    with pytest.raises(WeightsError, match=complaint) as caught:
        convert_sentence_encoder(bert, target)
    assert "\n" not in caught.value.message
    assert list(target.iterdir()) == []


def test_a_damaged_encoder_is_refused(bert: Path, target: Path) -> None:
    convert_sentence_encoder(bert, target)
    tokenizer = (target / "tokenizer.json").read_text()
    (target / "tokenizer.json").write_text('{"model": {"vocab": {"a": 0}}}')
    with pytest.raises(WeightsError, match="it has 1 pieces, model.bin wants 7"):
        check_sentence_encoder(target)
    (target / "tokenizer.json").write_text(tokenizer)
    (target / "vocabulary.json").write_text("[]")
    with pytest.raises(WeightsError, match="the vocabulary has 0 pieces"):
        check_sentence_encoder(target)
    model = target / "model.bin"
    model.write_bytes(model.read_bytes()[:-100])
    with pytest.raises(WeightsError, match=r"model\.bin: cut short"):
        check_sentence_encoder(target)
    with pytest.raises(WeightsError, match="there is no such folder of a sentence encoder"):
        check_sentence_encoder(target / "none")


def test_another_network_is_no_encoder_of_sentences(small_whisper: Path) -> None:
    with pytest.raises(WeightsError, match="a WhisperSpec, not an encoder of sentences"):
        check_sentence_encoder(small_whisper)
