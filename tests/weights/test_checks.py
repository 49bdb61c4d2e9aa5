"""Small models, damaged in each way an engine is known to take badly."""

from __future__ import annotations

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.catalogue import models_root
from appliance.weights.checks import (
    check_gguf,
    check_piper_voice,
    check_whisper_directory,
)
from appliance.weights.vosk_layout import check_vosk_directory

pytestmark = pytest.mark.unit

DEMO = models_root() / "demo"
Damage = Callable[[Path], object]


def cut(name: str, size: int) -> Damage:
    return lambda model: (model / name).write_bytes((model / name).read_bytes()[:size])


def remove(name: str) -> Damage:
    return lambda model: (model / name).unlink()


def write(name: str, text: str) -> Damage:
    return lambda model: (model / name).write_text(text)


def edit(name: str, old: str, new: str) -> Damage:
    def damage(model: Path) -> None:
        text = (model / name).read_text()
        assert old in text
        (model / name).write_text(text.replace(old, new))

    return damage


def edit_json(name: str, change: Callable[[dict[str, object]], object]) -> Damage:
    def damage(model: Path) -> None:
        value = json.loads((model / name).read_text())
        change(value)
        (model / name).write_text(json.dumps(value))

    return damage


def test_whole_models_pass(small_whisper: Path) -> None:
    check_vosk_directory(DEMO / "vosk-en")
    check_whisper_directory(small_whisper)
    check_piper_voice(DEMO / "piper-en" / "voice.onnx")


SILENCE = "--endpoint.silence-phones"
VOSK_DAMAGES = {
    "no-model": (remove("am/final.mdl"), "final.mdl: this file .* is missing"),
    "empty-model": (write("am/final.mdl", ""), "final.mdl: the file is empty"),
    "foreign-model": (write("am/final.mdl", "PK"), "final.mdl: this is not an acoustic model"),
    "cut-model": (cut("am/final.mdl", 2000), "final.mdl: the acoustic model is cut short"),
    "no-conf": (remove("conf/model.conf"), "model.conf: this file .* is missing"),
    "no-features": (remove("conf/mfcc.conf"), "mfcc.conf: this file .* is missing"),
    "no-silence": (edit("conf/model.conf", SILENCE, "#"), "silence-phones is missing"),
    "same-silence": (edit("conf/model.conf", f"{SILENCE}=1", f"{SILENCE}=1:1"), "'1:1', not diff"),
    "odd-silence": (edit("conf/model.conf", f"{SILENCE}=1", f"{SILENCE}=SIL"), "'SIL', not diff"),
    "no-graph": (remove("graph/HCLr.fst"), "HCLr.fst: this file .* is missing"),
    "no-grammar": (remove("graph/Gr.fst"), "Gr.fst: this file .* is missing"),
    "no-disambiguation": (remove("graph/disambig_tid.int"), "disambig_tid.int: .* is missing"),
    "foreign-graph": (write("graph/HCLr.fst", "PK" * 99), "HCLr.fst: cut short or not a graph"),
    "stub-of-a-graph": (cut("graph/HCLr.fst", 20), "HCLr.fst: cut short or not a graph"),
    "cut-graph": (cut("graph/HCLr.fst", 50_000), "HCLr.fst: cut short or not a graph"),
    "cut-grammar": (cut("graph/Gr.fst", 100_000), "Gr.fst: cut short or not a graph"),
    "no-words": (remove("graph/words.txt"), "words.txt: this file .* is missing"),
    "few-words": (write("graph/words.txt", "<eps> 0\nyes 1\n"), "words.txt: too short"),
    "odd-words": (write("graph/words.txt", "<eps> 0\nyes\n"), "words.txt: line 2: not a word"),
    "half-ivector": (write("ivector/final.ie", "x"), "splice.conf: this file .* is missing"),
}


@pytest.mark.parametrize(("damage", "complaint"), VOSK_DAMAGES.values(), ids=list(VOSK_DAMAGES))
def test_a_damaged_vosk_model_is_refused(tmp_path: Path, damage: Damage, complaint: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO / "vosk-en", model)
    (model / "ivector").mkdir()
    damage(model)
    with pytest.raises(WeightsError, match=complaint) as caught:
        check_vosk_directory(model)
    assert "appliance models install" in caught.value.message


def test_a_vosk_graph_of_another_acoustic_model_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO / "vosk-en", model)
    mdl = (model / "am" / "final.mdl").read_bytes()
    count = b"<LogProbs> FV \x04"
    at = mdl.index(count) + len(count)
    (model / "am" / "final.mdl").write_bytes(mdl[:at] + struct.pack("<i", 101) + mdl[at + 4 :])
    with pytest.raises(WeightsError, match="made for another acoustic model"):
        check_vosk_directory(model)


def test_a_vosk_graph_that_carries_its_words_needs_no_list_of_them(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO / "vosk-en", model)
    (model / "graph" / "words.txt").unlink()
    grammar = bytearray((model / "graph" / "Gr.fst").read_bytes())
    flags = 4 + 4 + len("vector") + 4 + len("standard") + 4
    grammar[flags] = 2  # HAS_OSYMBOLS
    (model / "graph" / "Gr.fst").write_bytes(grammar)
    check_vosk_directory(model)


