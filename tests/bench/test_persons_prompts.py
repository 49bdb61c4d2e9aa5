"""Which prompts of a person are measured with, and what is said where they cannot be had."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.wav import write_wav
from appliance.bench.persons_prompts import SOUNDS, WORDS, persons_clips
from appliance.errors import ApplianceError

pytestmark = pytest.mark.unit

TONE = (8000 * np.sin(np.arange(4000) / 5)).astype(np.int16)
LIST = """; Core sounds

one: Please enter the number of 1 person.
again: Please enter the number of one person
short: Please try again.
part: ...and please enter the number of one person.
two: That is not right. Please enter the number again.
key: Press * to enter the number of the person.
tone: [this is a simple beep tone of a telephone]
missing: You are now the only one in here.
unidentified-no-callback: Un-indentified or witheld and therefore cannot be called back.
dir/long: Nobody can listen to this one in a call.
"""


def packages(root: Path) -> Path:
    """As Debian's two packages lie when they are unpacked."""
    sounds = root / "usr/share/asterisk/sounds/en_US_f_Allison"
    words = root / "usr/share/doc" / WORDS
    (sounds / "dir").mkdir(parents=True)
    words.mkdir(parents=True)
    (words / "core-sounds-en.txt.gz").write_bytes(gzip.compress(LIST.encode()))
    for line in LIST.splitlines()[2:]:
        name = line.partition(":")[0]
        if name != "missing":
            write_wav(sounds / f"{name}.wav", np.tile(TONE, 30 if name == "dir/long" else 1))
    return root


def tools(folder: Path, monkeypatch: pytest.MonkeyPatch, **scripts: str) -> None:
    """These programs and no others."""
    folder.mkdir()
    for name, script in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_whole_sentences_of_several_words_are_taken_and_each_wording_once(tmp_path: Path) -> None:
    packages(tmp_path / SOUNDS)
    clips = persons_clips(tmp_path)
    assert [clip.name for clip in clips] == ["one", "unidentified-no-callback"]
    assert " ".join(clips[0].words) == "please enter the number of one person"
    assert clips[1].text.startswith("Unidentified or withheld")


def test_packages_are_fetched_once_and_unpacked_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = packages(tmp_path / "made")
    tools(
        tmp_path / "bin",
        monkeypatch,
        apt_get="for package in $3 $4; do : > $package.deb; done",
        dpkg_deb=f"/bin/cp -r {made}/. $3",
    )
    cache = tmp_path / "cache"
    assert len(persons_clips(cache)) == 2
    monkeypatch.setenv("PATH", "")
    assert len(persons_clips(cache)) == 2
    assert [path.name for path in cache.iterdir()] == [SOUNDS]


def test_without_apt_a_folder_of_ones_own_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools(tmp_path / "bin", monkeypatch)
    with pytest.raises(ApplianceError, match="apt-get is missing: .* give a folder of your own"):
        persons_clips(tmp_path / "cache")


def test_a_failed_download_is_one_line_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = "echo 'W: slow' >&2; echo 'E: Unable to locate package' >&2; exit 100"
    tools(tmp_path / "bin", monkeypatch, apt_get=failing, dpkg_deb="exit 0")
    with pytest.raises(
        ApplianceError, match="E: Unable to locate package; try `apt-get upd"
    ) as told:
        persons_clips(tmp_path / "cache")
    assert "\n" not in told.value.message
    assert list((tmp_path / "cache").iterdir()) == []


def test_packages_that_hold_something_else_are_told(tmp_path: Path) -> None:
    (tmp_path / SOUNDS).mkdir()
    with pytest.raises(ApplianceError, match="as expected; remove it and try again"):
        persons_clips(tmp_path)
