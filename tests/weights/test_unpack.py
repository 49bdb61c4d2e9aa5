"""Archives that try to write elsewhere, are damaged or do not fit."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.unpack import is_archive, unpack

pytestmark = pytest.mark.unit


def zip_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    return path


def tar_of(path: Path, *members: tarfile.TarInfo) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for member in members:
            member.size = 3 if member.isfile() else 0
            archive.addfile(member, io.BytesIO(b"abc"))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "target"
    folder.mkdir()
    return folder


def test_a_zip_and_a_tar_give_their_files(tmp_path: Path, folder: Path) -> None:
    unpack(zip_of(tmp_path / "a.zip", "model/am/final.mdl", "model/README"), folder)
    unpack(tar_of(tmp_path / "b.tgz", tarfile.TarInfo("model/conf/mfcc.conf")), folder)
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))
    assert files == ["model/am/final.mdl", "model/conf/mfcc.conf"]
    assert (folder / "model/conf/mfcc.conf").read_bytes() == b"abc"


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/tmp/out", "C:/out", "..\\out"])
def test_a_zip_that_would_write_elsewhere_is_refused(
    tmp_path: Path, folder: Path, name: str
) -> None:
    with pytest.raises(WeightsError, match="would write outside its folder"):
        unpack(zip_of(tmp_path / "a.zip", "good", name), folder)
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../out", "/tmp/out"])
def test_a_tar_that_would_write_elsewhere_is_refused(
    tmp_path: Path, folder: Path, name: str
) -> None:
    with pytest.raises(WeightsError, match="would write outside its folder"):
        unpack(tar_of(tmp_path / "a.tgz", tarfile.TarInfo("good"), tarfile.TarInfo(name)), folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE])
def test_a_tar_with_links_or_devices_is_refused(tmp_path: Path, folder: Path, kind: bytes) -> None:
    odd = tarfile.TarInfo("link")
    odd.type = kind
    odd.linkname = "/etc/passwd"
    with pytest.raises(WeightsError, match="a link or a device"):
        unpack(tar_of(tmp_path / "a.tgz", odd), folder)
    assert list(folder.iterdir()) == []


def test_an_archive_that_does_not_fit_is_refused_before_it_writes(
    tmp_path: Path, folder: Path
) -> None:
    with pytest.raises(WeightsError, match="free") as caught:
        unpack(zip_of(tmp_path / "a.zip", "model"), folder, free=lambda _: 0)
    assert caught.value.code == "disk_full"
    assert list(folder.iterdir()) == []


def test_a_damaged_archive_is_said(tmp_path: Path, folder: Path) -> None:
    archive = zip_of(tmp_path / "a.zip", "a" * 100)
    data = bytearray(archive.read_bytes())
    data[140] ^= 0xFF  # inside the stored file, behind its header and name
    archive.write_bytes(data)
    with pytest.raises(WeightsError, match="damaged archive"):
        unpack(archive, folder)


def test_only_archives_are_called_so(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text("x" * 1000)
    assert not is_archive(tmp_path / "plain")
    assert not is_archive(tmp_path)
    assert is_archive(zip_of(tmp_path / "a.zip", "a"))
