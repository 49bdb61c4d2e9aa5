"""Telephone calls as a dialplan and an operator see them: announce one, ask what became of it.

``POST /call`` takes what the dialplan knows about a caller before the audio arrives. Its JSON is
often pasted together there, so every malformed body gets a 400 that says what is wrong. A dialplan
has no JSON parser: with ``?format=text`` it gets one word (``ok``, or the code of the error), and
what it cuts at colons.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Final
from uuid import UUID

from aiohttp import web

from appliance.http.errors import BadRequest, BodyTooLarge, CallUnknown, wants_text
from appliance.http.requests import read_json
from appliance.http.route import BACKEND, JSON, Body, Parameter, Reply, Route, failures
from appliance.http.schemas import (
    UUID_PATTERN,
    AnnouncedReply,
    Announcing,
    CallShown,
    NextShown,
    checked_uuid,
)
from appliance.switchboard.announced import Announcer

_FORMAT: Final = Parameter("format", "query", "`text`: one word instead of JSON")
_UUID: Final = Parameter("uuid", "path", "of the call", {"type": "string", "pattern": UUID_PATTERN})
_TEXT: Final = (JSON, "text/plain")


def _or_text(replies: dict[int, Reply]) -> dict[int, Reply]:
    """The same replies, as JSON or as text."""
    return {
        status: Reply(reply.meaning, reply.model, _TEXT, reply.headers)
        for status, reply in replies.items()
    }


async def _announce(request: web.Request) -> web.Response:
    try:
        body = await read_json(request, Announcing)
    except BodyTooLarge as error:
        raise BadRequest(error.message, code=error.code) from error
    backend, address = request.app[BACKEND], request.remote or ""
    by = Announcer(address, trusted=backend.gate.trusts(address))
    announced = await backend.calls.announce(UUID(body.uuid), body.payload, by)
    if wants_text(request):
        return web.Response(text="ok")
    return web.json_response(asdict(announced))


async def _call_record(request: web.Request) -> web.Response:
    record = await request.app[BACKEND].calls.call_record(_uuid(request))
    if record is None:
        raise CallUnknown("no call with this uuid is running or was kept")
    return web.json_response(record)


async def _next(request: web.Request) -> web.Response:
    step = await request.app[BACKEND].calls.afterwards(_uuid(request))
    if step is None:
        raise CallUnknown("no call with this uuid is running or was kept")
    if wants_text(request):
        return web.Response(text=step.as_text())
    return web.json_response(step.as_json())


def _uuid(request: web.Request) -> UUID:
    try:
        return UUID(checked_uuid(request.match_info["uuid"]))
    except ValueError as error:
        raise BadRequest(str(error)) from error


ROUTES: Final = (
    Route(
        method="POST",
        scope="services",
        path="/call",
        handler=_announce,
        summary="Announce a call before its sound arrives",
        body=Body(Announcing),
        parameters=(_FORMAT,),
        replies=_or_text(
            {
                200: Reply("kept for the call", AnnouncedReply),
                **failures(
                    s400="the body cannot be understood",
                    s408="the body did not arrive in time",
                    s503="the call would be refused; the code says why",
                ),
            }
        ),
    ),
    Route(
        method="GET",
        scope="read",
        path="/call/{uuid}",
        handler=_call_record,
        summary="What was heard and said in a call, and when",
        parameters=(_UUID, _FORMAT),
        replies=_or_text(
            {
                200: Reply("while it runs, and for some time after", CallShown),
                **failures(s400="that is no UUID", s404="no such call"),
            }
        ),
    ),
    Route(
        method="GET",
        scope="services",
        path="/call/{uuid}/next",
        handler=_next,
        summary="What the dialplan shall do with the call now",
        parameters=(_UUID, _FORMAT),
        replies=_or_text(
            {
                200: Reply("hang up, transfer, or go on", NextShown),
                **failures(s400="that is no UUID", s404="no such call"),
            }
        ),
    ),
)
