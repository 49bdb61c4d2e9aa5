"""A route is declared once: what it is called by, what it takes and what it answers.

The application is built from these declarations and so is the OpenAPI document, so the two cannot
part. What is no plain exchange of HTTP (a WebSocket) comes as aiohttp's own ``RouteDef`` instead.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from aiohttp import web
from pydantic import BaseModel

from appliance.access.keys import Scope
from appliance.http.backend import HttpBackend

BACKEND: Final[web.AppKey[HttpBackend]] = web.AppKey("backend", HttpBackend)
"""Where a handler finds the service: ``request.app[BACKEND]``."""
JSON: Final = "application/json"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Failure(BaseModel):
    """What every error looks like, on every route."""

    error: str
    """A stable code, the same in the log and in metrics."""
    message: str
    """One line for a person."""


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries: JSON of a ``model``, or bytes when there is none."""

    model: type[BaseModel] | None = None
    media: str = JSON
    meaning: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What one status means. Without a ``model`` the body is text or bytes of each ``media``."""

    meaning: str
    model: type[BaseModel] | None = None
    media: tuple[str, ...] = (JSON,)
    headers: Mapping[str, str] = field(default_factory=dict)
    """Name to meaning, of headers that always come with it."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the path, the query or the headers."""

    name: str
    place: Literal["path", "query", "header"]
    meaning: str
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation of the HTTP interface."""

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    summary: str
    replies: Mapping[int, Reply]
    body: Body | None = None
    parameters: tuple[Parameter, ...] = ()
    scope: Scope | None = None
    """What a key must be for, where one is needed; None: open to everybody."""

    def definition(self) -> web.RouteDef:
        """As aiohttp wants it; a GET answers HEAD too."""
        make = web.get if self.method == "GET" else web.post
        return make(self.path, self.handler)


def failures(**meanings: str) -> dict[int, Reply]:
    """Replies that are a ``Failure``, by status: ``failures(s400="...", s503="...")``."""
    statuses = {int(name.removeprefix("s")): meaning for name, meaning in meanings.items()}
    return {
        status: Reply(
            meaning,
            Failure,
            headers={"Retry-After": "seconds to wait"} if status == 503 else {},
        )
        for status, meaning in statuses.items()
    }
