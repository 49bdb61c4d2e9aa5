"""A model appears whole or not at all, wherever it comes from."""

from __future__ import annotations

import errno
import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights import install as install_module
from appliance.weights import source as source_module
from appliance.weights.catalogue import Archive, ModelEntry, ModelFile, models_root
from appliance.weights.install import install
from appliance.weights.place import RECEIPT, locate, verify

pytestmark = pytest.mark.unit

DEMO = models_root() / "demo"


def entry(name: str, kind: str, *files: ModelFile, archive: str | None = None) -> ModelEntry:
    return ModelEntry(
        name=name,
        kind=kind,
        language="en",
        licence="none",
        hint="for a test",
        verified=False,
        files=files,
        archive=Archive(archive) if archive else None,
    )


VOSK = entry("my-vosk", "vosk", archive="https://example.invalid/my-vosk.zip")
VOICE = entry(
    "my-voice",
    "piper",
    *(
        ModelFile(name, sha256=hashlib.sha256((DEMO / "piper-en" / name).read_bytes()).hexdigest())
        for name in ("voice.onnx", "voice.onnx.json")
    ),
)


def zip_folder(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for file in folder.rglob("*"):
            archive.write(file, Path("vosk-model-x") / file.relative_to(folder))
    return path


def left_over(models: Path) -> list[str]:
    return sorted(path.relative_to(models).as_posix() for path in models.rglob("*"))


def test_a_model_is_installed_from_an_archive(tmp_path: Path) -> None:
    archive = zip_folder(DEMO / "vosk-en", tmp_path / "x.zip")
    folder = install(VOSK, tmp_path / "models", source=archive)
    assert folder == tmp_path / "models" / "my-vosk"
    assert (folder / "am" / "final.mdl").is_file()
    assert verify(VOSK, tmp_path / "models") == []
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["my-vosk"]


def test_a_model_is_installed_from_a_folder(tmp_path: Path) -> None:
    folder = install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    assert (folder / "graph" / "phones" / "word_boundary.int").is_file()


@pytest.mark.parametrize("source", ["folder", "file"])
def test_a_voice_is_found_with_the_file_beside_it(tmp_path: Path, source: str) -> None:
    copied = tmp_path / "usb" / "deep"
    shutil.copytree(DEMO / "piper-en", copied)
    (copied / "unrelated.txt").write_text("x")
    install(
        VOICE,
        tmp_path / "models",
        source=tmp_path / "usb" if source == "folder" else copied / "voice.onnx",
    )
    folder = tmp_path / "models" / "my-voice"
    assert {path.name for path in folder.iterdir()} == {"voice.onnx", "voice.onnx.json", RECEIPT}


def test_an_installed_model_is_left_alone(tmp_path: Path) -> None:
    folder = install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    before = (folder / RECEIPT).stat().st_mtime_ns
    assert install(VOSK, tmp_path / "models") == folder  # its address leads nowhere
    assert (folder / RECEIPT).stat().st_mtime_ns == before


def test_a_damaged_model_is_replaced(tmp_path: Path) -> None:
    folder = install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    (folder / "graph" / "words.txt").unlink()
    install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    assert verify(VOSK, tmp_path / "models") == []


def test_a_file_with_a_wrong_checksum_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "usb"
    shutil.copytree(DEMO / "piper-en", source)
    with (source / "voice.onnx.json").open("a") as file:
        file.write(" ")
    with pytest.raises(WeightsError, match="checksum"):
        install(VOICE, tmp_path / "models", source=source)
    assert left_over(tmp_path / "models") == []
    assert (source / "voice.onnx.json").exists()


def test_a_model_an_engine_could_not_load_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "usb"
    shutil.copytree(DEMO / "vosk-en", source)
    (source / "conf" / "model.conf").write_text("--min-active=200\n")
    with pytest.raises(WeightsError, match="silence-phones"):
        install(VOSK, tmp_path / "models", source=source)
    assert left_over(tmp_path / "models") == []


def test_a_failed_installation_keeps_the_old_model(tmp_path: Path) -> None:
    install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    (tmp_path / "empty").mkdir()
    with pytest.raises(WeightsError, match="empty: no model is in this folder"):
        install(VOSK, tmp_path / "models", source=tmp_path / "empty")
    assert verify(VOSK, tmp_path / "models") == []
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["my-vosk"]


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"/none: there is no such file"):
        install(VOSK, tmp_path / "models", source=tmp_path / "none")
    (tmp_path / "other").mkdir()
    with pytest.raises(WeightsError, match=r"voice\.onnx is not in there"):
        install(VOICE, tmp_path / "models", source=tmp_path / "other")


def test_a_full_disk_is_said_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(WeightsError, match="make room") as caught:
        install(VOSK, tmp_path / "models", source=DEMO / "vosk-en", free=lambda _: 0)
    assert caught.value.code == "disk_full"
    assert left_over(tmp_path / "models") == []

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path))

    monkeypatch.setattr(install_module, "write_receipt", full)
    with pytest.raises(WeightsError, match="No space left on device") as caught:
        install(VOSK, tmp_path / "models", source=DEMO / "vosk-en")
    assert caught.value.code == "disk_full"
    assert left_over(tmp_path / "models") == []


def test_a_cut_download_is_kept_for_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(url: str, target: Path, **_: object) -> None:
        target.with_name(target.name + ".part").write_bytes(b"the first half")
        raise WeightsError(f"{url}: cut")

    monkeypatch.setattr(source_module, "download", cut)
    with pytest.raises(WeightsError, match="cut"):
        install(VOSK, tmp_path / "models")
    part = tmp_path / "models" / ".my-vosk.part" / "fetched" / "my-vosk.zip.part"
    assert part.read_bytes() == b"the first half"

    def rest(url: str, target: Path, **_: object) -> None:
        assert target.with_name(target.name + ".part").exists()
        target.with_name(target.name + ".part").unlink()
        zip_folder(DEMO / "vosk-en", target)

    monkeypatch.setattr(source_module, "download", rest)
    install(VOSK, tmp_path / "models")
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["my-vosk"]


def test_a_voice_of_two_files_is_downloaded_file_by_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy(url: str, target: Path, **_: object) -> None:
        shutil.copy(DEMO / "piper-en" / url.rsplit("/", 1)[1], target)

    monkeypatch.setattr(source_module, "download", copy)
    home = "https://example.invalid/"
    names = ("voice.onnx", "voice.onnx.json")
    voice = entry("web-voice", "piper", *(ModelFile(name, url=home + name) for name in names))
    install(voice, tmp_path / "models")
    assert locate(str(tmp_path / "models" / "web-voice"), tmp_path).kind == "piper"


def test_shipped_models_need_no_installation(tmp_path: Path) -> None:
    located = locate("vosk-demo-en", tmp_path)
    assert located.entry is not None
    assert install(located.entry, tmp_path) == DEMO / "vosk-en"
    assert left_over(tmp_path) == []
