"""The OpenAPI 3.1 document of the routes, from their declarations and their models."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from appliance import __version__
from appliance.http.route import JSON, Failure, Parameter, Reply, Route

_REF: Final = "#/components/schemas/{model}"
_INTERNAL: Final = Reply("something went wrong here; the log says more", Failure)

_REFUSED: Final = Reply(
    "another host, a page of another site, or a key for something else", Failure
)
_KEY_WANTED: Final = Reply(
    "this needs an API key, or another one",
    Failure,
    headers={"WWW-Authenticate": "always `Bearer`"},
)
_NOT_JSON: Final = Reply("the body does not say that it is JSON", Failure)


def document(routes: Iterable[Route]) -> dict[str, Any]:
    """The document of ``routes``, JSON-able."""
    declared = list(routes)
    models = {model for route in declared for model in _models(route)}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(m, "validation") for m in ordered], ref_template=_REF)
    paths: dict[str, dict[str, Any]] = {}
    for route in declared:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "appliance",
            "version": __version__,
            "description": "An offline appliance that answers the telephone. Errors are"
            ' {"error": code, "message": text}.',
        },
        "paths": paths,
        "components": {
            "schemas": schemas.get("$defs", {}),
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "of `appliance keys add`; not needed from this machine and"
                    " trusted_networks",
                }
            },
        },
    }


def _models(route: Route) -> list[type[BaseModel]]:
    replies = [reply.model for reply in (*route.replies.values(), _INTERNAL)]
    body = None if route.body is None else route.body.model
    return [model for model in (body, *replies) if model is not None]


def _operation(route: Route) -> dict[str, Any]:
    replies = {**_general(route), **route.replies, 500: _INTERNAL}
    operation: dict[str, Any] = {
        "summary": route.summary,
        "parameters": [_parameter(parameter) for parameter in route.parameters],
        "responses": {str(status): _reply(replies[status]) for status in sorted(replies)},
    }
    if route.scope is not None:
        operation["security"] = [{}, {"key": []}]  # {}: programs on this machine need none
        operation["x-scope"] = route.scope
    if route.body is not None:
        operation["requestBody"] = {
            "required": route.body.required,
            "description": route.body.meaning,
            "content": {route.body.media: _content(route.body.model, route.body.media)},
        }
    return operation


def _general(route: Route) -> dict[int, Reply]:
    """What the gate and the reading of bodies may answer."""
    replies = {403: _REFUSED}
    if route.scope is not None:
        replies[401] = _KEY_WANTED
    if route.body is not None and route.body.model is not None:
        replies[415] = _NOT_JSON
    return replies


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.meaning,
        "required": parameter.required or parameter.place == "path",
        "schema": dict(parameter.schema),
    }


def _reply(reply: Reply) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "description": reply.meaning,
        "content": {media: _content(reply.model, media) for media in reply.media},
    }
    if reply.headers:
        shown["headers"] = {
            name: {"description": meaning, "schema": {"type": "string"}, "required": True}
            for name, meaning in reply.headers.items()
        }
    return shown


def _content(model: type[BaseModel] | None, media: str) -> dict[str, Any]:
    if media == JSON:
        ref = {"$ref": _REF.format(model=model.__name__)} if model else {"type": "object"}
        return {"schema": ref}
    return {"schema": {"type": "string", **({} if "text/" in media else {"format": "binary"})}}
