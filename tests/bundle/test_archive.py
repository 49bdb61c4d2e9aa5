"""Archives that are whole are read back; whatever else somebody hands in is refused."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from appliance.bundle.archive import (
    FORMAT,
    MANIFEST,
    Manifest,
    check_archive,
    extract,
    read_manifest,
    write_archive,
)
from appliance.errors import ArchiveError

pytestmark = pytest.mark.unit

HEADER = Manifest(version="1.2.3", created="2026-11-20T20:45:00Z")
CONTENTS = {"b/two": b"two" * 1000, "a": b"one", "b/" + "long" * 40: b""}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "whole.tar"
    write_archive(path, HEADER, CONTENTS)
    return path


def check(path: Path) -> Manifest:
    with path.open("rb") as file:
        return check_archive(path, file, Manifest)


def rewritten(whole: Path, *more: tuple[tarfile.TarInfo, bytes], without: str = "") -> Path:
    """The same tar with members added at the end, or one left out."""
    path = whole.with_name("rewritten.tar")
    with tarfile.open(whole) as old, tarfile.open(path, "w") as new:
        for member in old:
            if member.name != without:
                new.addfile(member, old.extractfile(member))
        for member, data in more:
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return path


def test_a_whole_archive_tells_its_manifest_and_gives_its_files_back(whole: Path) -> None:
    manifest = check(whole)
    assert manifest.version == "1.2.3"
    assert set(manifest.files) == set(CONTENTS)
    target = whole.with_name("out")
    with whole.open("rb") as file:
        assert read_manifest(whole, file, Manifest) == manifest
        extract(whole, file, "b/two", target)
    assert target.read_bytes() == b"two" * 1000


def test_the_same_contents_give_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    on_disk = tmp_path / "two"
    on_disk.write_bytes(b"two" * 1000)
    again = tmp_path / "again.tar"
    write_archive(again, HEADER, {"a": b"one", **CONTENTS, "b/two": on_disk})
    assert again.read_bytes() == whole.read_bytes()


def test_any_flipped_byte_of_the_contents_is_found(whole: Path) -> None:
    data = bytearray(whole.read_bytes())
    data[data.index(b"twotwo") + 1234] ^= 1
    whole.write_bytes(data)
    with pytest.raises(ArchiveError, match="b/two is not what the manifest tells"):
        check(whole)


@pytest.mark.parametrize("part", [0, 1, 600, 2000, 3000, 5000, 10239])
def test_a_truncated_archive_is_refused(whole: Path, part: int) -> None:
    whole.write_bytes(whole.read_bytes()[:part])
    with pytest.raises(ArchiveError, match="damaged"):
        check(whole)


def test_something_behind_the_end_is_refused(whole: Path) -> None:
    with whole.open("ab") as file:
        file.write(b"more")
    with pytest.raises(ArchiveError, match="something was added"):
        check(whole)


@pytest.mark.parametrize("blocks", range(20))
def test_a_tar_of_any_length_is_whole(tmp_path: Path, blocks: int) -> None:
    """A tar ends with two blocks of zeros, rounded up to twenty: with up to twenty-one of them."""
    contents = {"some": bytes(blocks * tarfile.BLOCKSIZE)}
    write_archive(tmp_path / "a.tar", HEADER, contents)
    check(tmp_path / "a.tar")


def test_a_missing_member_is_named(whole: Path) -> None:
    with pytest.raises(ArchiveError, match="a is missing"):
        check(rewritten(whole, without="a"))


def test_an_extra_member_and_one_that_comes_twice_are_refused(whole: Path) -> None:
    for name in ("extra", "a"):
        with pytest.raises(ArchiveError, match=f"{name}: the manifest does not name it"):
            check(rewritten(whole, (tarfile.TarInfo(name), b"one")))


@pytest.mark.parametrize("name", ["/etc/passwd", "../escape", "a/../../escape", "..\\escape"])
def test_a_path_that_leaves_the_folder_is_refused(whole: Path, name: str) -> None:
    with pytest.raises(ArchiveError, match="outside the folder"):
        check(rewritten(whole, (tarfile.TarInfo(name), b"x")))


def test_a_path_that_leaves_the_folder_is_refused_when_the_manifest_names_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "evil.tar"
    write_archive(path, HEADER, {"../evil": b"x"})
    with pytest.raises(ArchiveError, match="outside the folder"):
        check(path)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_links_devices_and_folders_are_refused(whole: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("a")
    member.type, member.linkname = kind, "/etc/passwd"
    with pytest.raises(ArchiveError, match="not a plain file"):
        check(rewritten(whole, (member, b""), without="a"))


def test_a_member_of_another_size_is_refused_before_it_is_read(whole: Path) -> None:
    with pytest.raises(ArchiveError, match="a: 4 bytes instead of 3"):
        check(rewritten(whole, (tarfile.TarInfo("a"), b"one!"), without="a"))


def manifest_only(path: Path, manifest: object) -> Path:
    text = json.dumps(manifest).encode()
    with tarfile.open(path, "w") as tar:
        member = tarfile.TarInfo(MANIFEST)
        member.size = len(text)
        tar.addfile(member, io.BytesIO(text))
    return path


def test_a_later_format_asks_for_a_newer_appliance(tmp_path: Path) -> None:
    later = {"format": FORMAT + 1, "version": "9", "created": "", "files": {}}
    with pytest.raises(ArchiveError, match="of format 2, this appliance reads 1"):
        check(manifest_only(tmp_path / "later.tar", later))


@pytest.mark.parametrize("manifest", [[], {}, {"format": 1, "files": {"a": {"bytes": -1}}}])
def test_a_manifest_of_nonsense_is_called_damaged(tmp_path: Path, manifest: object) -> None:
    with pytest.raises(ArchiveError, match=r"damaged: manifest\.json"):
        check(manifest_only(tmp_path / "odd.tar", manifest))


def test_a_tar_without_manifest_a_compressed_one_and_no_tar_are_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.tar"
    with tarfile.open(plain, "w") as tar:
        tar.addfile(tarfile.TarInfo("a"))
    packed = tmp_path / "packed.tar"
    with tarfile.open(packed, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo(MANIFEST))
    text = tmp_path / "text.tar"
    text.write_text("not a tar\n" * 1000)
    for path in (plain, packed, text):
        with pytest.raises(ArchiveError, match=f"{path.name}: damaged"):
            check(path)


def test_a_second_manifest_is_refused_even_when_the_first_one_names_it(tmp_path: Path) -> None:
    """A reader that takes the last of two would believe another list than the one that was
    checked."""
    path = tmp_path / "two.tar"
    write_archive(path, HEADER, {MANIFEST: b"{}"})
    with pytest.raises(ArchiveError, match=r"manifest\.json: there is a manifest already"):
        check(path)


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, b"x"])
def test_headers_of_headers_without_end_are_refused(whole: Path, kind: bytes) -> None:
    """tarfile calls itself for each and came to the end of Python's stack."""
    member = tarfile.TarInfo("chained")
    member.type, member.size = kind, 512
    chained = member.tobuf(tarfile.GNU_FORMAT) + b"a".ljust(512, b"\0")
    path = whole.with_name("chained.tar")
    with tarfile.open(whole) as tar:
        first = tar.next()
        assert first is not None
        begin = first.offset_data + -(-first.size // 512) * 512
    path.write_bytes(whole.read_bytes()[:begin] + 5000 * chained)
    with pytest.raises(ArchiveError, match="not a whole tar"):
        check(path)
