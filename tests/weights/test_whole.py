"""Model files that changed after they were installed are found before an engine loads them."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights import whole
from appliance.weights.catalogue import load_catalogue
from appliance.weights.place import write_receipt
from appliance.weights.whole import check_whole

pytestmark = pytest.mark.unit

NAME = "qwen3-8b"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Of an installed model, whose sizes and checksums its own list tells."""
    folder = tmp_path / "models" / NAME
    folder.mkdir(parents=True)
    path = folder / "voice.onnx"
    path.write_bytes(b"weights")
    write_receipt(folder, {})
    return path


@pytest.fixture(autouse=True)
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue tells nothing of the files."""
    entry = replace(load_catalogue().find(NAME), files=())
    monkeypatch.setattr(whole, "load_catalogue", lambda: {NAME: entry})


def check(file: Path) -> None:
    check_whole(["not-installed", "/a/path", NAME], file.parents[1], file.parents[2] / "memory")


def change(file: Path, content: bytes) -> None:
    """Without a trace in what can be set back."""
    before = os.stat(file)
    file.write_bytes(content)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("content", [b"weighty", b"weigh", b"", b"weights and more"])
def test_a_changed_or_cut_file_is_found_whatever_its_times_say(file: Path, content: bytes) -> None:
    check(file)
    change(file, content)
    with pytest.raises(WeightsError, match=rf"voice\.onnx: .*appliance models install {NAME}"):
        check(file)


def test_a_missing_file_is_found(file: Path) -> None:
    check(file)
    file.unlink()
    with pytest.raises(WeightsError, match=r"voice\.onnx: missing"):
        check(file)


def test_what_was_read_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(file)
    monkeypatch.setattr(whole, "mismatch", None)  # would fail if it were asked
    check(file)


@pytest.mark.parametrize("memory", ["", "[]", "{", '{"x": 1}'])
def test_a_memory_that_cannot_be_read_is_made_anew(file: Path, memory: str) -> None:
    path = file.parents[2] / "memory"
    path.write_text(memory)
    check(file)
    assert str(file) in json.loads(path.read_text())


def test_a_memory_that_cannot_be_written_stops_nothing(file: Path) -> None:
    check_whole([NAME], file.parents[1], file.parents[2] / "none" / "memory")
