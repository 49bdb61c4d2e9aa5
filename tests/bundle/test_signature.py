"""Signatures by the real ssh-keygen: who signed, over what, for what."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from appliance.bundle.signature import check_signature, make_key, sign, signature_of
from appliance.errors import ArchiveError

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = tmp_path_factory.mktemp("key") / "site"
    make_key(key)
    return key


@pytest.fixture
def signed(tmp_path: Path, key: Path) -> Path:
    bundle = tmp_path / "bundle.tar"
    bundle.write_bytes(b"contents")
    sign(bundle, key, signature_of(bundle))
    return bundle


def check(bundle: Path, signers: Path) -> None:
    with bundle.open("rb") as file:
        check_signature(file, bundle, signers)


def signers_of(key: Path) -> Path:
    return key.with_name(f"{key.name}.signers")


def test_what_was_signed_is_taken(signed: Path, key: Path) -> None:
    check(signed, signers_of(key))
    assert key.stat().st_mode & 0o777 == 0o600


def test_plain_ssh_keygen_takes_it_too(signed: Path, key: Path) -> None:
    command = ["ssh-keygen", "-Y", "verify", "-I", "appliance-bundle", "-n", "appliance-bundle"]
    command += ["-f", str(signers_of(key)), "-s", str(signature_of(signed))]
    assert subprocess.run(command, input=b"contents", capture_output=True).returncode == 0


def test_a_changed_bundle_is_refused(signed: Path, key: Path) -> None:
    signed.write_bytes(b"Contents")
    with pytest.raises(ArchiveError, match="changed after it was signed; refused"):
        check(signed, signers_of(key))


def test_an_unsigned_bundle_is_refused(signed: Path, key: Path) -> None:
    signature_of(signed).unlink()
    with pytest.raises(ArchiveError, match=r"not signed \(bundle\.tar\.sig is not beside it\)"):
        check(signed, signers_of(key))


def test_a_signature_of_nonsense_is_refused(signed: Path, key: Path) -> None:
    signature_of(signed).write_bytes(b"signed, me")
    with pytest.raises(ArchiveError, match="refused"):
        check(signed, signers_of(key))


def test_another_key_is_refused(signed: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="not signed by anyone in"):
        check(signed, make_key(tmp_path / "other"))


def test_a_signature_for_another_purpose_is_refused(signed: Path, key: Path) -> None:
    signature_of(signed).unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", str(key), "-n", "git", str(signed)]
    subprocess.run(command, check=True, capture_output=True)
    assert signature_of(signed).exists()
    with pytest.raises(ArchiveError, match="refused"):
        check(signed, signers_of(key))


def test_missing_keys_and_signers_are_named(signed: Path, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="make one: appliance bundle key"):
        sign(signed, tmp_path / "absent", tmp_path / "sig")
    with pytest.raises(ArchiveError, match="no such file of signers"):
        check(signed, tmp_path / "absent")


def test_no_key_is_overwritten(key: Path) -> None:
    before = key.read_bytes()
    with pytest.raises(ArchiveError, match="no key is overwritten"):
        make_key(key)
    assert key.read_bytes() == before


def test_a_machine_without_ssh_keygen_is_told_what_to_install(
    signed: Path, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ArchiveError, match="apt-get install openssh-client"):
        check(signed, signers_of(key))
