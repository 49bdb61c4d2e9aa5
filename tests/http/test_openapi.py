"""The document at /openapi.json names every route; tests/e2e asks whether it is true."""

from __future__ import annotations

import aiohttp
import pytest

from appliance.http.app import SERVICES, build_app, build_service
from appliance.http.server import start_http
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e

WEBSOCKETS = {("GET", "/"), ("GET", "/speech-to-speech-stream")}
"""What OpenAPI has no words for."""


async def test_every_route_stands_in_the_document(url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{url}/openapi.json") as reply:
        document = await reply.json()
    assert document["openapi"] == "3.1.0"
    shown = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    routed = {
        (route.method, route.resource.canonical)
        for route in build_app(FakeBackend()).router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert routed - WEBSOCKETS == shown


async def test_a_method_that_is_not_declared_is_told_which_are(
    url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/openapi.json") as reply:
        paths = (await reply.json())["paths"]
    for path, item in paths.items():
        async with http.patch(url + path.replace("{uuid}", "any")) as reply:
            assert (reply.status, (await reply.json())["error"]) == (405, "method_not_allowed")
            assert {method.upper() for method in item} <= set(reply.headers["Allow"].split(","))


@pytest.mark.parametrize("name", SERVICES)
async def test_a_port_of_its_own_has_the_service_and_health_alone(
    http: aiohttp.ClientSession, name: str
) -> None:
    server = await start_http(build_service(FakeBackend(), name), "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.port}"
    async with http.get(f"{url}/health") as health:
        assert health.status == 200
    async with http.get(f"{url}/ready") as ready, http.get(f"{url}/openapi.json") as reply:
        assert ready.status == 404
        assert "/health" in (await reply.json())["paths"]
    await server.close()