@pytest.mark.parametrize("kind", ["nothing", "empty", "one-too-high"])
def test_a_folder_that_is_no_vosk_model_is_refused(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "model"
    if kind != "nothing":
        folder.mkdir()
    if kind == "one-too-high":
        shutil.copytree(DEMO / "vosk-en", folder / "vosk-en")
    with pytest.raises(WeightsError, match="no such Vosk model folder|not a Vosk model"):
        check_vosk_directory(folder)


def without_token(name: str) -> Callable[[dict[str, object]], object]:
    def change(tokenizer: dict[str, object]) -> None:
        added = tokenizer["added_tokens"]
        assert isinstance(added, list)
        tokenizer["added_tokens"] = [token for token in added if token["content"] != name]
        vocabulary = tokenizer["model"]["vocab"]  # type: ignore[index]
        vocabulary.pop(name, None)

    return change


WHISPER_DAMAGES = {
    "no-model": (remove("model.bin"), "model.bin: No such file"),
    "empty-model": (write("model.bin", ""), "model.bin: the file is empty"),
    "cut-model": (cut("model.bin", 900_000), "model.bin: cut short"),
    "cut-head": (cut("model.bin", 11), "model.bin: cut short"),
    "foreign-model": (write("model.bin", "PK" * 5000), "model.bin: cut short or not"),
    "no-vocabulary": (remove("vocabulary.json"), "vocabulary.txt: No such file"),
    "short-vocabulary": (write("vocabulary.json", '["a", "b"]'), "2 pieces, model.bin wants 1521"),
    "no-tokenizer": (remove("tokenizer.json"), "tokenizer.json: No such file"),
    "odd-tokenizer": (write("tokenizer.json", "{"), "tokenizer.json: line 1: not JSON"),
    "list-tokenizer": (write("tokenizer.json", "[]"), "tokenizer.json: a JSON dict is wanted"),
    "no-config": (remove("config.json"), "config.json: No such file"),
    "binary-config": (
        lambda model: (model / "config.json").write_bytes(b"\xff\xfe"),
        "config.json: this is not text",
    ),
    **{
        f"no-{name}": (
            edit_json("tokenizer.json", without_token(f"<|{name}|>")),
            rf"<\|{name}\|> are missing",
        )
        for name in ("startofprev", "nospeech", "startoftranscript", "notimestamps", "endoftext")
    },
}


@pytest.mark.parametrize(
    ("damage", "complaint"), WHISPER_DAMAGES.values(), ids=list(WHISPER_DAMAGES)
)
def test_a_damaged_whisper_model_is_refused(
    small_whisper: Path, tmp_path: Path, damage: Damage, complaint: str
) -> None:
    model = tmp_path / "model"
    shutil.copytree(small_whisper, model)
    damage(model)
    with pytest.raises(WeightsError, match=complaint):
        check_whisper_directory(model)


def test_a_whisper_vocabulary_may_be_a_text_file(small_whisper: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(small_whisper, model)
    pieces = json.loads((model / "vocabulary.json").read_text())
    (model / "vocabulary.json").unlink()
    (model / "vocabulary.txt").write_text("\n".join(f"piece{n}" for n in range(len(pieces))))
    check_whisper_directory(model)


PIPER_DAMAGES = {
    "no-voice": (remove("voice.onnx"), "voice.onnx: No such file"),
    "cut-voice": (cut("voice.onnx", 1_000_000), "voice.onnx: cut short"),
    "foreign-voice": (write("voice.onnx", "<html>"), "voice.onnx: cut short or not"),
    "no-settings": (remove("voice.onnx.json"), "voice.onnx.json: No such file"),
    "no-symbols": (
        edit_json("voice.onnx.json", lambda config: config.pop("num_symbols")),
        "the keys num_symbols are missing",
    ),
    "no-rate": (
        edit_json("voice.onnx.json", lambda config: config.update(audio={})),
        "the keys audio.sample_rate are missing",
    ),
    "no-language": (
        edit_json("voice.onnx.json", lambda config: config.update(espeak={})),
        "the keys espeak.voice are missing",
    ),
}


@pytest.mark.parametrize(("damage", "complaint"), PIPER_DAMAGES.values(), ids=list(PIPER_DAMAGES))
def test_a_damaged_voice_is_refused(tmp_path: Path, damage: Damage, complaint: str) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO / "piper-en", model)
    damage(model)
    with pytest.raises(WeightsError, match=complaint):
        check_piper_voice(model / "voice.onnx")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "the file is empty"),
        (b"GGUF", "this is not a GGUF file"),
        (b"PK\x03\x04" + bytes(9000), "this is not a GGUF file"),
        (b"GGUF" + struct.pack("<IQQ", 1, 5, 5) + bytes(9000), "of version 1"),
        (b"GGUF" + struct.pack("<IQQ", 3, 5, 5), "24 bytes cannot be a whole model"),
    ],
)
def test_what_is_no_language_model_is_refused(
    tmp_path: Path, content: bytes, complaint: str
) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=complaint):
        check_gguf(path)


def test_a_missing_language_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.gguf: No such file"):
        check_gguf(tmp_path / "none.gguf")
