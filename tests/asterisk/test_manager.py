"""A transfer over the real manager interface, behind a dialplan that asks nobody."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from appliance.bench.local_service import local_service
from appliance.settings import SHIPPED_AGENTS, read_settings
from tests.asterisk.pbx import BOX, Pbx, asterisk, free_port
from tests.asterisk.phone import phone
from tests.asterisk.talk import talk
from tests.asterisk.tree import Tree

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
write = call,reporting
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
