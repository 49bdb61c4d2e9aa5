"""A folder of Debian packages becomes what apt takes from a disk."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from appliance.bundle.archive import facts_of
from appliance.bundle.debs import by_release, find_debs, index
from appliance.bundle.metadata import read_deb
from appliance.errors import ArchiveError

pytestmark = pytest.mark.e2e

CONTROL = """\
Package: tiny
Version: 1:2.0~rc1-1
Architecture: all
Maintainer: Nobody <nobody@localhost>
Description: a package with nothing in it
 and a second line
"""


@pytest.fixture
def deb(tmp_path: Path) -> Path:
    (tmp_path / "tree" / "DEBIAN").mkdir(parents=True)
    (tmp_path / "tree" / "DEBIAN" / "control").write_text(CONTROL)
    (tmp_path / "debs").mkdir()
    deb = tmp_path / "debs" / "tiny_2.0~rc1-1_all.deb"
    build = ["dpkg-deb", "--build", "--root-owner-group", tmp_path / "tree", deb]
    subprocess.run(build, check=True, capture_output=True)
    return deb


def test_apt_lists_what_the_index_names(deb: Path, tmp_path: Path) -> None:
    (found,) = find_debs(deb.parent)
    package, control = read_deb(found)
    assert (package.name, package.version, package.architecture) == ("tiny", "1:2.0~rc1-1", "all")
    (deb.parent / "Packages").write_bytes(index([(found, control, facts_of(found))]))
    (tmp_path / "sources.list").write_text(f"deb [trusted=yes] file:{deb.parent} ./\n")
    for folder in ("lists/partial", "cache/archives/partial", "root/var/lib/dpkg"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "root/var/lib/dpkg/status").touch()
    options = {
        "Dir::Etc::sourcelist": tmp_path / "sources.list",
        "Dir::Etc::sourceparts": "-",
        "Dir::State::lists": tmp_path / "lists",
        "Dir::State::status": tmp_path / "root/var/lib/dpkg/status",
        "Dir::Cache": tmp_path / "cache",
        "APT::Sandbox::User": "root",
    }
    apt = ["apt-get", "-q", *(f"-o{key}={value}" for key, value in options.items())]
    subprocess.run([*apt, "update"], check=True, capture_output=True)
    told = subprocess.run([*apt, "install", "--print-uris", "-y", "tiny"], capture_output=True)
    assert f"file:{deb.parent}/./{deb.name}" in told.stdout.decode().replace("%7e", "~")


def test_a_folder_without_packages_and_a_file_that_is_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no .deb is in there"):
        find_debs(tmp_path)
    (tmp_path / "x.deb").write_text("no")
    with pytest.raises(ArchiveError, match="x.deb: not a Debian package"):
        read_deb(tmp_path / "x.deb")


def test_packages_are_for_one_release_each() -> None:
    assert by_release(["trixie=a", "noble=b=c"]) == {"trixie": Path("a"), "noble": Path("b=c")}
    for wrong in ("debs", "trixie=", "=debs", "13=debs", "../etc=debs"):
        with pytest.raises(ArchiveError, match=r"say which release .* --debs trixie=DIR"):
            by_release([wrong])
