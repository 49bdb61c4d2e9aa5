"""Which sentences are said with pauses, and what is counted of them."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from appliance.bench.exchange import Exchange
from appliance.bench.report import print_pauses
from appliance.bench.turns_pauses import figures_of
from appliance.bench.turns_sentences import SHIPPED, Sentence, chosen, line_of
from appliance.caller.result import LineResult
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit

TABLE = """part\tkind\tfirst\tsecond
dev\tunfinished\tI was wondering\tabout it
held\tunfinished\tI would\tlike to
dev\tcould_end\tAre you open\ton Sunday
dev\twhole\tAre you open
"""
LINE = LineResult("a b", "a b", 1.0, 3.0, 0.5)
TURN = {"heard": "a b", "said": "c", "source": "knowledge", "timeline_ms": {}}


def exchange(turns: int = 1, cut_in_s: float | None = None) -> Exchange:
    return Exchange(replace(LINE, cut_in_s=cut_in_s), (TURN,) * turns)


def test_there_are_as_many_shipped_sentences_of_each_kind() -> None:
    assert set(Counter(each.kind for each in SHIPPED).values()) == {8}
    assert all(bool(each.second) == (each.kind != "whole") for each in SHIPPED)


def test_so_many_of_each_kind_are_chosen() -> None:
    assert Counter(each.kind for each in chosen(None, "dev", 3)) == {
        "unfinished": 3,
        "could_end": 3,
        "whole": 3,
    }
    assert chosen(None, "dev", 0) == []


def test_a_table_of_ones_own_has_parts(tmp_path: Path) -> None:
    (tmp_path / "turns.tsv").write_text(TABLE, encoding="utf-8")
    assert chosen(tmp_path, "held", 9) == [Sentence("unfinished", "I would", "like to")]
    assert chosen(tmp_path, "dev", 9)[-1] == Sentence("whole", "Are you open")


@pytest.mark.parametrize(
    ("table", "part", "told"),
    [
        (None, "dev", "turns.tsv"),
        ("first\tsecond\n", "dev", "columns part"),
        ("", "dev", "columns part"),
        (TABLE, "rest", "no line of part rest"),
    ],
)
def test_a_table_that_is_not_as_it_should_be_is_told(
    tmp_path: Path, table: str | None, part: str, told: str
) -> None:
    if table is not None:
        (tmp_path / "turns.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        chosen(tmp_path, part, 9)


def test_a_table_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "turns.tsv").write_bytes(TABLE.replace("it", "caf\xe9").encode("latin-1"))
    with pytest.raises(SettingsError, match=r"turns\.tsv"):
        chosen(tmp_path, "dev", 9)


def test_the_parts_of_a_line_are_a_pause_apart() -> None:
    sounds = {"a": np.full(800, 9000, np.int16), "b": np.full(1600, 9000, np.int16)}
    line = line_of(Sentence("unfinished", "a", "b"), sounds, 0.5)
    assert line.pcm.size == 800 + 4000 + 1600
    assert not line.pcm[800:4800].any()
    assert (line.words, line.voice_end) == ("a b", 6400)


def test_cut_ins_and_halves_that_became_one_turn_are_counted() -> None:
    lines = [exchange(), exchange(cut_in_s=0.6), exchange(turns=2, cut_in_s=0.6), exchange(turns=0)]
    found = figures_of("unfinished", 500, lines)
    assert (found.lines, found.cut_ins, found.cut_in_rate) == (4, 2, 0.5)
    assert (found.as_one, found.missed) == (2, 1)


def test_a_pause_is_printed_with_its_goal() -> None:
    console = Console(file=io.StringIO(), width=120, markup=False)
    print_pauses(console, [figures_of("unfinished", 800, [exchange(cut_in_s=0.6)])])
    assert isinstance(console.file, io.StringIO)
    assert "800 ms" in console.file.getvalue()
    assert "100 %" in console.file.getvalue()
    assert "15 %" in console.file.getvalue()
