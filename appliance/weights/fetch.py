"""Getting one file onto this disk over HTTPS.

Only the command line calls this: the service never reaches out. A download goes to ``NAME.part``
and is resumed from there after a cut, also by the next run; the name without ``.part`` appears when
the checksum has been found right.
"""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlsplit

from appliance.errors import WeightsError
from appliance.logs import without_url_secrets
from appliance.weights.disk import (
    FreeSpace,
    disk_errors,
    free_space,
    must_match,
    need_room,
    write_stream,
)
from appliance.weights.progress import Progress, silent

ATTEMPTS: Final = 5
"""Tries in a row that bring not one byte before a download is given up."""
TIMEOUT_S: Final = 30.0
QUICK_S: Final = 5.0
"""The same where another source is waiting: a packet filter that swallows all is found out soon."""
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
                f"{without_url_secrets(req.full_url)}: it sends us on to"
                f" {without_url_secrets(newurl)}, which is not encrypted; refused",
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
    patient: bool = True,
    progress: Progress = silent,
    free: FreeSpace = free_space,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Fetch ``url`` into ``target``, whose folder exists; resumes what an earlier try left.

    Raises WeightsError: unreachable after several tries (what came is kept for the next run),
    refused by the server, no room, or not what ``size`` and ``sha256`` tell (nothing is left then).
    Without ``patient`` a home from which not one byte comes is given up at once.
    """
    part = target.with_name(target.name + ".part")
    if size is not None:
        need_room(target.parent, size - _size(part), free)
    failures = 0
    while True:
        before = _size(part)
        try:
            with disk_errors(part):
                _fetch_rest(url, part, size, TIMEOUT_S if patient else QUICK_S, progress, free)
            break
        except _Cut as cut:
            came = _size(part) > before
            if not (came or patient):
                raise WeightsError(
                    f"{urlsplit(url).hostname} cannot be reached ({cut})", code="download_failed"
                ) from cut
            patient = True  # it has begun, so it is worth waiting for
            failures = 1 if came else failures + 1
            if failures >= ATTEMPTS:
                kept = _size(part)
                go_on = f"{kept} bytes are kept, run the same command to go on"
                begin = "run the same command again, or fetch it elsewhere and give it with --from"
                raise WeightsError(
                    f"{without_url_secrets(url)}: {cut}; {go_on if kept else begin}",
                    code="download_failed",
                ) from cut
            sleep(2.0**failures)
    must_match(part, size, sha256, progress)
    part.replace(target)


def _fetch_rest(
    url: str,
    part: Path,
    size: int | None,
    timeout_s: float,
    progress: Progress,
    free: FreeSpace,
) -> None:
    have = _size(part)
    if have and have == size:
        return
    request = urllib.request.Request(url, headers={"User-Agent": "appliance"})
    if have:
        request.add_header("Range", f"bytes={have}-")
    try:
        with _OPENER.open(request, timeout=timeout_s) as response:
            _write_rest(response, part, have, progress, free)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == 416:  # the part is longer than the file: begin anew
            part.unlink(missing_ok=True)
            raise _Cut("the file there has changed") from error
        if error.code in PASSING_STATUS:
            raise _Cut(f"the server says {error.code}") from error
        raise WeightsError(
            f"{without_url_secrets(url)}: the server says {error.code} {error.reason}; the file"
            " may have moved: fetch it by hand and give it with --from",
            code="download_failed",
        ) from error
    except (urllib.error.URLError, HTTPException, ConnectionError, TimeoutError) as error:
        raise _Cut(_reason(error)) from error


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason)


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
        write_stream(response, file, f"fetching {part.stem}", start, total, progress)
    if total is not None and _size(part) < total:
        raise _Cut(f"the connection ended after {_size(part)} of {total} bytes")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
