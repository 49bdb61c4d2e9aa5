"""Errors on their way out: every one is ``{"error": code, "message": text}`` with its status."""

from __future__ import annotations

import logging
from typing import Final

from aiohttp import web

from appliance.errors import ApplianceError, CallRefused, EngineBusy
from appliance.http.route import Handler

RETRY_AFTER_S: Final = 5
"""What a refused client is told to wait: calls last minutes, but one may end any second."""

_log = logging.getLogger(__name__)


class RequestError(ApplianceError):
    """The client is wrong, and told so with ``status``."""

    code = "bad_request"
    status = 400


class BadRequest(RequestError):
    """A request is not what the interface promises to understand."""


class CallUnknown(RequestError):
    """No call with this UUID is running or was kept."""

    code = "call_unknown"
    status = 404


class AgentUnknown(RequestError):
    """The site has no agent of this name."""

    code = "agent_unknown"
    status = 404


class BodyTooLarge(RequestError):
    """A body is larger than this route takes."""

    code = "body_too_large"
    status = 413


class BodyTimeout(RequestError):
    """A body did not arrive in time."""

    code = "body_timeout"
    status = 408


class NotJson(RequestError):
    """A body does not say that it is JSON."""

    code = "json_wanted"
    status = 415


@web.middleware
async def errors_as_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Render every error. Once a stream's headers are out, it can only end."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        reply = failure(request, error.status, error.reason.lower().replace(" ", "_"), error.reason)
        if "Allow" in error.headers:
            reply.headers["Allow"] = error.headers["Allow"]
        return reply
    except RequestError as error:
        return failure(request, error.status, error.code, error.message)
    except (CallRefused, EngineBusy) as error:
        if isinstance(error, CallRefused) and error.reason == "uuid_in_use":
            return failure(request, 409, error.code, error.message)  # waiting would not help
        reply = failure(request, 503, error.code, error.message)
        reply.headers["Retry-After"] = str(RETRY_AFTER_S)
        return reply
    except ApplianceError as error:
        _log.error("%s %s: %s", request.method, request.path, error)
        return failure(request, 500, error.code, error.message)
    except ConnectionError:
        raise  # the client has gone: nobody to tell, and aiohttp knows
    except Exception:
        _log.exception("%s %s failed", request.method, request.path)
        return failure(
            request, 500, ApplianceError.code, "something went wrong here; the log says more"
        )


def failure(request: web.Request, status: int, code: str, message: str) -> web.Response:
    """An error's reply; its code alone for a dialplan, which has no JSON parser."""
    if wants_text(request):
        return web.Response(text=code, status=status)
    return web.json_response({"error": code, "message": message}, status=status)


def wants_text(request: web.Request) -> bool:
    """Whether the request ends in ``?format=text``."""
    return request.query.get("format") == "text"
