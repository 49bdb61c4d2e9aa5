"""The portable wheel is compiled once, kept by what it follows from, and never taken half made."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import cast

import pytest

from appliance.bundle.llama import PORTABLE_CMAKE_ARGS, portable_wheel
from appliance.bundle.pip import Pip
from appliance.errors import ArchiveError

pytestmark = pytest.mark.unit

SDIST = Path("llama_cpp_python-0.3.36.tar.gz")
WHEEL = "llama_cpp_python-0.3.36-py3-none-linux_x86_64.whl"


class FakePip:
    """Builds an empty wheel, or fails after it has begun one."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.builds: list[str] = []

    def __call__(self, command: str, *arguments: str, **environ: str) -> None:
        assert "--no-cache-dir" in arguments  # pip's own cache has a wheel for one processor
        self.builds.append(environ["CMAKE_ARGS"])
        (Path(arguments[arguments.index("-w") + 1]) / WHEEL).touch()
        if self.fails:
            raise ArchiveError("pip failed:")


def build(pip: FakePip) -> Path:
    return portable_wheel(cast(Pip, pip), SDIST)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def test_it_is_compiled_for_any_processor_and_only_once() -> None:
    pip = FakePip()
    wheel = build(pip)
    assert wheel.name == WHEEL
    assert build(pip) == wheel
    assert pip.builds == [PORTABLE_CMAKE_ARGS]
    assert "-DGGML_NATIVE=OFF" in PORTABLE_CMAKE_ARGS


def test_other_flags_make_another_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = build(FakePip())
    monkeypatch.setattr("appliance.bundle.llama.PORTABLE_CMAKE_ARGS", "-DGGML_AVX2=OFF")
    assert build(FakePip()) != wheel


def test_a_build_that_failed_is_begun_anew() -> None:
    with pytest.raises(ArchiveError):
        build(FakePip(fails=True))
    pip = FakePip()
    assert build(pip).is_file()
    assert len(pip.builds) == 1


def test_without_a_compiler_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ArchiveError, match=r"apt-get install g\+\+.*--llama-wheel"):
        build(FakePip())
