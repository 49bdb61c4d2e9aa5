"""Who gets through to the routes, on a real socket: pages of other sites, other machines, keys."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
import pytest

from appliance.access.keys import SCOPES, ApiKey, Scope, digest_of, new_secret
from appliance.http.app import build_app
from tests.fakes.http_backend import FakeBackend

pytestmark = [pytest.mark.unit, pytest.mark.asyncio]

SECRET = new_secret()
ORIGINATE = {"channel": "PJSIP/1000", "exten": "5001", "context": "demo"}
REBOUND = {"Host": "evil.example:6001"}


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every client comes from another machine."""
    monkeypatch.setattr("aiohttp.web_request.BaseRequest.remote", "192.168.1.77")


def hand_out(backend: FakeBackend, *scopes: Scope) -> None:
    backend.handed_out = (ApiKey("key", digest_of(SECRET), frozenset(scopes), 0.0),)


async def error_of(answer: Any) -> tuple[int, str]:
    async with answer as reply:
        return reply.status, (await reply.json())["error"]


@pytest.mark.parametrize("path", ["/originate", "/transfer", "/hangup", "/call", "/prompt-stream"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
async def test_a_page_of_another_site_orders_nothing(
    url: str, http: aiohttp.ClientSession, path: str, origin: str
) -> None:
    post = http.post(url + path, json=ORIGINATE, headers={"Origin": origin})
    assert await error_of(post) == (403, "origin_refused")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_what_a_page_may_send_without_asking_is_not_read(
    url: str, http: aiohttp.ClientSession, kind: str
) -> None:
    body = b'{"channel": "PJSIP/1000", "exten": "5001"}'
    post = http.post(f"{url}/originate", data=body, headers={"Content-Type": kind})
    assert await error_of(post) == (415, "json_wanted")


@pytest.mark.parametrize("path", ["/", "/speech-to-speech-stream"])
async def test_a_page_of_another_site_opens_no_websocket(
    url: str, http: aiohttp.ClientSession, path: str
) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await http.ws_connect(url + path, headers={"Origin": "http://evil.example"})
    assert refused.value.status == 403


@pytest.mark.parametrize("path", ["/call/5d8f3a52-0000-4000-8000-000000000000", "/metrics"])
async def test_a_name_of_somebody_elses_reads_nothing(
    url: str, http: aiohttp.ClientSession, path: str
) -> None:
    assert await error_of(http.get(url + path, headers=REBOUND)) == (403, "host_refused")


@pytest.mark.usefixtures("elsewhere")
async def test_another_machine_needs_a_key_for_all_but_health_and_the_document(
    url: str, http: aiohttp.ClientSession, backend: FakeBackend
) -> None:
    closed = []
    for route in build_app(backend).router.routes():
        assert route.resource is not None
        path = route.resource.canonical.replace("{uuid}", "5d8f3a52-0000-4000-8000-000000000000")
        async with http.request(route.method, url + path) as reply:
            if route.resource.canonical in ("/health", "/ready", "/openapi.json"):
                assert reply.status == 200
                continue
            closed.append(route.resource.canonical)
            assert reply.status == 401
            assert reply.headers["WWW-Authenticate"] == "Bearer"
    assert {"/originate", "/metrics", "/", "/call", "/transcribe"} <= set(closed)


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize(
    "headers", [{"Authorization": f"Bearer {SECRET}"}, {"Authorization": f"bearer  {SECRET}"},
                {"X-API-Key": SECRET}],
)  # fmt: skip
async def test_a_key_opens_what_it_is_for(
    url: str, http: aiohttp.ClientSession, backend: FakeBackend, headers: dict[str, str]
) -> None:
    hand_out(backend, "metrics")
    async with http.get(f"{url}/metrics", headers=headers) as reply:
        assert reply.status == 200
    post = http.post(f"{url}/originate", json=ORIGINATE, headers=headers)
    assert await error_of(post) == (403, "scope_missing")


async def test_call_control_asks_this_machine_for_a_key_too_once_there_is_one(
    url: str, http: aiohttp.ClientSession, backend: FakeBackend
) -> None:
    assert (await error_of(http.post(f"{url}/originate", json=ORIGINATE)))[0] == 501  # no manager
    hand_out(backend, "control")
    post = http.post(f"{url}/originate", json=ORIGINATE)
    assert await error_of(post) == (401, "key_missing")
    keyed = http.post(f"{url}/originate", json=ORIGINATE, headers={"X-API-Key": SECRET})
    assert (await error_of(keyed))[0] == 501


async def test_every_declared_route_but_the_open_ones_says_its_scope(
    url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/openapi.json") as reply:
        paths = (await reply.json())["paths"]
    scopes = {path: shown.get("x-scope") for path, item in paths.items() for shown in item.values()}
    unlocked = {path for path, scope in scopes.items() if scope is None}
    assert unlocked == {"/health", "/ready", "/openapi.json"}
    assert {scope for scope in scopes.values() if scope} == set(SCOPES)


async def test_the_log_tells_who_was_refused_and_never_the_key(
    url: str, http: aiohttp.ClientSession, backend: FakeBackend, caplog: pytest.LogCaptureFixture
) -> None:
    hand_out(backend, "read")
    with caplog.at_level(logging.INFO, "appliance.audit"):
        await error_of(http.get(f"{url}/metrics", headers={"X-API-Key": SECRET}))
        await error_of(http.get(f"{url}/call/x", headers={"X-API-Key": SECRET}))
    assert "refused GET /metrics from 127.0.0.1: scope_missing" in caplog.text
    assert "key key: GET /call/{uuid} from 127.0.0.1" in caplog.text
    assert SECRET not in caplog.text
