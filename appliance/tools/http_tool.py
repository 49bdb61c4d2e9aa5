"""A tool that is a program of the site's on its network: asked by HTTP, answered with JSON or
text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Formatter
from typing import Any, Final, Literal
from urllib.parse import quote
from uuid import UUID

import aiohttp
from pydantic import BaseModel, ConfigDict, Field

from appliance.config.url import HttpUrl
from appliance.errors import SettingsError
from appliance.tools.tool import Handler, ToolError

MOST_BYTES: Final = 64 * 1024


class HttpRequest(BaseModel):
    """What is sent. Arguments that the address names go there; the others are the query of a GET,
    the JSON body of anything else."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: HttpUrl = Field(description="``{argument}`` in its path or query is filled in")
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "POST"
    headers: dict[str, str] = {}
    secret_headers: dict[str, Path] = Field(
        {}, description="headers whose value is what a file holds; it is read at the start"
    )


def http_handler(request: HttpRequest, client: aiohttp.ClientSession) -> Handler:
    """A Handler that sends ``request``. Raises SettingsError when a secret cannot be read."""
    headers = request.headers | {
        name: _secret(path) for name, path in request.secret_headers.items()
    }
    named = {field for _, field, _, _ in Formatter().parse(request.url) if field}

    async def handle(uuid: UUID, arguments: Mapping[str, Any]) -> str:
        missing = named - set(arguments)
        if missing:
            raise ToolError(f"the address needs {', '.join(sorted(missing))}")
        url = request.url.format_map({key: quote(str(arguments[key]), safe="") for key in named})
        rest = {key: value for key, value in arguments.items() if key not in named}
        body: dict[str, Any] = {"json": rest}
        if request.method == "GET":
            body = {"params": {key: str(value) for key, value in rest.items()}}
        try:
            async with client.request(
                request.method,
                url,
                headers={**headers, "X-UUID": str(uuid)},
                allow_redirects=False,
                **body,
            ) as reply:
                data = await _read(reply)
                if not 200 <= reply.status < 300:
                    raise ToolError(f"{request.url} answered with status {reply.status}")
        except (aiohttp.ClientError, OSError) as error:
            raise ToolError(f"{request.url}: {type(error).__name__}: {error}") from error
        return data.decode(errors="replace").strip()

    return handle


async def _read(reply: aiohttp.ClientResponse) -> bytes:
    data = bytearray()
    async for chunk in reply.content.iter_chunked(8192):
        data += chunk
        if len(data) > MOST_BYTES:
            raise ToolError(f"the answer is longer than {MOST_BYTES} bytes")
    return bytes(data)


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"cannot read the secret {path}: {error.strerror}") from error
