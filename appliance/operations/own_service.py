"""Asking the service of this machine, whether it speaks TLS or not."""

from __future__ import annotations

import ssl
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, ProxyHandler, build_opener

QUICK_S: Final = 2.0
MOST_BYTES: Final = 65_536


def asked(host: str, port: int, path: str) -> str | None:
    """The body of its answer, whatever the status; None when nothing answers."""
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    # never by way of a proxy, whatever name its certificate has: it is this machine
    opener = build_opener(ProxyHandler({}), HTTPSHandler(context=anybody))
    for scheme in ("http", "https"):
        try:
            with opener.open(f"{scheme}://{host}:{port}{path}", timeout=QUICK_S) as reply:
                return str(reply.read(MOST_BYTES), "utf-8", "replace")
        except HTTPError as error:
            with error:
                return str(error.read(MOST_BYTES), "utf-8", "replace")
        except (URLError, OSError, ValueError, HTTPException):
            continue
    return None


def appliance_answers(host: str, port: int) -> bool:
    """Whether an appliance's HTTP interface is there."""
    return '"ok"' in (asked(host, port, "/health") or "")
