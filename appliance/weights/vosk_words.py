"""The words that a Vosk model can write, which tell its language."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from appliance.weights.fault import broken
from appliance.weights.vosk_layout import (
    HAS_INPUT_SYMBOLS,
    HAS_OUTPUT_SYMBOLS,
    fst_header,
    read_layout,
)

SYMBOLS_MAGIC: Final = 2125658996  # OpenFst's kSymbolTableMagicNumber


def words_of(path: Path) -> set[str]:
    """All words of the Vosk model in the folder ``path``, which has passed its checks.

    They stand in graph/words.txt, or in the graph itself. Raises WeightsError.
    """
    layout = read_layout(path)
    if layout.words.is_file():
        lines = layout.words.read_text(encoding="utf-8", errors="replace").splitlines()
        return {line.split()[0] for line in lines if line.strip()}
    graph = layout.grammar or layout.graph
    data = graph.read_bytes()
    try:
        _, flags, _, at = fst_header(data[:256])
        if flags & HAS_INPUT_SYMBOLS:
            _, at = _symbols(data, at)
        return _symbols(data, at)[0] if flags & HAS_OUTPUT_SYMBOLS else set()
    except (struct.error, ValueError) as error:
        raise broken(graph, "its table of words is damaged") from error


def _symbols(data: bytes, at: int) -> tuple[set[str], int]:
    """A table and the offset behind it.

    Layout (OpenFst symbol-table.cc): i32 magic, the name as i32 length + text, i64 next key, i64
    count; per symbol i32 length + text, i64 key.
    """
    magic, length = struct.unpack_from("<ii", data, at)
    if magic != SYMBOLS_MAGIC:
        raise ValueError("no symbol table")
    at += 8 + length
    _, count = struct.unpack_from("<qq", data, at)
    at += 16
    words = set()
    for _ in range(count):
        (length,) = struct.unpack_from("<i", data, at)
        words.add(data[at + 4 : at + 4 + length].decode("utf-8", errors="replace"))
        at += 4 + length + 8
    return words, at
