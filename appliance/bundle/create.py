"""Making a bundle: gathers everything in a folder beside the target and packs it at the end.

The name that was asked for appears by a rename when the tar is whole and signed; whatever goes
wrong before leaves an older bundle of that name as it was.
"""

from __future__ import annotations

import os
import platform
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from appliance import __version__
from appliance.bundle.archive import (
    FileFacts,
    check_archive,
    disk_faults,
    facts_of,
    utc,
    write_archive,
)
from appliance.bundle.debs import PACKAGES, find_debs, index
from appliance.bundle.manifest import BundleManifest, LlamaBuild
from appliance.bundle.metadata import read_deb, read_sdist, read_wheel
from appliance.bundle.sbom import (
    Component,
    bill,
    deb_component,
    model_component,
    package_component,
)
from appliance.bundle.signature import sign, signature_of
from appliance.bundle.wheels import gather
from appliance.bundle.work_folder import work_folder
from appliance.errors import ArchiveError
from appliance.weights.catalogue import ModelEntry, load_catalogue, models_root
from appliance.weights.place import verify
from appliance.weights.progress import Progress, silent

CHECKOUT: Final = Path(__file__).resolve().parents[2]
NEEDED: Final = ("pyproject.toml", "requirements", "ansible", "systemd", "asterisk-conf", "docs")
"""Of the checkout; an installed package has none of it."""
FOLDERS: Final = ("ansible", "systemd", "asterisk-conf", "docs")
PRIVATE: Final = frozenset({"inventory.ini", "host_vars", "__pycache__"})
"""Not packed, like everything hidden: an administrator's own hosts and their secrets."""
PYTHON: Final = re.compile(r"3\.(1[1-9]|[2-9]\d)")


@dataclass(frozen=True, slots=True)
class Order:
    """What an administrator wants in a bundle."""

    out: Path
    pythons: tuple[str, ...]
    """As in ("3.11", "3.13"): of the machines it is for."""
    models: tuple[str, ...]
    """Names of the catalogue; those that are shipped are inside the appliance's wheel."""
    models_dir: Path
    debs: Mapping[str, Path] = field(default_factory=dict)
    """Folders of Debian packages by the release they are for ("trixie")."""
    key: Path | None = None
    """Private key of OpenSSH; None: the bundle is not signed, and no box will take it."""
    llama_wheel: Path | None = None
    """A finished wheel in place of the portable one."""


@dataclass(slots=True)
class _Load:
    """What has been gathered so far."""

    contents: dict[str, Path | bytes] = field(default_factory=dict)
    facts: dict[str, FileFacts] = field(default_factory=dict)
    components: list[Component] = field(default_factory=list)

    def add(self, name: str, source: Path | bytes, progress: Progress = silent) -> FileFacts:
        self.contents[name] = source
        self.facts[name] = facts_of(source, progress)
        return self.facts[name]


