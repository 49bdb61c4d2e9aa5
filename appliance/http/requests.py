"""Requests on their way in: bodies within bounds of size and time, sound as it comes, the agent.

A body that dribbles in for ever, or never ends, costs its sender the request and nobody else
anything. Sound of a call is the exception: it may pause for as long as people may be silent, so
such streams are bounded in number alone (``services/admission.py``).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Any, Final, NoReturn, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from appliance.agents.loaded_agent import LoadedAgent
from appliance.audio.frame import Pcm
from appliance.audio.samples import SampleReader
from appliance.http.errors import AgentUnknown, BadRequest, BodyTimeout, BodyTooLarge, NotJson
from appliance.http.route import BACKEND, JSON, Parameter

BODY_LIMIT_BYTES: Final = 64 * 1024
BODY_TIMEOUT_S: Final = 10.0
AGENT: Final = (
    Parameter("agent", "query", "the agent that serves; without it the site's default agent"),
    Parameter("X-Agent", "header", "the same as a header"),
)
CALL_UUID: Final = Parameter("X-UUID", "header", "of the call")

M = TypeVar("M", bound=BaseModel)


async def read_json(request: web.Request, model: type[M]) -> M:
    """The body as a ``model``. It must say that it is JSON: a page of another site could not,
    without asking first.

    Raises BadRequest, NotJson, BodyTooLarge, BodyTimeout.
    """
    if request.content_type != JSON:
        raise NotJson("send the body with `Content-Type: application/json`")
    body = _parse(await _read(request))
    try:
        return model.model_validate(body)
    except ValidationError as error:
        raise BadRequest(_complaint(error.errors(include_url=False)[0])) from error


async def sound(
    request: web.Request, *, limit_bytes: int | None = None, timeout_s: float | None = None
) -> AsyncGenerator[Pcm]:
    """The body as samples while it arrives, cut anywhere; half a sample at its end is dropped.

    Bounded in length and time only where that is asked for. Raises BadRequest, BodyTooLarge,
    BodyTimeout, and ConnectionError when the client leaves.
    """
    if limit_bytes is not None and (request.content_length or 0) > limit_bytes:
        raise BodyTooLarge(f"the body is larger than {limit_bytes} bytes")
    reader, length = SampleReader(), 0
    deadline = None if timeout_s is None else asyncio.get_running_loop().time() + timeout_s
    while data := await _some(request, deadline):
        length += len(data)
        if limit_bytes is not None and length > limit_bytes:
            raise BodyTooLarge(f"the body is larger than {limit_bytes} bytes")
        yield reader.feed(data)


def agent_of(request: web.Request) -> LoadedAgent:
    """The agent that the request names, or the default one. Raises AgentUnknown."""
    stages = request.app[BACKEND].stages
    name = request.query.get("agent") or request.headers.get("X-Agent")
    if name and name not in stages.agents:
        raise AgentUnknown("there is no such agent on this site")
    loaded = stages.agents[name] if name else stages.default
    return loaded.for_caller({})  # of the caller nothing is known here


def uuid_of(request: web.Request) -> str:
    """The call that the request belongs to, as its client calls it; empty when it does not say."""
    return request.headers.get("X-UUID", "")[:100]


async def _read(request: web.Request) -> bytes:
    data = bytearray()
    deadline = asyncio.get_running_loop().time() + BODY_TIMEOUT_S
    while piece := await _some(request, deadline):
        data += piece
        if len(data) > BODY_LIMIT_BYTES:
            raise BodyTooLarge(f"the body is larger than {BODY_LIMIT_BYTES} bytes")
    return bytes(data)


async def _some(request: web.Request, deadline: float | None) -> bytes:
    """What has arrived; empty at the end."""
    try:
        async with asyncio.timeout_at(deadline):
            return await request.content.readany()
    except TimeoutError as error:
        raise BodyTimeout("the body did not arrive in time") from error
    except web.RequestPayloadError as error:
        raise BadRequest("the body breaks off, or is not what its headers say") from error


def _parse(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data, parse_constant=_no_constant)
    except RecursionError as error:
        raise BadRequest("the body is nested too deeply") from error
    except ValueError as error:  # JSONDecodeError and UnicodeDecodeError among them
        raise BadRequest(f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object")
    return body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _complaint(problem: ErrorDetails) -> str:
    """One line about the first of a body's problems; never the value itself."""
    where = ".".join(str(part) for part in problem["loc"])
    kind = problem["type"]
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    if where == "text" and (kind == "missing" or problem["input"] == ""):
        return "Text is required"  # in the words of AVR's own services
    if kind == "missing":
        return f'"{where}" is missing'
    says = {
        "dict_type": "must be an object",
        "list_type": "must be an array",
        "string_type": "must be a string",
        "string_pattern_mismatch": "must not be blank",
    }
    return f'"{where}" {says.get(kind, problem["msg"])}'
