"""What a bundle says of itself beyond its files: the machines it is for."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from packaging.utils import parse_wheel_filename
from pydantic import BaseModel, ConfigDict

from appliance.bundle.archive import Manifest, check_archive, read_manifest
from appliance.bundle.debs import PACKAGES
from appliance.bundle.llama import NATIVE_CMAKE_ARGS, PORTABLE_CPU_FLAGS
from appliance.bundle.signature import check_signature
from appliance.errors import ArchiveError
from appliance.weights.progress import Progress, silent


class LlamaBuild(BaseModel):
    """How the wheel of llama-cpp-python was built, and how a box builds its own."""

    model_config = ConfigDict(frozen=True)

    portable: bool
    """False: a wheel that the administrator gave, of which nothing is known."""
    cpu_flags: tuple[str, ...]
    """What /proc/cpuinfo of the box must list for it."""
    native_cmake_args: str
    """$CMAKE_ARGS for a build from ``sdists/`` on the box, for its own processor."""

    @classmethod
    def ours(cls) -> LlamaBuild:
        return cls(portable=True, cpu_flags=PORTABLE_CPU_FLAGS, native_cmake_args=NATIVE_CMAKE_ARGS)

    @classmethod
    def given(cls) -> LlamaBuild:
        return cls(portable=False, cpu_flags=(), native_cmake_args=NATIVE_CMAKE_ARGS)


class BundleManifest(Manifest):
    """``manifest.json`` of a bundle."""

    python: tuple[str, ...]
    machine: str
    """As `uname -m` tells it."""
    glibc: str
    """Of the machine it was made on: what was compiled there needs this one or a newer one."""
    llama_cpp: LlamaBuild

    def packages(self) -> list[tuple[str, str]]:
        """Name and version of each wheel."""
        names = [name for name in self.files if name.startswith("wheels/")]
        parsed = [parse_wheel_filename(name.removeprefix("wheels/")) for name in names]
        return sorted({(str(name), str(version)) for name, version, *_ in parsed})

    def models(self) -> dict[str, int]:
        """Bytes of each model."""
        sizes: dict[str, int] = {}
        for name, facts in self.files.items():
            if name.startswith("models/"):
                model = name.split("/")[1]
                sizes[model] = sizes.get(model, 0) + facts.bytes
        return sizes

    def releases(self) -> list[str]:
        """Code names of the Debians whose packages are in it."""
        lists = (name.split("/") for name in self.files if name.endswith(f"/{PACKAGES}"))
        return sorted(parts[1] for parts in lists if len(parts) == 3 and parts[0] == "debs")

    def folders(self) -> dict[str, tuple[int, int]]:
        """Files and bytes of each top-level folder."""
        found: dict[str, tuple[int, int]] = {}
        for name, facts in self.files.items():
            top = name.split("/")[0] if "/" in name else "."
            files, size = found.get(top, (0, 0))
            found[top] = (files + 1, size + facts.bytes)
        return found


def verify_bundle(path: Path, signers: Path, progress: Progress = silent) -> BundleManifest:
    """The signature, then every byte. Raises ArchiveError with what is wrong; writes nothing."""
    with _opened(path) as file:
        progress(f"checking the signature of {path.name}", 0, None)
        check_signature(file, path, signers)
        return check_archive(path, file, BundleManifest, progress)


def inspect_bundle(path: Path) -> BundleManifest:
    """What the manifest tells; nothing is verified."""
    with _opened(path) as file:
        return read_manifest(path, file, BundleManifest)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
