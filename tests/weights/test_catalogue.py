"""The catalogue that is shipped, and how entries are found."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from appliance.errors import WeightsError
from appliance.weights.catalogue import ModelEntry, load_catalogue, models_root
from appliance.weights.claim import COMMON_WORDS

pytestmark = pytest.mark.unit

CATALOGUE = load_catalogue()
ENTRIES = pytest.mark.parametrize("entry", CATALOGUE.values(), ids=list(CATALOGUE))


def urls(entry: ModelEntry) -> list[str]:
    archive = [entry.archive.url] if entry.archive else []
    return archive + [file.url for file in entry.files if file.url is not None]


@ENTRIES
def test_an_entry_is_shipped_or_has_a_source(entry: ModelEntry) -> None:
    homes = [entry.shipped is not None, entry.archive is not None, entry.has_home]
    assert homes.count(True) == 1 or (entry.wheels and not any(homes))


@ENTRIES
def test_wheels_make_all_files_and_each_part_goes_to_one(entry: ModelEntry) -> None:
    if entry.wheels:
        members = [member for wheel in entry.wheels for member in wheel.members]
        assert {member.path for member in members} == {file.path for file in entry.files}
        assert all(file.size and file.sha256 for file in entry.files)
    for wheel in entry.wheels:
        assert len(bytes.fromhex(wheel.sha256)) == 32
        assert wheel.size
        assert wheel.wheel.count("==") == 1


@ENTRIES
def test_what_is_converted_is_known_by_its_checksums(entry: ModelEntry) -> None:
    if entry.convert:
        assert entry.files
        assert all(file.size and file.sha256 for file in entry.files)
        assert entry.convert.size


@ENTRIES
def test_a_vosk_model_has_a_language_whose_words_are_known(entry: ModelEntry) -> None:
    if entry.kind == "vosk":
        assert entry.language in COMMON_WORDS


@ENTRIES
def test_an_entry_tells_size_licence_and_a_hint_of_one_line(entry: ModelEntry) -> None:
    assert entry.size > 0
    assert entry.licence
    assert entry.hint
    assert "\n" not in entry.hint


@ENTRIES
def test_public_homes_are_reached_by_https_alone(entry: ModelEntry) -> None:
    assert {urlsplit(url).scheme for url in urls(entry)} <= {"https"}


@ENTRIES
def test_checksums_are_whole_and_paths_stay_inside(entry: ModelEntry) -> None:
    for file in entry.files:
        assert file.sha256 is None or len(bytes.fromhex(file.sha256)) == 32
        assert not Path(file.path).is_absolute()
        assert ".." not in Path(file.path).parts


@ENTRIES
def test_only_models_with_checksums_are_called_verified(entry: ModelEntry) -> None:
    if entry.verified:
        assert entry.files
        assert all(file.size and file.sha256 for file in entry.files)


@pytest.mark.parametrize("kind", ["vosk", "whisper", "piper", "gguf"])
def test_there_is_a_tried_and_a_public_model_of_each_kind(kind: str) -> None:
    assert {entry.verified for entry in CATALOGUE.values() if entry.kind == kind} == {True, False}


def test_the_shipped_files_are_those_of_the_catalogue() -> None:
    for entry in CATALOGUE.values():
        if entry.shipped is None:
            continue
        folder = models_root() / "demo" / entry.shipped
        lines = [
            f'    {{ path = "{path.relative_to(folder).as_posix()}", '
            f"size = {path.stat().st_size}, "
            f'sha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}" }},'
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        text = (models_root() / "catalogue.toml").read_text(encoding="utf-8")
        wanted = f'shipped = "{entry.shipped}"\nfiles = [\n' + "\n".join(lines) + "\n]\n"
        assert wanted in text, f"write into the table [{entry.name}]:\n{wanted}"


def test_an_unknown_name_suggests_the_nearest_one() -> None:
    with pytest.raises(WeightsError, match="did you mean 'vosk-demo-en'"):
        CATALOGUE.find("vosk-demo")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[a]\nkind =", "not a catalogue"),
        ("a = 1", "not a catalogue"),
        ('[a]\nkind = "vosk"', r"a\.language: "),
        (
            '[a]\nkind = "vosk"\nlanguage = "en"\nlicence = ""\nhint = ""\nverified = true\nb = 1',
            r"a\.b: ",
        ),
    ],
)
def test_a_wrong_catalogue_is_said_with_file_and_key(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(text)
    with pytest.raises(WeightsError, match=complaint) as caught:
        load_catalogue(path)
    assert str(path) in caught.value.message


def test_a_missing_catalogue_is_said_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="No such file"):
        load_catalogue(tmp_path / "none.toml")
