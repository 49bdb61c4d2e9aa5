"""Transfers and other orders over the real manager interface, for a dialplan that asks nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import aiohttp
import pytest
import pytest_asyncio

from appliance.bench.local_service import local_service
from appliance.config.settings import SHIPPED_AGENTS, read_settings
from tests.asterisk.pbx import BOX, Pbx, asterisk, free_port
from tests.asterisk.phone import phone
from tests.asterisk.talk import talk
from tests.asterisk.tree import Tree
from tests.fakes.waiting import eventually

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]

BARE: Final = """
[from-internal]
exten => 800,1,Answer()
 same => n,AudioSocket(${UUID()},127.0.0.1:${APPLIANCE_PORT})
 same => n,Hangup()
exten => 801,1,Answer()
 same => n,Dial(AudioSocket/127.0.0.1:${APPLIANCE_PORT}/${UUID()}/c(slin))
 same => n,Hangup()
include => phones
"""
PORT: Final = free_port()
SITE: Final[dict[str, str | Path]] = {
    "extensions_site.conf": f"APPLIANCE_PORT = 1\n{BARE}",
    "manager_site.conf": f"""
[general](+)
enabled = yes
port = {PORT}
[appliance]
secret = hush
deny = 0.0.0.0/0.0.0.0
permit = 127.0.0.1/255.255.255.255
write = call,reporting,originate
""",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def managed(tree: Tree) -> AsyncIterator[Pbx]:
    assert BOX.keys() <= SITE.keys()
    async with asterisk(tree, SITE) as running:
        yield running


@pytest.fixture
def agents(tmp_path: Path) -> Path:
    """The shipped agents, who know where a person is."""
    file = tmp_path / "agents.yaml"
    file.write_text(
        SHIPPED_AGENTS.read_text().replace("# person: 1001@phones", "person: 1001@phones")
    )
    return file


@pytest.mark.parametrize(
    ("number", "secret"),
    [
        pytest.param("800", "hush", id="behind AudioSocket()"),
        pytest.param("801", "hush", id="behind Dial()"),
        pytest.param("5001", "wrong", id="refused, so the shipped dialplan does it"),
    ],
)
async def test_the_agent_transfers_by_itself(
    managed: Pbx, agents: Path, number: str, secret: str
) -> None:
    account = {"ami_host": "127.0.0.1", "ami_port": PORT, "ami_secret": secret}
    async with (
        local_service(read_settings(overrides={"agents_file": agents, **account})) as service,
        phone(managed, "1001", answers=True) as person,
        talk(managed, service, dial=number) as call,
    ):
        await call.greeted()
        await call.press("0")
        await person.happens("CALL_ESTABLISHED")
        assert await call.ended() == "transfer"
        await call.phone.hang_up()
    await managed.falls_silent()


async def test_another_program_ends_transfers_and_places_calls_by_avrs_interface(
    managed: Pbx, agents: Path
) -> None:
    """One call runs here, so it is told; the other's telephone is rung through Asterisk."""
    account = {"ami_host": "127.0.0.1", "ami_port": PORT, "ami_secret": "hush"}
    async with (
        local_service(read_settings(overrides={"agents_file": agents, **account})) as service,
        phone(managed, "1001", answers=True) as person,
        aiohttp.ClientSession(service.client.url) as http,
    ):
        async with talk(managed, service, dial="800") as call:
            await call.greeted()
            order = {"uuid": str(call.uuid), "exten": 1001, "context": "phones", "priority": 1}
            assert (await http.post("/transfer", json=order)).status == 200
            await person.happens("CALL_ESTABLISHED")
            assert await call.ended() == "transfer"
            await call.phone.hang_up()
        await managed.falls_silent()
        async with talk(managed, service, dial="801") as call:
            await call.greeted()
            assert (await http.post("/hangup", json={"uuid": str(call.uuid)})).status == 200
            assert await call.ended() == "agent_hangup"
            await call.phone.happens("CALL_CLOSED")
        await managed.falls_silent()
        assert (await http.post("/hangup", json={"uuid": str(call.uuid)})).status == 404
        order = {"channel": "PJSIP/1001", "exten": "800", "context": "from-internal"}
        assert (await http.post("/originate", json=order)).status == 200

        async def rung_again() -> bool:
            return person.events.count("CALL_ESTABLISHED") == 2

        await eventually(rung_again, 30.0)
        await person.hang_up()
    await managed.falls_silent()
