"""The words of a Vosk model, listed beside the graph or inside it."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.catalogue import models_root
from appliance.weights.vosk_words import SYMBOLS_MAGIC, words_of

pytestmark = pytest.mark.unit

HEADER_BYTES = 8 + len("vector") + 4 + len("standard") + 4 + 4 + 4 * 8
FLAGS_AT = 8 + len("vector") + 4 + len("standard") + 4


def table(*words: str) -> bytes:
    """A symbol table as OpenFst writes it."""
    data = struct.pack("<ii", SYMBOLS_MAGIC, 5) + b"words" + struct.pack("<qq", 9, len(words))
    for key, word in enumerate(words):
        text = word.encode()
        data += struct.pack("<i", len(text)) + text + struct.pack("<q", key)
    return data


def model_with(folder: Path, flags: int, tables: bytes) -> Path:
    """The shipped model, its words in the grammar alone."""
    shutil.copytree(models_root() / "demo" / "vosk-en", folder)
    (folder / "graph" / "words.txt").unlink()
    grammar = folder / "graph" / "Gr.fst"
    data = bytearray(grammar.read_bytes())
    data[FLAGS_AT] = flags
    grammar.write_bytes(bytes(data[:HEADER_BYTES]) + tables + bytes(data[HEADER_BYTES:]))
    return folder


def test_listed_words_are_read() -> None:
    words = words_of(models_root() / "demo" / "vosk-en")
    assert {"the", "appointment"} <= words
    assert "0" not in words


@pytest.mark.parametrize(
    ("flags", "tables"),
    [(2, table("<eps>", "für", "und")), (3, table("p1", "p2") + table("<eps>", "für", "und"))],
)
def test_words_inside_the_graph_are_read(tmp_path: Path, flags: int, tables: bytes) -> None:
    assert words_of(model_with(tmp_path / "model", flags, tables)) == {"<eps>", "für", "und"}


def test_a_damaged_table_is_said(tmp_path: Path) -> None:
    model = model_with(tmp_path / "model", 2, b"\0" * 20)
    with pytest.raises(WeightsError, match=r"Gr\.fst: its table of words is damaged"):
        words_of(model)
