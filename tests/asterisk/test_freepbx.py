"""The FreePBX pieces in a dialplan laid out as FreePBX lays it out.

This is not FreePBX: it is Asterisk with the include files, the internal context and the Custom
Destination that FreePBX generates.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from appliance.bench.local_service import Service
from tests.asterisk.pbx import SHIPPED, Pbx, asterisk
from tests.asterisk.phone import phone
from tests.asterisk.talk import talk
from tests.asterisk.tree import Tree

pytestmark = [pytest.mark.asterisk, pytest.mark.asyncio(loop_scope="session")]

FREEPBX: Final[dict[str, str | Path]] = {
    "extensions.conf": """
#include extensions_additional.conf
#include extensions_custom.conf
""",
    "extensions_additional.conf": """
[general]
[globals]
#include globals_custom.conf
[from-internal]
include => from-internal-custom
include => app-miscapps
exten => _1XXX,1,Dial(PJSIP/${EXTEN},30)
 same => n,Hangup()
[app-miscapps]
exten => 5001,1,Noop(Running miscapp 1: Agent)
 same => n,Goto(customdests,dest-1,1)
[customdests]
exten => dest-1,1,Noop(Entering Custom Destination Agent)
 same => n,Gosub(appliance,s,1())
 same => n,Noop(Returned from Custom Destination Agent)
 same => n,Goto(from-internal,1001,1)
""",
    "globals_custom.conf": SHIPPED / "freepbx/globals_custom.conf",
    "extensions_custom.conf": SHIPPED / "freepbx/extensions_custom.conf",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def freepbx(tree: Tree) -> AsyncIterator[Pbx]:
    async with asterisk(tree, FREEPBX) as running:
        yield running


async def test_a_misc_application_reaches_the_agent_and_a_transfer_comes_back(
    freepbx: Pbx, service: Service
) -> None:
    await freepbx.reset()
    async with (
        phone(freepbx, "1001", answers=True) as person,
        talk(freepbx, service) as call,
    ):
        assert "Quay Street" in await call.greeted()
        await call.press("0")
        assert await call.ended() == "transfer"
        await person.happens("CALL_ESTABLISHED")
        await call.phone.hang_up()
    await freepbx.falls_silent()


async def test_without_a_service_the_call_goes_on_at_its_destination(freepbx: Pbx) -> None:
    await freepbx.reset()
    await freepbx.set_global("APPLIANCE_HTTP_PORT", "1")
    async with (
        phone(freepbx, "1001", answers=True) as person,
        phone(freepbx, "1002") as caller,
    ):
        await caller.dial("5001")
        await person.happens("CALL_ESTABLISHED")
        await caller.hang_up()
    await freepbx.falls_silent()
