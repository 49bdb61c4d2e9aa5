"""Every route over a real loopback socket, with a service that is a fake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

import pytest
import pytest_asyncio
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer

from appliance.errors import SettingsError
from appliance.http.app import build_app
from appliance.http.server import start_http
from appliance.switchboard.afterwards import Afterwards
from appliance.switchboard.announced import Announcer
from appliance.switchboard.answers import Readiness
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e
AS_JSON = {"Content-Type": "application/json"}

UUID_TEXT = "0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21"


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest_asyncio.fixture
async def client(backend: FakeBackend) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(build_app(backend))) as client:
        yield client


async def test_a_call_is_announced_with_its_payload(
    client: TestClient, backend: FakeBackend
) -> None:
    payload = {"from": "2000", "to": "5003", "recording": False}
    reply = await client.post("/call", json={"uuid": UUID_TEXT, "payload": payload})
    assert reply.status == 200
    assert await reply.json() == {"sts_url": None, "override": False}
    assert backend.announced == {UUID(UUID_TEXT): payload}


async def test_it_is_known_who_announced_a_call(client: TestClient, backend: FakeBackend) -> None:
    await client.post("/call", json={"uuid": UUID_TEXT})
    assert backend.announcers == [Announcer("127.0.0.1", trusted=True)]


async def test_a_call_without_payload_is_announced(
    client: TestClient, backend: FakeBackend
) -> None:
    reply = await client.post("/call", json={"uuid": UUID_TEXT.upper()})
    assert reply.status == 200
    assert backend.announced == {UUID(UUID_TEXT): {}}


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        (b"", "not JSON"),
        (b'{"uuid": "', "not JSON"),
        (b'{"uuid": "\xff"}', "not JSON"),
        (b'{"uuid": NaN}', "not JSON"),
        (b"[" * 30_000, "nested"),
        (b"[]", "must be an object"),
        (b"{}", '"uuid" is missing'),
        (b'{"uuid": 5}', '"uuid" must look like'),
        (b'{"uuid": "0b1e6a526c7e4d0f9d0a3a1c5f0e7b21"}', '"uuid" must look like'),
        (b'{"uuid": "zzzzzzzz-6c7e-4d0f-9d0a-3a1c5f0e7b21"}', '"uuid" must look like'),
        (b'{"uuid": "%s", "payload": []}' % UUID_TEXT.encode(), '"payload" must be'),
        (b'{"uuid": "%s", "payload": "x"}' % UUID_TEXT.encode(), '"payload" must be'),
        (b'{"uuid": "%s", "payload": null}' % UUID_TEXT.encode(), '"payload" must be'),
        (b'{"uuid": "' + b"0" * 70_000, "larger than 65536"),
    ],
)
async def test_a_body_that_cannot_be_understood_gets_400_and_a_reason(
    client: TestClient, backend: FakeBackend, body: bytes, complaint: str
) -> None:
    reply = await client.post("/call", data=body, headers=AS_JSON)
    answer = await reply.json()
    assert reply.status == 400
    assert set(answer) == {"error", "message"}
    assert complaint in answer["message"]
    assert not backend.announced


@pytest.mark.parametrize("reason", ["full", "draining"])
async def test_a_refused_call_gets_503_with_its_reason_and_when_to_come_back(
    client: TestClient, backend: FakeBackend, reason: str
) -> None:
    backend.refuse = reason
    reply = await client.post("/call", json={"uuid": UUID_TEXT})
    assert reply.status == 503
    assert (await reply.json())["error"] == f"call_refused_{reason}"
    assert int(reply.headers["Retry-After"]) > 0


async def test_a_failure_inside_tells_nothing_of_it_outside(
    client: TestClient, backend: FakeBackend, caplog: pytest.LogCaptureFixture
) -> None:
    backend.broken = True
    reply = await client.post("/call", json={"uuid": UUID_TEXT})
    assert reply.status == 500
    assert "secret" not in await reply.text()
    assert "ZeroDivisionError" in caplog.text


async def test_health_and_readiness(client: TestClient, backend: FakeBackend) -> None:
    health = await client.get("/health")
    ready = await client.get("/ready")
    assert (health.status, await health.json()) == (200, {"status": "ok"})
    assert ready.status == 200
    backend.state = Readiness(False, 4, 4, "full")
    full = await client.get("/ready")
    assert full.status == 503
    expected = {"ready": False, "calls_active": 4, "calls_max": 4, "reason": "full", "faults": []}
    assert await full.json() == expected


async def test_the_record_of_a_call(client: TestClient, backend: FakeBackend) -> None:
    backend.records[UUID(UUID_TEXT)] = {"uuid": UUID_TEXT, "turns": []}
    known = await client.get(f"/call/{UUID_TEXT}")
    assert await known.json() == {"uuid": UUID_TEXT, "turns": []}
    unknown = await client.get(f"/call/{UUID_TEXT.replace('0', '1')}")
    assert (unknown.status, (await unknown.json())["error"]) == (404, "call_unknown")
    assert (await client.get("/call/nonsense")).status == 400


async def test_a_dialplan_is_told_what_to_do_next(client: TestClient, backend: FakeBackend) -> None:
    backend.steps[UUID(UUID_TEXT)] = Afterwards("transfer", "6002", "internal")
    reply = await client.get(f"/call/{UUID_TEXT}/next")
    expected = {"action": "transfer", "extension": "6002", "context": "internal"}
    assert await reply.json() == expected
    unknown = await client.get(f"/call/{UUID_TEXT.replace('0', '1')}/next")
    assert (unknown.status, (await unknown.json())["error"]) == (404, "call_unknown")


async def test_a_dialplan_without_a_json_parser_gets_words(
    client: TestClient, backend: FakeBackend
) -> None:
    backend.steps[UUID(UUID_TEXT)] = Afterwards("transfer", "6002")
    told = await client.post("/call?format=text", json={"uuid": UUID_TEXT})
    assert await told.text() == "ok"
    step = await client.get(f"/call/{UUID_TEXT}/next?format=text")
    assert await step.text() == "transfer:6002"
    unknown = await client.get(f"/call/{UUID_TEXT.replace('0', '1')}/next?format=text")
    assert (unknown.status, await unknown.text()) == (404, "call_unknown")
    backend.refuse = "full"
    refused = await client.post("/call?format=text", json={"uuid": UUID_TEXT})
    assert (refused.status, await refused.text()) == (503, "call_refused_full")


async def test_metrics_are_served_as_prometheus_reads_them(client: TestClient) -> None:
    reply = await client.get("/metrics")
    assert reply.headers["Content-Type"].startswith("text/plain; version=")
    assert "appliance_calls_active 0.0" in await reply.text()


async def test_what_is_not_there_and_what_is_not_allowed_are_json_too(client: TestClient) -> None:
    missing = await client.get("/none")
    assert (missing.status, (await missing.json())["error"]) == (404, "not_found")
    wrong = await client.get("/call")
    assert (wrong.status, wrong.headers["Allow"]) == (405, "POST")


async def test_a_busy_port_is_one_clear_line(backend: FakeBackend) -> None:
    server = await start_http(build_app(backend), "127.0.0.1", 0)
    try:
        port = server.port
        async with (
            ClientSession() as session,
            session.get(f"http://127.0.0.1:{port}/health") as reply,
        ):
            assert reply.status == 200
        with pytest.raises(
            SettingsError, match=rf"127\.0\.0\.1:{port}: Address already in use; .*set HTTP_PORT"
        ):
            await start_http(build_app(backend), "127.0.0.1", port)
    finally:
        await server.close()
