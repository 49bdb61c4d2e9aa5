"""Which sounds of a folder are measured with, and what is said of a folder that is not in order."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.wav import write_wav
from appliance.bench.asr import load_clips
from appliance.bench.clips import transcribed
from appliance.errors import AudioFileError

pytestmark = pytest.mark.unit

TONE = (8000 * np.sin(np.arange(4000) / 5)).astype(np.int16)
SOUND = b"sound"


def folder(path: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        if content == SOUND:
            write_wav(path / name, TONE)
        else:
            (path / name).write_bytes(content)
    return path


def test_a_text_beside_a_sound_is_what_is_said_in_it(tmp_path: Path) -> None:
    files = {"b.wav": SOUND, "b.txt": b" Good\n day.\n", "a.WAV": SOUND, "a.txt": b"Hello"}
    found = transcribed(folder(tmp_path, files))
    assert [(path.name, text) for path, text in found] == [
        ("a.WAV", "Hello"),
        ("b.wav", "Good day."),
    ]


def test_a_table_comes_first_and_its_sounds_need_no_text(tmp_path: Path) -> None:
    table = b"b.wav\tGood day\n"
    files = {"a.wav": SOUND, "a.txt": b"Hello", "b.wav": SOUND, "sentences.tsv": table}
    found = transcribed(folder(tmp_path, files))
    assert [path.name for path, _ in found] == ["b.wav", "a.wav"]


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        ({}, "there is no WAV in it; put recordings there and write what is said"),
        ({"a.wav": SOUND}, r"a\.wav: has no transcript; write what is said in it into a \.txt"),
        ({"a.wav": SOUND, "a.txt": b"x", "b.wav": SOUND}, r"b\.wav: has no transcript"),
        ({"a.wav": SOUND, "a.txt": b"x", "b.txt": b"x"}, r"b\.txt: there is no b\.wav"),
        ({"a.wav": SOUND, "a.txt": b" \n"}, r"a\.txt: is empty; write what is said"),
        ({"a.wav": SOUND, "a.txt": b"\xff"}, r"a\.txt: is not UTF-8 text"),
        ({"a.wav": SOUND, "a.txt": b"..."}, r"a\.wav: its transcript '...' holds no word"),
        ({"a.wav": b"MP3", "a.txt": b"x"}, r"a\.wav: this is not a WAV file"),
        ({"sentences.tsv": b"a.wav\tx"}, r"cannot read .*a\.wav: No such file"),
    ],
)
def test_a_folder_that_is_not_in_order_says_what_mends_it(
    tmp_path: Path, files: Mapping[str, bytes], complaint: str
) -> None:
    with pytest.raises(AudioFileError, match=complaint) as told:
        load_clips(folder(tmp_path, files))
    assert "\n" not in told.value.message


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="No such file or directory; name a folder"):
        load_clips(tmp_path / "none")


def test_sound_below_a_telephones_is_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", TONE, 6000)
    (tmp_path / "a.txt").write_text("hello")
    with pytest.raises(AudioFileError, match="6000 samples a second, fewer than a telephone's"):
        load_clips(tmp_path)
