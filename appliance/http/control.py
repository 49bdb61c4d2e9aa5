"""AVR's call control: hang up, transfer, originate, by the call's uuid.

Bodies, statuses and the form of a reply are AVR's. Its words are not: AVR's connectors give a reply
to their model or speak it, and no caller shall hear "Call with UUID two dad eighty five". Unlike
AVR's, a call that runs here is ended when the agent's sentence has been heard.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal
from uuid import UUID

from aiohttp import web
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from appliance.asterisk.ami import AmiError, NoManager, NoSuchChannel
from appliance.http.access import audit
from appliance.http.errors import RequestError
from appliance.http.requests import read_json
from appliance.http.route import BACKEND, Body, Handler, Reply, Route, failures
from appliance.http.schemas import UUID_PATTERN, checked_uuid

CONTEXT: Final = "demo"
"""AVR's default."""

Extension = Annotated[str, Field(pattern=r"^[A-Za-z0-9+*#_.-]{1,80}$")]
Context = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,80}$")]
Line = Annotated[str, Field(pattern=r"^[^\r\n]{1,200}$")]


def _text(value: object) -> object:
    """AVR's tools send extensions as numbers or as text."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Body(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class HangUp(_Body):
    """Which call."""

    uuid: Annotated[str, BeforeValidator(checked_uuid)] = Field(
        json_schema_extra={"pattern": UUID_PATTERN}
    )


class _Place(_Body):
    exten: Annotated[Extension, BeforeValidator(_text)]
    context: Annotated[Context, BeforeValidator(_text)] = CONTEXT
    priority: Literal[1] | Literal["1"] = Field(1, description="no other: calls begin at the first")


class TransferTo(_Place):
    """Which call, and where to."""

    uuid: Annotated[str, BeforeValidator(checked_uuid)] = Field(
        json_schema_extra={"pattern": UUID_PATTERN}
    )


class Originate(_Place):
    """Whom to ring, and what they are connected with."""

    channel: Line = Field(description="as Asterisk names it: `PJSIP/1000`")
    callerid: Line = "Agent Voice Response <avr>"


class Done(BaseModel):
    """AVR's reply."""

    message: str


class _Unreachable(RequestError):
    """Asterisk did not do it."""

    code = "ami_failed"
    status = 500


class _NotConfigured(RequestError):
    """The site has no manager interface."""

    code = "manager_missing"
    status = 501


class _NotFound(RequestError):
    """Nobody knows the call."""

    code = "call_unknown"
    status = 404


async def _hang_up(request: web.Request) -> web.Response:
    body = await read_json(request, HangUp)
    try:
        await request.app[BACKEND].control.hang_up(UUID(body.uuid))
    except AmiError as error:
        raise _as_avr(error) from error
    audit(request, "hang up call %s", body.uuid)
    return _done("The call is ending.")


async def _transfer(request: web.Request) -> web.Response:
    body = await read_json(request, TransferTo)
    try:
        await request.app[BACKEND].control.transfer(UUID(body.uuid), body.exten, body.context)
    except AmiError as error:
        raise _as_avr(error) from error
    audit(request, "transfer call %s to %s@%s", body.uuid, body.exten, body.context)
    return _done("The caller is being put through.")


async def _originate(request: web.Request) -> web.Response:
    body = await read_json(request, Originate)
    try:
        await request.app[BACKEND].control.originate(
            body.channel, body.exten, body.context, body.callerid
        )
    except AmiError as error:
        raise _as_avr(error) from error
    audit(request, "place a call to %s@%s", body.exten, body.context)
    return _done("The call is being placed.")


def _as_avr(error: AmiError) -> RequestError:
    if isinstance(error, NoSuchChannel):
        return _NotFound("There is no such call.")
    if isinstance(error, NoManager):
        return _NotConfigured(error.message)
    return _Unreachable(f"Error communicating with Asterisk: {error.message}")


def _done(message: str) -> web.Response:
    return web.json_response({"message": message})


def _route(path: str, handler: Handler, summary: str, body: type[BaseModel]) -> Route:
    return Route(
        method="POST",
        scope="control",
        path=path,
        handler=handler,
        summary=summary,
        body=Body(body),
        replies={
            200: Reply("Asterisk, or the running call, has been told", Done),
            **failures(
                s400="the body cannot be understood",
                s404="no such call",
                s408="the body did not arrive in time",
                s413="the body is too large",
                s500="Asterisk's manager interface refuses, or is not there",
                s501="no manager interface is configured",
            ),
        },
    )


ROUTES: Final = (
    _route("/hangup", _hang_up, "End a call", HangUp),
    _route("/transfer", _transfer, "Send a caller somewhere else", TransferTo),
    _route("/originate", _originate, "Place a call", Originate),
)
