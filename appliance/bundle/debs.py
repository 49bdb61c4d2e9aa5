"""A folder of Debian packages as a repository that apt takes from the disk."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from appliance.bundle.archive import FileFacts
from appliance.errors import ArchiveError

PACKAGES = "Packages"


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
