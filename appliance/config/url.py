"""Addresses of other services, as settings: checked when they are read, used as they stand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final
from urllib.parse import urlencode, urlsplit

from pydantic import AfterValidator

from appliance.logs import without_url_secrets

HTTP_SCHEMES: Final = ("http", "https")
STS_SCHEMES: Final = ("ws", "wss", "http", "https")
"""AVR's older speech-to-speech services are plain HTTP."""


def with_path(url: str, path: str) -> str:
    """``url`` itself, with ``path`` (``/prompt-stream``) where it names none of its own."""
    parts = urlsplit(url)
    return parts._replace(path=path).geturl() if parts.path in ("", "/") else url


def with_query(url: str, values: Mapping[str, Any]) -> str:
    """``url`` with ``values`` added to its query; what is no text is written as JSON."""
    parts = urlsplit(url)
    texts = {key: v if isinstance(v, str) else json.dumps(v) for key, v in values.items()}
    added = urlencode(texts, errors="replace")
    query = "&".join(part for part in (parts.query, added) if part)
    return parts._replace(path=parts.path or "/", query=query).geturl()


def shown(url: str) -> str:
    """An address that may be logged and told: without user, password and query."""
    return without_url_secrets(url)


def _check(url: str, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"must be an address like {schemes[0]}://host:port")
    _ = parts.port  # raises ValueError when it is no number
    return url


HttpUrl = Annotated[str, AfterValidator(lambda url: _check(url, HTTP_SCHEMES))]
StsUrl = Annotated[str, AfterValidator(lambda url: _check(url, STS_SCHEMES))]
