"""The HTTP interface: parse, ask the service one question, render. Nothing here knows about calls.

``POST /call`` takes what the dialplan knows about a caller before the audio arrives. Its JSON is
often pasted together there, so every malformed body gets a 400 that says what is wrong. Errors
of every kind are ``{"error": code, "message": text}``. A dialplan has no JSON parser: with
``?format=text`` it gets one word (``ok``, or the code of the error), and what it cuts at colons.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final, NoReturn
from uuid import UUID

from aiohttp import web

from appliance.errors import ApplianceError, CallRefused
from appliance.http.backend import HttpBackend
from appliance.metrics import CONTENT_TYPE

BODY_LIMIT_BYTES: Final = 64 * 1024
RETRY_AFTER_S: Final = 5
"""What a refused dialplan is told to wait: calls last minutes, but one may end any second."""

_BACKEND: Final[web.AppKey[HttpBackend]] = web.AppKey("backend", HttpBackend)
_log = logging.getLogger(__name__)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BadRequest(ApplianceError):
    """The body of a request is not what the interface promises to understand."""

    code = "bad_request"


class CallUnknown(ApplianceError):
    """No call with this UUID is running or was kept."""

    code = "call_unknown"


def build_app(service: HttpBackend) -> web.Application:
    """The application with all routes; ``server.start_http`` puts it on a port."""
    app = web.Application(middlewares=[_errors_as_json], client_max_size=BODY_LIMIT_BYTES)
    app[_BACKEND] = service
    app.add_routes(
        [
            web.post("/call", _announce),
            web.get("/call/{uuid}", _call_record),
            web.get("/call/{uuid}/next", _next),
            web.get("/health", _health),
            web.get("/ready", _ready),
            web.get("/metrics", _metrics),
        ]
    )
    return app


async def _announce(request: web.Request) -> web.Response:
    body = _parse(await request.read())
    uuid = _uuid(body.get("uuid"))
    payload = body.get("payload", {})
    if not isinstance(payload, dict):
        raise BadRequest('"payload" must be an object')
    request.app[_BACKEND].announce(uuid, payload)
    if _wants_text(request):
        return web.Response(text="ok")
    return web.json_response({"sts_url": None, "override": False})


async def _call_record(request: web.Request) -> web.Response:
    record = request.app[_BACKEND].call_record(_uuid(request.match_info["uuid"]))
    if record is None:
        raise CallUnknown("no call with this uuid is running or was kept")
    return web.json_response(record)


async def _next(request: web.Request) -> web.Response:
    step = request.app[_BACKEND].afterwards(_uuid(request.match_info["uuid"]))
    if step is None:
        raise CallUnknown("no call with this uuid is running or was kept")
    if _wants_text(request):
        return web.Response(text=step.as_text())
    return web.json_response(step.as_json())


def _wants_text(request: web.Request) -> bool:
    return request.query.get("format") == "text"


async def _health(_: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _ready(request: web.Request) -> web.Response:
    state = request.app[_BACKEND].readiness()
    body = {
        "ready": state.ready,
        "calls_active": state.calls_active,
        "calls_max": state.calls_max,
        "reason": state.reason,
    }
    return web.json_response(body, status=200 if state.ready else 503)


async def _metrics(request: web.Request) -> web.Response:
    text = request.app[_BACKEND].metrics_text()
    return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})


def _parse(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data, parse_constant=_no_constant)
    except RecursionError as error:
        raise BadRequest("the body is nested too deeply") from error
    except ValueError as error:  # JSONDecodeError and UnicodeDecodeError among them
        raise BadRequest(f"the body is not JSON: {error}") from error
    if not isinstance(body, dict):
        raise BadRequest("the body must be an object with a uuid")
    return body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def _uuid(value: object) -> UUID:
    """The UUID in its textual form with dashes, the only one Asterisk takes for AudioSocket."""
    if value is None:
        raise BadRequest('"uuid" is missing')
    if isinstance(value, str) and len(value) == 36:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise BadRequest('"uuid" must look like 1b4e28ba-2fa1-11d2-883f-0016d3cca427')


@web.middleware
async def _errors_as_json(request: web.Request, handler: _Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return _error(
            request, 400, "body_too_large", f"the body is larger than {BODY_LIMIT_BYTES} bytes"
        )
    except web.HTTPException as error:
        reply = _error(request, error.status, error.reason.lower().replace(" ", "_"), error.reason)
        if "Allow" in error.headers:
            reply.headers["Allow"] = error.headers["Allow"]
        return reply
    except BadRequest as error:
        return _error(request, 400, error.code, error.message)
    except CallUnknown as error:
        return _error(request, 404, error.code, error.message)
    except CallRefused as error:
        reply = _error(request, 503, error.code, error.message)
        reply.headers["Retry-After"] = str(RETRY_AFTER_S)
        return reply
    except ApplianceError as error:
        _log.error("%s %s: %s", request.method, request.path, error)
        return _error(request, 500, error.code, error.message)
    except Exception:
        _log.exception("%s %s failed", request.method, request.path)
        return _error(
            request, 500, ApplianceError.code, "something went wrong here; the log says more"
        )


def _error(request: web.Request, status: int, code: str, message: str) -> web.Response:
    if _wants_text(request):
        return web.Response(text=code, status=status)
    return web.json_response({"error": code, "message": message}, status=status)
