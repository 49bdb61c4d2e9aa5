"""The site's YAML files as a backup may hold them: without secrets.

A secret is a setting that is one, a header of a tool that sounds like one, and whatever an address
carries before its host or behind its path: many receivers are given their token in ``webhook_url``.
Everything else stays as it is written, comments too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from appliance.config.settings import secret_keys
from appliance.config.url import shown
from appliance.errors import ArchiveError

SECRET: Final = re.compile("auth|cookie|token|secret|key|password", re.IGNORECASE)
"""In the name of a header."""
FILLED_IN: Final = re.compile(r"=\{\w+\}$")
"""``customer={number}``, of a tool."""


def without_secrets(path: Path, *, settings: bool = False) -> tuple[bytes, tuple[str, ...]]:
    """The file without the secrets in it, and which they were; the keys that are secrets only
    count in ``settings``. Raises ArchiveError for an address whose token cannot be cut out."""
    text = path.read_bytes()
    tree = _yaml().load(text) or {}
    secrets = [key for key in secret_keys() if settings and key in tree]
    for key in secrets:
        del tree[key]
    secrets += _cut_headers(tree)
    urls = dict(_addresses(tree))
    if secrets:
        text = dumped(tree)
    for where, url in urls.items():
        if url.encode() not in text:
            raise ArchiveError(
                f"{path}: {where}: its user, password or query would be in the backup; write the"
                " address in one piece"
            )
        text = text.replace(url.encode(), _bare(url).encode())
    return text, (*secrets, *(f"{where} (its user, password or query)" for where in urls))


def dumped(tree: Any) -> bytes:
    """A tree of ruamel's as a file; an empty one is an empty file."""
    out = io.BytesIO()
    if tree:
        _yaml().dump(tree, out)
    return out.getvalue()


def _cut_headers(node: Any, where: str = "") -> list[str]:
    """Take the headers of tools out of ``node`` that sound like secrets; where they stood."""
    if not isinstance(node, dict):
        return []
    cut = []
    for key, value in list(node.items()):
        at = f"{where}.{key}" if where else str(key)
        if where.endswith(".headers") and SECRET.search(str(key)):
            del node[key]
            cut.append(at)
        cut += _cut_headers(value, at)
    return cut


def _bare(url: str) -> str:
    """Without what may be a token; what a tool fills in is none."""
    query = [part for part in urlsplit(url).query.split("&") if FILLED_IN.search(part)]
    return shown(url) + ("?" + "&".join(query) if query else "")


def _addresses(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Addresses that carry more than their way, by where they stand."""
    if isinstance(node, dict):
        for key, value in node.items():
            at = f"{where}.{key}" if where else str(key)
            if not isinstance(value, str):
                yield from _addresses(value, at)
            elif (key == "url" or str(key).endswith("_url")) and _bare(value) != value:
                yield at, value
    elif isinstance(node, list):
        for number, each in enumerate(node):
            yield from _addresses(each, f"{where}[{number}]")


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 1 << 16
    return yaml
