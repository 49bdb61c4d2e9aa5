"""Getting every Python package of the bundle into one folder, for one or more Python versions.

What has wheels is fetched for each version, whichever runs this; the few that come as source alone
are built here, and are good for every version, because none has a module compiled against Python.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.utils import parse_sdist_filename, parse_wheel_filename

from appliance.bundle.llama import NAME as LLAMA
from appliance.bundle.llama import portable_wheel
from appliance.bundle.lock import Pin, read_lock, relock
from appliance.bundle.pip import Pip
from appliance.errors import ArchiveError
from appliance.weights.disk import sha256_of
from appliance.weights.progress import Progress

SOURCE_ONLY: Final = frozenset({"docopt", "srt", LLAMA})
"""Run-time packages whose makers publish no wheel."""


@dataclass(frozen=True, slots=True)
class Packages:
    """The packages of a bundle, in files below one folder."""

    wheels: tuple[Path, ...]
    sdists: tuple[Path, ...]
    requirements: str
    """requirements.txt: what runs."""
    build_requirements: str
    """requirements-build.txt: what compiles llama-cpp-python."""


def gather(
    checkout: Path,
    pythons: Sequence[str],
    work: Path,
    *,
    llama_wheel: Path | None,
    progress: Progress,
) -> Packages:
    """Fetch and build into ``work``; ``llama_wheel`` is taken instead of compiling one.

    Raises ArchiveError: no network, a package without a wheel for one of ``pythons``, a package
    that does not build, or a ``llama_wheel`` of another version than the locked one.
    """
    runtime = read_lock(checkout / "requirements" / "runtime.txt")
    build = read_lock(checkout / "requirements" / "build.txt")
    source_only = [pin for pin in runtime if pin.name in SOURCE_ONLY]
    (llama,) = (pin for pin in source_only if pin.name == LLAMA)
    if llama_wheel is not None:
        _check_llama(llama_wheel, llama)
    wheels, sdists = work / "wheels", work / "sdists"
    pip = Pip(work / "tools", checkout / "requirements" / "build.txt", progress)
    for python in pythons:
        _fetch(pip, (*runtime, *build), python, wheels)
    _build(pip, [pin for pin in source_only if pin.name != LLAMA], wheels)
    sdist = _fetch_source(pip, llama, sdists)
    shutil.copy2(llama_wheel or portable_wheel(pip, sdist), wheels)
    progress("building the appliance's wheel", 0, None)
    local = ("--no-deps", "--no-build-isolation", "--no-index")
    pip("wheel", *local, "-w", str(wheels), str(checkout))
    return _listed(wheels, sdists, runtime, build)


def _fetch(pip: Pip, pins: Iterable[Pin], python: str, wheels: Path) -> None:
    """The published wheels for ``python``. Markers are settled here: pip asks its own Python."""
    wanted = {
        pin.name: pin for pin in pins if pin.name not in SOURCE_ONLY and pin.wanted_by(python)
    }
    lock = _lock_file(wheels.with_name(f"{python}.txt"), wanted.values())
    options = ("--no-deps", "--require-hashes", "--only-binary", ":all:")
    pip("download", *options, "--python-version", python, "-d", str(wheels), "-r", str(lock))


def _fetch_source(pip: Pip, pin: Pin, sdists: Path) -> Path:
    lock = _lock_file(sdists.with_name("source.txt"), [pin])
    options = ("--no-deps", "--require-hashes", "--no-binary", ":all:", "--no-build-isolation")
    pip("download", *options, "-d", str(sdists), "-r", str(lock))
    return next(sdists.iterdir())


def _build(pip: Pip, pins: Iterable[Pin], wheels: Path) -> None:
    lock = _lock_file(wheels.with_name("build.txt"), pins)
    options = ("--no-deps", "--require-hashes", "--no-build-isolation")
    pip("wheel", *options, "-w", str(wheels), "-r", str(lock))


def _lock_file(path: Path, pins: Iterable[Pin]) -> Path:
    path.write_text("".join(pin.line(pin.hashes, marker=False) for pin in pins), encoding="utf-8")
    return path


def _check_llama(wheel: Path, pin: Pin) -> None:
    if not wheel.is_file():
        raise ArchiveError(f"{wheel}: there is no such wheel of {LLAMA}")
    if not wheel.name.startswith(f"llama_cpp_python-{pin.version}-py3-none-"):
        raise ArchiveError(f"{wheel}: not a wheel of {LLAMA} {pin.version}, which is the one used")


def _listed(
    wheels: Path, sdists: Path, runtime: tuple[Pin, ...], build: tuple[Pin, ...]
) -> Packages:
    hashes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in wheels.iterdir():
        name, version, *_ = parse_wheel_filename(path.name)
        hashes[name, str(version)].append(sha256_of(path))
    own = [Pin(name, version, None, ()) for name, version in hashes if name == "appliance"]
    for path in sdists.iterdir():
        hashes[parse_sdist_filename(path.name)[0], _version(path)].append(sha256_of(path))
    return Packages(
        wheels=tuple(sorted(wheels.iterdir())),
        sdists=tuple(sorted(sdists.iterdir())),
        requirements=relock([*runtime, *own], hashes),
        build_requirements=relock(build, hashes),
    )


def _version(sdist: Path) -> str:
    return str(parse_sdist_filename(sdist.name)[1])
