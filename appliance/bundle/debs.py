"""A folder of Debian packages as a repository that apt takes from the disk.

A package is for one release of Debian: on another, apt would take it for a newer version of what is
there, or miss half of what it needs. Which release it is for does not stand in it, so it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from appliance.bundle.archive import FileFacts
from appliance.errors import ArchiveError

PACKAGES: Final = "Packages"
RELEASE: Final = re.compile(r"[a-z]+")
"""A code name as in VERSION_CODENAME of /etc/os-release: trixie, noble."""


def by_release(named: Iterable[str]) -> Mapping[str, Path]:
    """Folders by code name, from ``trixie=DIR``. Raises ArchiveError."""
    folders: dict[str, Path] = {}
    for each in named:
        release, equals, folder = each.partition("=")
        if not (equals and folder and RELEASE.fullmatch(release)):
            raise ArchiveError(
                f"--debs {each}: say which release they are for, as in --debs trixie=DIR "
                "(VERSION_CODENAME in the box's /etc/os-release)"
            )
        folders[release] = Path(folder)
    return folders


def find_debs(folder: Path) -> list[Path]:
    """The packages of ``folder``, by name. Raises ArchiveError when there is none."""
    found = sorted(folder.glob("*.deb"))
    if not found:
        raise ArchiveError(
            f"{folder}: no .deb is in there; fill it on a machine of the same Debian: "
            "apt-get install --download-only -o Dir::Cache::archives=DIR NAME..."
        )
    return found


def index(debs: Iterable[tuple[Path, str, FileFacts]]) -> bytes:
    """The ``Packages`` file over (file, control fields, facts), for ``deb [trusted=yes] file:``.

    The bundle's signature is what vouches for it.
    """
    return "".join(
        f"{control}\nFilename: ./{path.name}\nSize: {facts.bytes}\nSHA256: {facts.sha256}\n\n"
        for path, control, facts in debs
    ).encode()
