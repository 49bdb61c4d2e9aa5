"""A tar that tells what must be in it: bundles and backups are both written and checked here.

The first member is ``manifest.json`` with the size and SHA-256 of every other one. A reader trusts
nothing else: whatever is missing, besides, twice, linked, outside, short or different is refused
before a file is written. Members are sorted and carry no owner and no date, so that the same
contents give the same bytes.
"""

from __future__ import annotations

import errno
import hashlib
import io
import json
import stat
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from appliance.errors import ArchiveError
from appliance.weights.disk import BLOCK_BYTES, sha256_of
from appliance.weights.progress import Progress, silent

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
MANIFEST_BYTES: Final = 16 << 20
"""A manifest is some hundred kB; nobody can make us read more into memory than this."""
MTIME: Final = 315_532_800  # 1980-01-01, the oldest date that a zip made of the files can tell
PADDING_BYTES: Final = tarfile.RECORDSIZE + tarfile.BLOCKSIZE
"""At most so many zeros may follow the last member."""

Contents = Mapping[str, Path | bytes]
"""What to pack: a file of this disk or the bytes themselves, by the name in the tar."""


class FileFacts(BaseModel):
    """How one member is recognised."""

    model_config = ConfigDict(frozen=True)

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int = Field(ge=0)


class Manifest(BaseModel):
    """What every manifest tells; bundles and backups each add their own."""

    model_config = ConfigDict(frozen=True)

    format: Literal[1] = FORMAT
    version: str
    """Of the appliance that wrote it."""
    created: str
    """UTC, as in 2026-11-20T20:45:00Z."""
    files: dict[str, FileFacts] = {}


M = TypeVar("M", bound=Manifest)


