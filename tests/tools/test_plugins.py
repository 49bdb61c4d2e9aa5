"""Tools that an installed package brings."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest

from appliance.config.agent import Agent
from appliance.config.settings import Settings
from appliance.engines.base import ToolCall
from appliance.errors import SettingsError
from appliance.tools.tool import ToolError
from appliance.tools.toolbox import Toolbox, Workshop

pytestmark = pytest.mark.unit

CALL = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")

GOOD = """\
class Lift:
    name = "lift"
    description = "When the caller asks for the lift."
    input_schema = {"type": "object", "properties": {"floor": {"type": "integer"}}}
    say = "The lift comes to floor {floor}."

    async def handler(self, uuid, arguments):
        if arguments["floor"] == 13:
            raise RuntimeError("there is no such floor")
        return '{"floor": %d}' % arguments["floor"]

lift = Lift()
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package ``lifts`` that offers the tool ``lift``; its module can be written anew."""
    info = tmp_path / "lifts-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: lifts\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[appliance.tools]\nlift = lifts:lift\n")
    (tmp_path / "lifts.py").write_text(GOOD)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "lifts", raising=False)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    return tmp_path / "lifts.py"


def rewrite(package: Path, text: str) -> None:
    package.write_text(text)


async def toolbox() -> Toolbox:
    agent = Agent(name="desk", persona="You are kind.", greeting="Hello.", tools=("lift",))
    async with aiohttp.ClientSession() as client:
        return Workshop(Settings(), client).toolbox(agent)


async def test_a_packages_tool_is_found_by_its_name_and_used(package: Path) -> None:
    result = await (await toolbox()).use(CALL, ToolCall("lift", {"floor": 3}))
    assert result.say == "The lift comes to floor 3."


async def test_a_mistake_in_a_package_fails_its_tool_and_nothing_else(package: Path) -> None:
    with pytest.raises(ToolError, match="lift: RuntimeError"):
        await (await toolbox()).use(CALL, ToolCall("lift", {"floor": 13}))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("import nowhere_at_all", "tool lift of lifts cannot be loaded: .*nowhere_at_all"),
        ("lift = object()", "tool lift of lifts has no name, description"),
        (GOOD.replace("async def", "def"), "handler must be an async function"),
        (GOOD.replace('"object"', '"array"'), "tool lift of lifts: parameters must be"),
    ],
)
async def test_a_package_that_will_not_do_is_named(
    package: Path, text: str, complaint: str
) -> None:
    rewrite(package, text)
    with pytest.raises(SettingsError, match=complaint):
        await toolbox()
