"""A real bundle of this checkout: made, checked, damaged, and installed without a network."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import venv
from pathlib import Path
from typing import IO

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from appliance.bundle.lock import read_lock
from appliance.bundle.manifest import inspect_bundle
from appliance.bundle.signature import make_key, signature_of

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]
PYTHON = f"3.{sys.version_info[1]}"
MODEL = "smollm2-135m-instruct"
CONFIG_ERROR = os.EX_CONFIG
CREATE = [sys.executable, "-m", "appliance", "bundle", "create", "--model", MODEL]


def appliance(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "appliance", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = tmp_path_factory.mktemp("key") / "site"
    make_key(key)
    return key


@pytest.fixture(scope="module")
def signers(key: Path) -> Path:
    return key.with_name("site.signers")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, key: Path) -> Path:
    """With the llama-cpp-python that the set-up has built, where pip still has it: the portable
    one would cost minutes."""
    out = tmp_path_factory.mktemp("bundle") / "appliance-bundle.tar"
    query = [sys.executable, "-m", "pip", "cache", "list", "--format=abspath", "llama_cpp_python"]
    built = subprocess.run(query, capture_output=True, text=True, check=False).stdout.split()
    given = ["--llama-wheel", built[0]] if built else []
    command = [*CREATE, "--out", str(out), "--key", str(key), *given]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in out.parent.iterdir()) == [out.name, f"{out.name}.sig"]
    return out


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory, bundle: Path) -> Path:
    """As the playbook does it: with nothing but tar."""
    folder = tmp_path_factory.mktemp("unpacked")
    subprocess.run(["tar", "-xf", str(bundle), "-C", str(folder)], check=True)
    return folder


def test_a_bundle_is_whole_and_signed(bundle: Path, signers: Path) -> None:
    done = appliance("bundle", "verify", bundle, "--signers", signers)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("signed and whole\n")


def test_inspect_tells_what_is_inside(bundle: Path) -> None:
    told = json.loads(appliance("bundle", "inspect", bundle, "--json").stdout)
    assert told["python"] == [PYTHON]
    assert told["signed"] is True
    assert told["models"].keys() == {MODEL}
    assert "vosk 0.3.45" in appliance("bundle", "inspect", bundle).stdout


def test_it_holds_what_the_lock_files_name_and_says_where_none_of_it_is_from(
    unpacked: Path,
) -> None:
    for source, listed in (("runtime", "requirements"), ("build", "requirements-build")):
        wanted = read_lock(ROOT / "requirements" / f"{source}.txt")
        names = {pin.name for pin in wanted if pin.wanted_by(PYTHON)}
        text = (unpacked / f"{listed}.txt").read_text()
        assert {pin.name for pin in read_lock(unpacked / f"{listed}.txt")} - {"appliance"} == names
        assert "://" not in text
    for folder in ("ansible", "systemd", "asterisk-conf", "sdists", "licences", "models"):
        assert any((unpacked / folder).iterdir())
    assert not list(unpacked.rglob("__pycache__"))


def test_the_bill_of_materials_is_valid_and_names_every_package_and_model(unpacked: Path) -> None:
    text = (unpacked / "sbom.cdx.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = {each["bom-ref"]: each for each in json.loads(text)["components"]}
    files = json.loads((unpacked / "manifest.json").read_text())["files"]
    packages = [name for name in files if name.startswith(("wheels/", "sdists/"))]
    for name in packages:
        assert components[name]["hashes"][0]["content"] == files[name]["sha256"]
        assert components[name]["licenses"], f"{name} has no licence"
    assert {f"models/{MODEL}", "models/vosk-demo-en"} <= components.keys()
    assert (unpacked / "licences/models/NOTICE").is_file()


def test_it_installs_without_a_network_and_finds_nothing_missing(
    unpacked: Path, tmp_path: Path
) -> None:
    venv.create(tmp_path / "venv", with_pip=False)  # as on a Debian without python3-venv
    binaries = tmp_path / "venv" / "bin"
    environ = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(tmp_path), "COLUMNS": "200"}
    environ |= {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    environ |= {"APPLIANCE_MODELS_DIR": str(unpacked / "models"), "APPLIANCE_SMALL_MODELS": "true"}
    (pip,) = (unpacked / "wheels").glob("pip-*.whl")
    offline = "--no-compile --no-index --find-links wheels --require-hashes -r requirements.txt"
    for command in (
        f"python {pip}/pip install {offline}",
        "appliance --version",
        "appliance doctor",
    ):
        done = subprocess.run(
            command.split(), cwd=unpacked, env=environ, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert f"gguf, {unpacked}/models/{MODEL}/" in done.stdout


def test_a_flipped_byte_is_refused_with_one_line(bundle: Path, signers: Path) -> None:
    with bundle.open("r+b") as file:
        try:
            flip(file, 100_000_000)
            done = appliance("bundle", "verify", bundle, "--signers", signers)
        finally:
            flip(file, 100_000_000)
    assert done.returncode == CONFIG_ERROR
    assert done.stderr.count("\n") == 1
    assert "changed after it was signed; refused" in done.stderr


def flip(file: IO[bytes], at: int) -> None:
    os.pwrite(file.fileno(), bytes([os.pread(file.fileno(), 1, at)[0] ^ 1]), at)


def test_a_broken_off_run_leaves_an_older_bundle_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "b.tar"
    for path in (out, signature_of(out)):
        path.write_text("older")
    command = [*CREATE, "--out", str(out)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as run:
        while not (tmp_path / ".b.tar.work" / "tools").is_dir():
            assert run.poll() is None, run.communicate()
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 130
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "b.tar": "older",
        "b.tar.sig": "older",
    }


def test_a_file_that_is_no_bundle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("nothing")
    done = appliance("bundle", "inspect", tmp_path / "b.tar")
    assert done.returncode == CONFIG_ERROR
    assert "b.tar: damaged: not a whole tar" in done.stderr


def test_the_version_of_the_manifest_is_that_of_the_program(bundle: Path) -> None:
    assert inspect_bundle(bundle).version in appliance("--version").stdout
