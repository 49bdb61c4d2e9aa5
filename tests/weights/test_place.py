"""From a name or a path to files that an engine can load."""

from __future__ import annotations

import json
import shutil
import struct
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.catalogue import Archive, load_catalogue, models_root
from appliance.weights.install import install
from appliance.weights.kinds import detect
from appliance.weights.place import RECEIPT, certainty, is_installed, locate, verify

pytestmark = pytest.mark.unit

DEMO = models_root() / "demo"
PUBLIC = load_catalogue().find("vosk-model-en-us-0.22")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A models folder with one installed model whose checksums the catalogue does not know."""
    install(PUBLIC, tmp_path, source=DEMO / "vosk-en")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("vosk-demo-en", DEMO / "vosk-en"),
        ("piper-demo-en", DEMO / "piper-en" / "voice.onnx"),
    ],
)
def test_shipped_models_are_found_without_installation(
    tmp_path: Path, name: str, path: Path
) -> None:
    located = locate(name, tmp_path / "nothing-here")
    assert located.path == path
    assert located.entry is not None
    assert located.kind == located.entry.kind
    assert is_installed(located.entry, tmp_path)


def test_a_model_that_is_not_installed_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="appliance models install qwen3-8b") as caught:
        locate("qwen3-8b", tmp_path)
    assert str(tmp_path / "qwen3-8b") in caught.value.message


def test_an_installed_model_is_found_by_name(models: Path) -> None:
    located = locate(PUBLIC.name, models)
    assert (located.kind, located.path, located.entry) == ("vosk", models / PUBLIC.name, PUBLIC)


@pytest.mark.parametrize(
    ("path", "kind", "found"),
    [
        ("vosk-en", "vosk", "vosk-en"),
        ("piper-en", "piper", "piper-en/voice.onnx"),
        ("piper-en/voice.onnx", "piper", "piper-en/voice.onnx"),
    ],
)
def test_a_path_tells_its_kind_by_what_lies_there(path: str, kind: str, found: str) -> None:
    located = locate(str(DEMO / path), Path("unused"))
    assert (located.kind, located.path, located.entry) == (kind, DEMO / found, None)


def test_a_path_to_a_whisper_is_its_folder(small_whisper: Path) -> None:
    located = locate(str(small_whisper), Path("unused"))
    assert (located.kind, located.path, located.entry) == ("whisper", small_whisper, None)


def test_a_path_to_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no such file or folder"):
        locate(str(tmp_path / "none"), tmp_path)
    with pytest.raises(WeightsError, match="no model is in this folder"):
        locate(str(tmp_path), tmp_path)
    (tmp_path / "model.zip").write_text("x")
    with pytest.raises(WeightsError, match=r"ends in \.gguf or \.onnx"):
        locate(str(tmp_path / "model.zip"), tmp_path)


def test_a_folder_with_two_voices_is_ambiguous(tmp_path: Path) -> None:
    for name in ("a.onnx", "b.onnx"):
        shutil.copy(DEMO / "piper-en" / "voice.onnx", tmp_path / name)
    with pytest.raises(WeightsError, match="name the file itself"):
        locate(str(tmp_path), tmp_path)


def test_an_installed_file_of_another_size_is_refused_at_start(models: Path) -> None:
    with (models / PUBLIC.name / "am" / "final.mdl").open("ab") as file:
        file.write(b"x")
    with pytest.raises(WeightsError, match=f"bytes instead of.*install {PUBLIC.name}"):
        locate(PUBLIC.name, models)


def test_verify_finds_one_changed_bit(models: Path) -> None:
    path = models / PUBLIC.name / "am" / "final.mdl"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    assert locate(PUBLIC.name, models).path  # the quick check does not read all of it
    (fault,) = verify(PUBLIC, models)
    assert fault.startswith(f"{path}: checksum")
    assert f"appliance models install {PUBLIC.name}" in fault


def test_verify_finds_a_missing_file(models: Path) -> None:
    (models / PUBLIC.name / "graph" / "words.txt").unlink()
    (fault,) = verify(PUBLIC, models)
    assert "words.txt: missing" in fault


def test_a_damaged_list_of_checksums_is_said(models: Path) -> None:
    (models / PUBLIC.name / RECEIPT).write_text("{}")
    with pytest.raises(WeightsError, match=f"{RECEIPT}: damaged"):
        verify(PUBLIC, models)


def test_a_model_without_a_list_of_checksums_is_not_called_whole(models: Path) -> None:
    (models / PUBLIC.name / RECEIPT).unlink()
    (fault,) = verify(PUBLIC, models)
    assert f"{RECEIPT}: missing, so that nothing is known" in fault


def test_what_was_compared_is_told(models: Path) -> None:
    listed = load_catalogue().find("vosk-demo-en")
    assert certainty(listed, models) == "whole, by the catalogue's checksums"
    assert certainty(PUBLIC, models).startswith(f"as installed; whether it is {PUBLIC.name} is not")
    receipt = models / PUBLIC.name / RECEIPT
    content = json.loads(receipt.read_text())
    receipt.write_text(json.dumps({**content, "origin": {"a.zip": "0" * 64}}))
    archive = Archive("https://example.invalid/a.zip", sha256="0" * 64)
    known = replace(PUBLIC, archive=archive)
    assert certainty(known, models) == (
        "as it was made here, out of what has the catalogue's checksum"
    )
    other = replace(PUBLIC, archive=replace(archive, sha256="1" * 64))
    assert certainty(other, models).startswith("as installed; whether")


def test_an_installed_model_of_another_language_is_found(models: Path) -> None:
    german = replace(PUBLIC, language="de")
    (fault,) = verify(german, models)
    assert fault.startswith(f"{models / PUBLIC.name}: its language is en, that of {PUBLIC.name} is")


def test_a_sentence_encoder_is_told_from_a_whisper(tmp_path: Path) -> None:
    head = struct.pack("<IH", 6, 23) + b"TransformerEncoderSpec\0" + struct.pack("<II", 1, 0)
    (tmp_path / "model.bin").write_bytes(head)
    assert detect(tmp_path) == ("embedding", tmp_path)
