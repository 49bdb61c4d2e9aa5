"""A signature does not excuse a bundle that is not what its manifest tells, nor the other way."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from appliance.bundle.archive import write_archive
from appliance.bundle.manifest import BundleManifest, LlamaBuild, inspect_bundle, verify_bundle
from appliance.bundle.signature import make_key, sign, signature_of
from appliance.errors import ArchiveError

pytestmark = pytest.mark.e2e

HEADER = BundleManifest(
    version="1.2.3",
    created="2026-11-20T20:45:00Z",
    python=("3.11",),
    machine="x86_64",
    glibc="2.36",
    llama_cpp=LlamaBuild.ours(),
)
CONTENTS = {
    "wheels/numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl": b"wheel",
    "wheels/numpy-2.4.6-cp312-cp312-manylinux_2_28_x86_64.whl": b"wheel",
    "models/one/a": b"12345",
    "models/one/b/c": b"123",
    "models/two/a": b"1",
    "requirements.txt": b"numpy",
}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = tmp_path_factory.mktemp("key") / "site"
    make_key(key)
    return key


@pytest.fixture
def bundle(tmp_path: Path, key: Path) -> Path:
    path = tmp_path / "bundle.tar"
    write_archive(path, HEADER, CONTENTS)
    sign(path, key, signature_of(path))
    return path


def verify(bundle: Path, key: Path) -> BundleManifest:
    return verify_bundle(bundle, key.with_name("site.signers"))


def test_a_signed_and_whole_bundle_tells_packages_models_and_sizes(bundle: Path, key: Path) -> None:
    manifest = verify(bundle, key)
    assert manifest == inspect_bundle(bundle)
    assert manifest.packages() == [("numpy", "2.4.6")]
    assert manifest.models() == {"one": 8, "two": 1}
    assert manifest.folders() == {"wheels": (2, 10), "models": (3, 9), ".": (1, 5)}


def test_the_machine_stands_before_the_long_list_of_files(bundle: Path) -> None:
    with tarfile.open(bundle) as tar:
        source = tar.extractfile("manifest.json")
        assert source is not None
        text = source.read().decode()
    assert text.index('"machine"') < text.index('"files"')


def test_a_bundle_signed_with_something_extra_inside_is_refused(bundle: Path, key: Path) -> None:
    extra = bundle.with_name("extra.tar")
    with tarfile.open(bundle) as old, tarfile.open(extra, "w") as new:
        for member in old:
            new.addfile(member, old.extractfile(member))
        new.addfile(tarfile.TarInfo("wheels/extra.whl"), io.BytesIO())
    sign(extra, key, signature_of(extra))
    with pytest.raises(ArchiveError, match=r"wheels/extra\.whl: the manifest does not name it"):
        verify(extra, key)


def test_a_truncated_and_an_unsigned_bundle_are_refused(bundle: Path, key: Path) -> None:
    whole = bundle.read_bytes()
    bundle.write_bytes(whole[:-5000])
    with pytest.raises(ArchiveError, match="refused"):
        verify(bundle, key)
    bundle.write_bytes(whole)
    signature_of(bundle).unlink()
    with pytest.raises(ArchiveError, match="not signed"):
        verify(bundle, key)


def test_a_bundle_that_is_not_there_is_named(tmp_path: Path, key: Path) -> None:
    with pytest.raises(ArchiveError, match=r"absent\.tar: cannot be read"):
        verify(tmp_path / "absent.tar", key)