def write_archive(target: Path, header: M, contents: Contents, progress: Progress = silent) -> M:
    """Write ``contents`` with ``header``, completed by their checksums, to ``target``.

    Checksums that ``header.files`` has already are not taken again. ``target`` is half a file while
    this runs: give it a temporary name. Returns the manifest.
    """
    known = header.files
    files = {
        name: known.get(name) or facts_of(contents[name], progress) for name in sorted(contents)
    }
    manifest = header.model_copy(update={"files": files})
    told = manifest.model_dump(mode="json", exclude={"files"})
    listed = {name: facts.model_dump() for name, facts in files.items()}
    text = json.dumps({**told, "files": listed}, indent=1).encode() + b"\n"
    total = sum(facts.bytes for facts in files.values())
    done = 0
    with tarfile.open(target, "w", format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(_member(MANIFEST, len(text), 0o644), io.BytesIO(text))
        for name, facts in files.items():
            with _opened(contents[name]) as source:
                tar.addfile(_member(name, facts.bytes, _mode(contents[name])), source)
            done += facts.bytes
            progress("packing", done, total)
    return manifest


def read_manifest(path: Path, file: IO[bytes], kind: type[M]) -> M:
    """The manifest alone; nothing else in ``file`` is looked at."""
    with _tar(path, file) as tar:
        return _manifest(path, tar, kind)


def check_archive(path: Path, file: IO[bytes], kind: type[M], progress: Progress = silent) -> M:
    """Compare every byte of ``file`` with its manifest and return that.

    ``path`` is for the messages alone. Raises ArchiveError at the first thing that is wrong.
    """
    with _tar(path, file) as tar:
        manifest = _manifest(path, tar, kind)
        missing = dict(manifest.files)
        total = sum(facts.bytes for facts in manifest.files.values())
        done = 0
        while (member := tar.next()) is not None:
            facts = missing.pop(member.name, None)
            if fault := _oddity(member, facts):
                raise ArchiveError(f"{path}: {member.name}: {fault}; refused")
            source = tar.extractfile(member)
            assert facts is not None  # _oddity told it
            assert source is not None  # a plain file
            digest = hashlib.sha256()
            while block := source.read(BLOCK_BYTES):
                digest.update(block)
                done += len(block)
                progress(f"checking {path.name}", done, total)
            if digest.hexdigest() != facts.sha256:
                raise _damaged(path, f"{member.name} is not what the manifest tells")
        if missing:
            raise _damaged(path, f"{min(missing)} is missing")
        _check_end(path, file, tar.offset)
    return manifest


def extract(path: Path, file: IO[bytes], name: str, target: Path) -> None:
    """Write one member of a checked archive to ``target``, which is made or replaced: a link that
    lies there is not followed."""
    target.unlink(missing_ok=True)
    with _tar(path, file) as tar, target.open("xb") as out:
        source = tar.extractfile(name)
        assert source is not None  # check_archive saw that it is a plain file
        while block := source.read(BLOCK_BYTES):
            out.write(block)


def utc(moment: float | str) -> str:
    """Seconds since 1970 as ``Manifest.created`` has them."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(float(moment)))


@contextmanager
def disk_faults(advice: str) -> Iterator[None]:
    """Say what the disk refuses as one line that ends with ``advice``."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        where = f"{error.filename}: " if error.filename else ""
        raise ArchiveError(f"{where}{error.strerror}; {advice}") from error


def facts_of(source: Path | bytes, progress: Progress = silent) -> FileFacts:
    """Size and checksum of what is to be packed."""
    if isinstance(source, bytes):
        return FileFacts(sha256=hashlib.sha256(source).hexdigest(), bytes=len(source))
    return FileFacts(sha256=sha256_of(source, progress), bytes=source.stat().st_size)


def _opened(source: Path | bytes) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _mode(source: Path | bytes) -> int:
    return 0o755 if isinstance(source, Path) and source.stat().st_mode & stat.S_IXUSR else 0o644


def _member(name: str, size: int, mode: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, mode, MTIME
    return member


@contextmanager
def _tar(path: Path, file: IO[bytes]) -> Iterator[tarfile.TarFile]:
    """``file`` from its beginning; uncompressed only, so that nothing swells while it is read."""
    file.seek(0)
    try:
        with tarfile.open(fileobj=file, mode="r:") as tar:
            yield tar
    except (tarfile.TarError, EOFError, UnicodeDecodeError) as error:
        raise _damaged(path, f"not a whole tar ({error})") from error
    except RecursionError as error:  # tarfile reads a header of a header by calling itself
        raise _damaged(path, "not a whole tar (headers of headers without end)") from error


def _manifest(path: Path, tar: tarfile.TarFile, kind: type[M]) -> M:
    first = tar.next()
    if first is None or first.name != MANIFEST or first.type != tarfile.REGTYPE:
        raise _damaged(path, f"it does not begin with {MANIFEST}")
    if first.size > MANIFEST_BYTES:
        raise _damaged(path, f"{MANIFEST} has {first.size} bytes")
    source = tar.extractfile(first)
    assert source is not None  # a plain file
    try:
        return kind.model_validate_json(source.read())
    except ValidationError as error:
        first_error = error.errors()[0]
        if first_error["loc"] == ("format",):
            raise ArchiveError(
                f"{path}: of format {first_error['input']!r}, this appliance reads {FORMAT}; "
                "use the version that made it, or a newer one"
            ) from error
        key = ".".join(str(part) for part in first_error["loc"])
        raise _damaged(path, f"{MANIFEST}: {key}: {first_error['msg']}") from error


def _oddity(member: tarfile.TarInfo, facts: FileFacts | None) -> str:
    """What is wrong with a member before its bytes are looked at; empty when nothing is."""
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or "\\" in member.name:
        return "it would be written outside the folder"
    if member.name == MANIFEST:
        return "there is a manifest already"
    if member.type != tarfile.REGTYPE or member.issparse():
        return "a link, a device or another thing that is not a plain file"
    if facts is None:
        return "the manifest does not name it, or it is there twice"
    if member.size != facts.bytes:
        return f"{member.size} bytes instead of {facts.bytes}"
    return ""


def _check_end(path: Path, file: IO[bytes], offset: int) -> None:
    """Nothing but a tar's own padding may follow the last member."""
    file.seek(offset)
    rest = file.read(PADDING_BYTES + 1)
    whole = (offset + len(rest)) % tarfile.RECORDSIZE == 0
    if len(rest) > PADDING_BYTES or not whole or rest.strip(b"\0"):
        raise _damaged(path, "its end is cut off, or something was added to it")


def _damaged(path: Path, what: str) -> ArchiveError:
    return ArchiveError(f"{path}: damaged: {what}; get it again from where it was made")
