"""AVR's call control over a real socket: calls that run here, and calls of somebody else's."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from appliance.asterisk.ami import AmiError, NoSuchChannel
from appliance.asterisk.manager import AvrAmi, manager_of
from appliance.config.agent import Action
from appliance.config.settings import Settings
from appliance.http.app import build_app, build_service
from appliance.switchboard.call_control import Control
from tests.fakes.http_backend import FakeBackend

pytestmark = pytest.mark.e2e

CALL = UUID("0b1e6a52-6c7e-4d0f-9d0a-3a1c5f0e7b21")


def example(data_dir: Path, name: str) -> Any:
    return json.loads((data_dir / "avr" / name).read_text(encoding="utf-8"))


class Told:
    """A running call, and a manager: remembers what it was told."""

    def __init__(self) -> None:
        self.provider_config: list[tuple[object, ...]] = []
        self.failure: AmiError | None = None

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        self.provider_config.append((action, transfer_to))

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None:
        self._order("transfer", uuid, extension, context)

    async def hang_up(self, uuid: UUID) -> None:
        self._order("hang_up", uuid)

    async def originate(self, channel: str, extension: str, context: str, caller_id: str) -> None:
        self._order("originate", channel, extension, context, caller_id)

    def _order(self, *order: object) -> None:
        if self.failure is not None:
            raise self.failure
        self.provider_config.append(order)


@pytest.fixture
def backend() -> FakeBackend:
    return FakeBackend()


@pytest_asyncio.fixture
async def client(backend: FakeBackend) -> AsyncIterator[TestClient]:
    async with TestClient(TestServer(build_app(backend))) as client:
        yield client


async def test_a_call_that_runs_here_is_told_and_ends_it_in_its_own_time(
    client: TestClient, backend: FakeBackend, data_dir: Path
) -> None:
    call = backend.control.running[CALL] = Told()
    reply = await client.post("/transfer", json=example(data_dir, "ami-transfer.json"))
    assert (reply.status, await reply.json()) == (
        200,
        {"message": "The caller is being put through."},
    )
    reply = await client.post("/hangup", json=example(data_dir, "ami-hangup.json"))
    assert await reply.json() == {"message": "The call is ending."}
    assert call.provider_config == [("transfer", "600@demo"), ("hangup", None)]


async def test_other_calls_are_a_matter_for_the_manager_interface(
    client: TestClient, backend: FakeBackend, data_dir: Path
) -> None:
    manager = backend.control.manager = Told()
    for path in ("hangup", "transfer", "originate"):
        reply = await client.post(f"/{path}", json=example(data_dir, f"ami-{path}.json"))
        assert reply.status == 200
    assert manager.provider_config == [
        ("hang_up", CALL),
        ("transfer", CALL, "600", "demo"),
        ("originate", "PJSIP/1000", "5001", "demo", "Voice agent <5001>"),
    ]


async def test_what_a_body_leaves_out_is_avrs_default_and_numbers_are_extensions(
    client: TestClient, backend: FakeBackend
) -> None:
    manager = backend.control.manager = Told()
    await client.post("/transfer", json={"uuid": str(CALL).upper(), "exten": 600, "priority": "1"})
    await client.post("/originate", json={"channel": "PJSIP/1000", "exten": 600})
    assert manager.provider_config == [
        ("transfer", CALL, "600", "demo"),
        ("originate", "PJSIP/1000", "600", "demo", "Agent Voice Response <avr>"),
    ]


async def test_a_call_nobody_knows_is_not_found(client: TestClient) -> None:
    reply = await client.post("/hangup", json={"uuid": str(CALL)})
    assert reply.status == 404
    body = await reply.json()
    assert body == {"error": "call_unknown", "message": "There is no such call."}


async def test_without_an_account_nothing_can_be_placed_and_the_setting_is_named(
    client: TestClient,
) -> None:
    reply = await client.post("/originate", json={"channel": "PJSIP/1", "exten": "2"})
    assert reply.status == 501
    assert "set ami_host" in (await reply.json())["message"]


async def test_asterisks_refusal_is_passed_on(client: TestClient, backend: FakeBackend) -> None:
    manager = backend.control.manager = Told()
    manager.failure = AmiError("Redirect: no such context")
    reply = await client.post("/transfer", json={"uuid": str(CALL), "exten": "1"})
    assert reply.status == 500
    message = "Error communicating with Asterisk: Redirect: no such context"
    assert await reply.json() == {"error": "ami_failed", "message": message}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("hangup", {}),
        ("hangup", {"uuid": "nobody"}),
        ("transfer", {"uuid": str(CALL)}),
        ("transfer", {"uuid": str(CALL), "exten": "1\r\nAction: Command"}),
        ("transfer", {"uuid": str(CALL), "exten": "1", "context": "a@b"}),
        ("transfer", {"uuid": str(CALL), "exten": "1", "priority": 2}),
        ("transfer", {"uuid": str(CALL), "exten": True}),
        ("originate", {"exten": "1"}),
        ("originate", {"channel": "PJSIP/1\nx", "exten": "1"}),
    ],
)
async def test_a_body_that_will_not_do_is_refused_and_nobody_is_told(
    client: TestClient, backend: FakeBackend, path: str, body: dict[str, object]
) -> None:
    manager = backend.control.manager = Told()
    reply = await client.post(f"/{path}", json=body)
    assert reply.status == 400
    assert (await reply.json())["error"] == "bad_request"
    assert not manager.provider_config


async def test_the_service_alone_has_its_own_routes_and_health(backend: FakeBackend) -> None:
    async with TestClient(TestServer(build_service(backend, "ami"))) as client:
        assert (await client.get("/health")).status == 200
        assert (await client.post("/hangup", json={"uuid": str(CALL)})).status == 404
        assert (await client.post("/call", json={"uuid": str(CALL)})).status == 404


async def test_avrs_program_is_asked_in_its_own_words(data_dir: Path) -> None:
    """Our own server is the other end: it speaks as AVR's does."""
    backend = FakeBackend()
    manager = backend.control.manager = Told()
    async with (
        TestServer(build_app(backend)) as server,
        aiohttp.ClientSession() as session,
    ):
        avr = manager_of(Settings(ami_url=str(server.make_url("/"))), session)
        assert isinstance(avr, AvrAmi)
        control = Control(avr)
        await control.hang_up(CALL)
        await control.transfer(CALL, "600", "demo")
        await control.originate("PJSIP/1000", "5001", "demo", "Voice agent <5001>")
        assert [wish[0] for wish in manager.provider_config] == ["hang_up", "transfer", "originate"]
        manager.failure = NoSuchChannel("gone")
        with pytest.raises(NoSuchChannel, match="knows no such call"):
            await control.hang_up(CALL)
        manager.failure = AmiError("no")
        with pytest.raises(AmiError, match="status 500"):
            await control.hang_up(CALL)


async def test_a_program_that_is_not_there_is_an_error_with_its_address() -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(AmiError, match=r"127\.0\.0\.1:1"):
            await AvrAmi(session, "http://127.0.0.1:1").hang_up(CALL)


async def test_a_redirect_is_not_followed() -> None:
    async def elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://127.0.0.1:1/"})

    app = web.Application()
    app.router.add_post("/hangup", elsewhere)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        with pytest.raises(AmiError, match="status 302"):
            await AvrAmi(session, str(server.make_url("/"))).hang_up(CALL)
