"""What packages tell of themselves: name, version, licence, and the texts of the licences."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path, PurePosixPath
from typing import Final

from appliance.errors import ArchiveError

_TEXT: Final = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|COPYRIGHT)", re.IGNORECASE)
_TOLD_CHARACTERS: Final = 100
"""A longer "License" field is the text itself, not its name."""


@dataclass(frozen=True, slots=True)
class Package:
    """One file of a package."""

    file: Path
    name: str
    version: str
    licence: str
    """As the package tells it; empty when it does not."""
    is_expression: bool
    """Whether ``licence`` is an SPDX expression."""
    architecture: str = ""
    """Of a Debian package."""


def read_wheel(path: Path) -> tuple[Package, dict[str, bytes]]:
    """What a wheel tells, and its licence texts by file name."""
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        (metadata,) = (name for name in names if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        folder = metadata.removesuffix("METADATA")
        texts = {
            name.removeprefix(folder).removeprefix("licenses/"): wheel.read(name)
            for name in names
            if name.startswith(folder) and not name.endswith("/")
            if "/licenses/" in name or _TEXT.match(PurePosixPath(name).name)
        }
        return _package(path, wheel.read(metadata)), texts


def read_sdist(path: Path) -> Package:
    """What a source archive tells in its PKG-INFO."""
    with tarfile.open(path) as sdist:
        for member in sdist:
            if member.isfile() and re.fullmatch(r"[^/]+/PKG-INFO", member.name):
                source = sdist.extractfile(member)
                assert source is not None  # a plain file
                return _package(path, source.read())
    raise ArchiveError(f"{path}: no source archive of a Python package (it has no PKG-INFO)")


def read_deb(path: Path) -> tuple[Package, str]:
    """What a Debian package tells, and its control fields as the index has them."""
    program = shutil.which("dpkg-deb")
    if program is None:
        raise ArchiveError("dpkg-deb is missing: Debian packages are bundled on Debian or Ubuntu")
    done = subprocess.run([program, "--field", str(path)], capture_output=True, check=False)
    if done.returncode:
        raise ArchiveError(f"{path}: not a Debian package, or a damaged one")
    control = done.stdout.decode(errors="replace").strip()
    fields = BytesParser().parsebytes(done.stdout)
    name, version = str(fields["Package"]), str(fields["Version"])
    return Package(path, name, version, "", False, str(fields["Architecture"])), control


def _package(path: Path, metadata: bytes) -> Package:
    fields = BytesParser().parsebytes(metadata)
    expression = fields["License-Expression"]
    licence = str(expression) if expression else next(_told(fields), "")
    return Package(path, str(fields["Name"]), str(fields["Version"]), licence, bool(expression))


def _told(fields: Message) -> Iterator[str]:
    """The licence's names in the older fields, the more exact first."""
    told = str(fields["License"] or "").strip()
    if told and len(told) <= _TOLD_CHARACTERS and "\n" not in told and told != "UNKNOWN":
        yield told
    classifiers = [str(each) for each in fields.get_all("Classifier") or ()]
    names = [each.split(" :: ")[-1] for each in classifiers if each.startswith("License :: ")]
    if names:
        yield ", ".join(names)
