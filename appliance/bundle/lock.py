"""The hash-locked requirements: what one Python version needs, and the same list for a bundle.

``requirements/*.txt`` name every file of every platform that a package has. A bundle carries a few
of them, and its own list says exactly those, so that pip takes nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker, default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from appliance.errors import ArchiveError


@dataclass(frozen=True, slots=True)
class Pin:
    """One line of a lock file: a package, its version and the files that may stand for it."""

    name: str
    """Normalised: lower case, hyphens."""
    version: str
    marker: Marker | None
    hashes: tuple[str, ...]
    """SHA-256, hexadecimal."""

    def wanted_by(self, python: str) -> bool:
        """Whether Python ``python`` ("3.11") needs it on a machine like this one."""
        if self.marker is None:
            return True
        environment = default_environment()
        environment["python_version"] = python
        environment["python_full_version"] = f"{python}.0"
        return self.marker.evaluate(dict(environment))  # type: ignore[arg-type]

    def line(self, hashes: Iterable[str], *, marker: bool = True) -> str:
        """As pip reads it; without ``marker`` for pip of another version than the one asked for."""
        condition = f" ; {self.marker}" if marker and self.marker else ""
        listed = "".join(f" \\\n    --hash=sha256:{each}" for each in sorted(set(hashes)))
        return f"{self.name}=={self.version}{condition}{listed}\n"


def read_lock(path: Path) -> tuple[Pin, ...]:
    """All pins of a file as `make lock` writes it. Raises ArchiveError that names it."""
    try:
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read: {error.strerror}") from error
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(_pin(path, line) for line in lines)


def _pin(path: Path, line: str) -> Pin:
    wanted, *hashes = line.split(" --hash=sha256:")
    try:
        requirement = Requirement(wanted.strip())
        (specifier,) = requirement.specifier
    except (InvalidRequirement, ValueError) as error:
        raise ArchiveError(f"{path}: {wanted.strip()!r} is no pinned requirement") from error
    return Pin(
        canonicalize_name(requirement.name),
        str(Version(specifier.version)),
        requirement.marker,
        tuple(each.strip() for each in hashes),
    )


def relock(pins: Sequence[Pin], files: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """``pins`` narrowed to ``files``: hashes by name and version; what has no file is left out."""
    return "".join(
        pin.line(files[pin.name, pin.version])
        for pin in sorted(pins, key=lambda pin: (pin.name, pin.version))
        if (pin.name, pin.version) in files
    )
