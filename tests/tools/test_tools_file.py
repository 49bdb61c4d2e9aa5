"""The file of tools, and the programs it names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import aiohttp
import pytest
import pytest_asyncio

from appliance.config.agent import Agent
from appliance.config.settings import Settings
from appliance.engines.base import ToolCall
from appliance.errors import SettingsError
from appliance.tools.tool import ToolError
from appliance.tools.toolbox import Toolbox, Workshop
from tests.tools.site import Site, site

pytestmark = pytest.mark.e2e

CALL = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")

FILE = """\
tools:
  appointment:
    description: When the caller asks for his next appointment.
    parameters:
      type: object
      properties: {{birthday: {{type: string}}, count: {{type: integer}}}}
      required: [birthday]
    http:
      url: {url}/appointments/{{birthday}}
      headers: {{X-Site: clinic}}
      secret_headers: {{Authorization: token}}
    timeout_s: 0.5
    say: Your next appointment is on {{day}} at {{time}}.
"""


@pytest_asyncio.fixture
async def clinic() -> AsyncIterator[Site]:
    async with site() as here:
        yield here


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def agent(*tools: str) -> Agent:
    return Agent(name="desk", persona="You are kind.", greeting="Hello.", tools=tools)


def toolbox(tmp_path: Path, text: str, client: aiohttp.ClientSession) -> Toolbox:
    file = tmp_path / "tools.yaml"
    file.write_text(text, encoding="utf-8")
    (tmp_path / "token").write_text("Bearer hush\n", encoding="utf-8")
    return Workshop(Settings(tools_file=file), client).toolbox(agent("appointment", "avr_hangup"))


async def test_a_program_is_asked_and_its_answer_becomes_a_phrase(
    tmp_path: Path, clinic: Site, client: aiohttp.ClientSession
) -> None:
    tools = toolbox(tmp_path, FILE.format(url=clinic.url), client)
    assert [spec.name for spec in tools.specs] == ["avr_hangup", "appointment"]
    call = ToolCall("appointment", {"birthday": "1/2 1970", "count": 3})
    result = await tools.use(CALL, call)
    assert result.say == "Your next appointment is on Monday at nine."
    [(method, path, headers, body)] = clinic.asked
    assert (method, path, body) == ("POST", "/appointments/1%2F2%201970", {"count": 3})
    assert headers["X-UUID"] == str(CALL)
    assert (headers["X-Site"], headers["Authorization"]) == ("clinic", "Bearer hush")


async def test_a_get_carries_its_arguments_in_the_query(
    tmp_path: Path, clinic: Site, client: aiohttp.ClientSession
) -> None:
    text = FILE.format(url=clinic.url).replace("    http:\n", "    http:\n      method: GET\n")
    call = ToolCall("appointment", {"birthday": "x", "count": 3})
    await toolbox(tmp_path, text, client).use(CALL, call)
    assert clinic.asked[0][:2] == ("GET", "/appointments/x?count=3")


async def test_without_a_phrase_the_result_is_for_the_model_alone(
    tmp_path: Path, clinic: Site, client: aiohttp.ClientSession
) -> None:
    clinic.answer = "Monday at nine"
    text = FILE.format(url=clinic.url).rsplit("    say:", 1)[0]
    result = await toolbox(tmp_path, text, client).use(
        CALL, ToolCall("appointment", {"birthday": "x"})
    )
    assert (result.text, result.say) == ("Monday at nine", None)


@pytest.mark.parametrize(
    ("arguments", "change", "complaint"),
    [
        ({}, {}, r"arguments do not fit \(arguments: required\)"),
        ({"birthday": 1}, {}, r"arguments do not fit \(arguments.birthday: type\)"),
        ({"birthday": "x"}, {"status": 404}, "status 404"),
        ({"birthday": "x"}, {"answer": {"day": "Monday"}}, "its result has no time"),
        ({"birthday": "x"}, {"answer": "x" * 70_000}, "longer than 65536 bytes"),
        ({"birthday": "x"}, {"stalls": True}, "no answer within 0.5 s"),
    ],
)
async def test_what_goes_wrong_is_named_without_the_callers_words(
    tmp_path: Path,
    clinic: Site,
    client: aiohttp.ClientSession,
    arguments: dict[str, object],
    change: dict[str, object],
    complaint: str,
) -> None:
    for name, value in change.items():
        setattr(clinic, name, value)
    tools = toolbox(tmp_path, FILE.format(url=clinic.url), client)
    with pytest.raises(ToolError, match=complaint):
        await tools.use(CALL, ToolCall("appointment", arguments))


async def test_nobody_there_is_a_tool_error_too(
    tmp_path: Path, client: aiohttp.ClientSession
) -> None:
    tools = toolbox(tmp_path, FILE.format(url="http://127.0.0.1:1"), client)
    with pytest.raises(ToolError, match="127.0.0.1:1"):
        await tools.use(CALL, ToolCall("appointment", {"birthday": "x"}))


async def test_a_tool_the_agent_was_not_given_is_not_used(
    tmp_path: Path, clinic: Site, client: aiohttp.ClientSession
) -> None:
    tools = toolbox(tmp_path, FILE.format(url=clinic.url), client)
    with pytest.raises(ToolError, match="no such tool"):
        await tools.use(CALL, ToolCall("delete_everything", {}))
    assert not clinic.asked


@pytest.mark.parametrize(
    ("wrong", "right", "complaint"),
    [
        ("url: {url}", "url: ftp://x", r"tools.yaml:9: .*must be an address like http://host:port"),
        ("timeout_s", "timeout", r"tools.yaml:12: .*timeout: unknown key; did you mean"),
        ("type: object", "type: array", r'tools.yaml:2: .*"type: object"'),
        ("type: integer", "type: 7", r"tools.yaml:2: .*parameters are no JSON schema"),
        ("Authorization: token", "Authorization: gone", r"tools.yaml:2: .*cannot read the secret"),
        ("appointment:", "avr_hangup:", r"tools.yaml:2: .*is built in"),
        ("appointment:", "a b:", r"tools.yaml:2: .*a tool's name has letters"),
        ("tools:", "tool:", r'tools.yaml:1: tool: unknown key; did you mean "tools"'),
        ("appointment:", "appointments:", r"agent desk: tools: .*'appointment'; did you mean"),
    ],
)
async def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, client: aiohttp.ClientSession, wrong: str, right: str, complaint: str
) -> None:
    text = FILE.replace(wrong, right).format(url="http://127.0.0.1:1")
    with pytest.raises(SettingsError, match=complaint):
        toolbox(tmp_path, text, client)
