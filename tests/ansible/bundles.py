"""Bundles to install, and others made from them in seconds: a later version, a broken one.

The first is made by the program itself (``appliance bundle create``), from this checkout. The
others take its packages and put a wheel of a changed copy of this checkout in the place of its own;
models and Debian packages are left out where the machine has them by then.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tests.ansible.box import Debian

ROOT: Final = Path(__file__).parents[2]
MODEL: Final = "smollm2-135m-instruct"
PACKED: Final = ("appliance", "models/demo", "models/catalogue.toml", "pyproject.toml", "README.md")
LICENCES: Final = ("LICENSE", "THIRD_PARTY.md")
VERSION: Final = re.compile(r'__version__: Final = "[^"]+"')

Change = Callable[[Path], None]
"""Edits a copy of this checkout."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, and the file that says it may sign bundles."""

    key: Path
    signers: Path


def make_signer(folder: Path) -> Signer:
    key, signers = folder / "key", folder / "allowed_signers"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    public = " ".join(key.with_suffix(".pub").read_text().split()[:2])
    signers.write_text(f'appliance-bundle namespaces="appliance-bundle" {public}\n')
    return Signer(key, signers)


def create(out: Path, signer: Signer, debian: Debian) -> Path:
    """The bundle of this checkout, with the wheel of llama-cpp-python that was built here."""
    command = [sys.executable, "-m", "appliance", "bundle", "create", "--out", out]
    debs = f"{debian.suite}={debian.folder}/debs"
    command += ["--key", signer.key, "--debs", debs, "--model", MODEL, "--python", debian.python]
    if wheel := _built_llama():
        command += ["--llama-wheel", wheel]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return out


def altered(
    bundle: Path,
    out: Path,
    signer: Signer,
    version: str,
    change: Change,
    *,
    everything: bool = False,
) -> Path:
    """``bundle`` with another version of the appliance: this checkout after ``change``. With
    ``everything`` it keeps its models and Debian packages."""
    work = out.with_suffix(".work")
    wheel = _wheel(work, version, change)
    with tarfile.open(bundle) as old:
        manifest = json.load(_member(old, "manifest.json"))
        names = [name for name in manifest["files"] if _stays(name, everything)]
        requirements = _member(old, "requirements.txt").read().decode()
        new = {
            f"wheels/{wheel.name}": wheel.read_bytes(),
            "requirements.txt": _require(requirements, version, wheel).encode(),
        }
        files = {name: manifest["files"][name] for name in names} | {
            name: {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
            for name, data in new.items()
        }
        manifest |= {"version": version, "files": files}
        with tarfile.open(out, "w") as tar:
            _add(tar, "manifest.json", json.dumps(manifest).encode())
            for name in names:
                tar.addfile(old.getmember(name), _member(old, name))
            for name, data in new.items():
                _add(tar, name, data)
    shutil.rmtree(work)
    sign(out, signer)
    return out


def relabelled(bundle: Path, out: Path, signer: Signer, **label: object) -> Path:
    """A bundle that says of itself what ``bundle`` says but for ``label``, and holds nothing else:
    enough to be refused."""
    with tarfile.open(bundle) as old, tarfile.open(out, "w") as tar:
        manifest = json.load(_member(old, "manifest.json")) | {"files": {}} | label
        _add(tar, "manifest.json", json.dumps(manifest).encode())
    sign(out, signer)
    return out


def signature(bundle: Path) -> Path:
    """Where the signature of a bundle lies."""
    return bundle.with_name(f"{bundle.name}.sig")


def sign(bundle: Path, signer: Signer) -> None:
    signature(bundle).unlink(missing_ok=True)
    command = ["ssh-keygen", "-q", "-Y", "sign", "-f", signer.key, "-n", "appliance-bundle", bundle]
    subprocess.run(command, check=True, capture_output=True)


def _built_llama() -> Path | None:
    """The wheel that pip has kept from setting this checkout up."""
    cache = subprocess.run(
        [sys.executable, "-m", "pip", "cache", "dir"], capture_output=True, text=True, check=True
    )
    found = sorted(Path(cache.stdout.strip()).glob("wheels/**/llama_cpp_python-*-py3-none-*.whl"))
    return found[-1] if found else None


def _wheel(work: Path, version: str, change: Change) -> Path:
    copy = work / "checkout"
    for name in (*PACKED, *LICENCES):
        source, target = ROOT / name, copy / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    init = copy / "appliance" / "__init__.py"
    init.write_text(VERSION.sub(f'__version__: Final = "{version}"', init.read_text()))
    change(copy)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "-w", work, copy]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    return next(work.glob("*.whl"))


def _stays(name: str, everything: bool) -> bool:
    if name.startswith(("models/", "debs/")):
        return everything
    return not name.startswith(("wheels/appliance-", "requirements.txt"))


def _require(requirements: str, version: str, wheel: Path) -> str:
    """The list with the new wheel in the place of the old one."""
    others = re.sub(r"(?m)^appliance==[^\n]*\\\n(?: +--hash=[^\n]*\n)+", "", requirements)
    assert others != requirements
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    return f"{others}appliance=={version} \\\n    --hash=sha256:{sha256}\n"


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    member = tar.extractfile(name)
    assert member is not None
    return member


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    info.mode = 0o644
    tar.addfile(info, io.BytesIO(data))


def nothing(checkout: Path) -> None:
    """A version that is like this one."""


def failing_selftest(checkout: Path) -> None:
    """A version that starts, gives the database another form, and whose self-test finds something
    wrong."""
    path = checkout / "appliance" / "operations" / "selftest.py"
    path.write_text(path.read_text() + FAILS)
    versions = checkout / "appliance" / "store" / "migrations" / "versions"
    head = max(versions.glob("r*.py")).stem.split("_")[0].removeprefix("r")
    (versions / "r9999_later.py").write_text(MIGRATES.format(head=head))


MIGRATES: Final = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade() -> None:
    op.add_column("calls", sa.Column("later", sa.Text))
"""
FAILS: Final = '''

async def selftest(plan: Plan, say: Callable[[str], None]) -> list[Step]:  # noqa: F811
    """A version that answers no call as it should."""
    return [Step("the greeting is heard", False, "silence")]
'''