def create(
    order: Order, *, checkout: Path = CHECKOUT, progress: Progress = silent
) -> BundleManifest:
    """Make ``order.out`` and, with a key, ``order.out.sig``. Blocks for minutes; reaches out.

    Raises ArchiveError or WeightsError; then there is nothing new on the disk but caches.
    """
    models = _check(order, checkout, progress)
    with disk_faults("make room, or choose another --out"), work_folder(order.out) as work:
        load = _Load()
        _add_packages(load, order, checkout, work, progress)
        for entry in models:
            _add_model(load, entry, order.models_dir, progress)
        for release, folder in order.debs.items():
            _add_debs(load, release, folder)
        _add_checkout(load, checkout)
        created = utc(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
        load.add("sbom.cdx.json", bill(__version__, created, load.components))
        header = _header(order, created, load.facts)
        write_archive(work / "bundle", header, load.contents, progress)
        with (work / "bundle").open("rb") as file:  # a file may have changed while it was packed
            manifest = check_archive(order.out, file, BundleManifest, progress)
        if order.key is not None:
            progress("signing", 0, None)
            sign(work / "bundle", order.key, work / "signature")
        _publish(work, order.out)
    return manifest


def _check(order: Order, checkout: Path, progress: Progress) -> list[ModelEntry]:
    """What can be known to be wrong before minutes of work; returns the models to pack."""
    missing = [name for name in NEEDED if not (checkout / name).exists()]
    if missing:
        raise ArchiveError(
            f"a bundle is made from a checkout of the appliance, and {checkout} has no "
            f"{', '.join(missing)}; run it there: .venv/bin/appliance bundle create"
        )
    for python in order.pythons:
        if not PYTHON.fullmatch(python):
            raise ArchiveError(f"--python {python}: not a version like 3.11, which is the oldest")
    if not order.out.absolute().parent.is_dir():
        raise ArchiveError(f"--out {order.out}: there is no folder {order.out.absolute().parent}")
    if order.key is not None and not order.key.is_file():
        raise ArchiveError(
            f"--key {order.key}: there is no such key; make one: appliance bundle key {order.key}"
        )
    for folder in order.debs.values():
        find_debs(folder)
    return _whole_models(order.models, order.models_dir, progress)


def _whole_models(names: Sequence[str], models_dir: Path, progress: Progress) -> list[ModelEntry]:
    catalogue = load_catalogue()
    entries = [catalogue.find(name) for name in dict.fromkeys(names)]
    for entry in entries:
        if faults := verify(entry, models_dir, progress):
            raise ArchiveError(faults[0])
    return [entry for entry in entries if entry.shipped is None]


def _add_packages(
    load: _Load, order: Order, checkout: Path, work: Path, progress: Progress
) -> None:
    packages = gather(
        checkout, order.pythons, work, llama_wheel=order.llama_wheel, progress=progress
    )
    for path in packages.wheels:
        package, texts = read_wheel(path)
        name = f"wheels/{path.name}"
        load.components.append(package_component(name, package, load.add(name, path, progress)))
        for text, contents in texts.items():
            load.add(f"licences/{package.name.lower()}-{package.version}/{text}", contents)
    for path in packages.sdists:
        name = f"sdists/{path.name}"
        facts = load.add(name, path, progress)
        load.components.append(package_component(name, read_sdist(path), facts))
    load.add("requirements.txt", packages.requirements.encode())
    load.add("requirements-build.txt", packages.build_requirements.encode())


def _add_model(load: _Load, entry: ModelEntry, models_dir: Path, progress: Progress) -> None:
    folder = entry.folder(models_dir)
    files = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    facts = {
        name: load.add(f"models/{entry.name}/{name}", path, progress)
        for name, path in files.items()
    }
    load.components.append(model_component(entry, facts))


def _add_debs(load: _Load, release: str, folder: Path) -> None:
    listed = []
    for path in find_debs(folder):
        package, control = read_deb(path)
        name = f"debs/{release}/{path.name}"
        facts = load.add(name, path)
        load.components.append(deb_component(name, package, facts))
        listed.append((path, control, facts))
    load.add(f"debs/{release}/{PACKAGES}", index(listed))


def _add_checkout(load: _Load, checkout: Path) -> None:
    for folder in FOLDERS:
        for path in sorted((checkout / folder).rglob("*")):
            below = path.relative_to(checkout)
            hidden = any(part.startswith(".") or part in PRIVATE for part in below.parts)
            if path.is_file() and not hidden:
                load.add(below.as_posix(), path)
    for name in ("LICENSE", "THIRD_PARTY.md"):
        load.add(f"licences/{name}", checkout / name)
    load.add("licences/models/NOTICE", models_root() / "demo" / "NOTICE")
    for entry in load_catalogue().values():
        if entry.shipped is not None:
            model = entry.folder(models_root())
            shipped = {file.path: facts_of(model / file.path) for file in entry.files}
            load.components.append(model_component(entry, shipped))


def _header(order: Order, created: str, facts: Mapping[str, FileFacts]) -> BundleManifest:
    return BundleManifest(
        version=__version__,
        created=created,
        python=order.pythons,
        machine=platform.machine(),
        glibc=platform.libc_ver()[1],
        llama_cpp=LlamaBuild.given() if order.llama_wheel else LlamaBuild.ours(),
        files=dict(facts),
    )


def _publish(work: Path, out: Path) -> None:
    """The older signature goes first: at no moment does one lie beside a tar it is not of."""
    signature_of(out).unlink(missing_ok=True)
    (work / "bundle").replace(out)
    if (work / "signature").exists():
        (work / "signature").replace(signature_of(out))
