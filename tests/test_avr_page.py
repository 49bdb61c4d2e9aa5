"""docs/avr.md says what is."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import pytest
from ruamel.yaml import YAML

from appliance.config.agent import Agent
from appliance.config.agent_defaults import OF_ANOTHER_DETECTOR
from appliance.config.agents_file import read_agents
from appliance.config.settings import ALIASES, AVR_NAMES, SHIPPED_AGENTS, Settings
from appliance.http.app import SERVICES
from appliance.tools.toolbox import Workshop

pytestmark = pytest.mark.unit

PAGE = (Path(__file__).parents[1] / "docs" / "avr.md").read_text(encoding="utf-8")
TOOLS, ENTRIES, EXAMPLES = re.findall(r"^ *```yaml\n(.*?)^ *```", PAGE, flags=re.M | re.S)


def agent(**changes: object) -> Agent:
    plain = read_agents(SHIPPED_AGENTS).default.model_dump()
    return Agent.model_validate({**plain, "unknown_if_yes": None, **changes})


async def test_its_tools_and_the_ways_to_use_them_are_read(tmp_path: Path) -> None:
    secret = tmp_path / "diary"
    file = tmp_path / "tools.yaml"
    _write(secret, "Bearer hush")
    _write(file, TOOLS.replace("/etc/appliance/secrets/diary", str(secret)))
    yaml = YAML(typ="safe", pure=True)
    by_entry = agent(**yaml.load(ENTRIES))
    by_model = agent(tools=("next_appointment", "avr_transfer"), **yaml.load(EXAMPLES))
    assert by_model.examples[0].reply.startswith('{"name": "avr_transfer"')
    async with aiohttp.ClientSession() as client:
        workshop = Workshop(Settings(tools_file=file), client)
        assert [spec.name for spec in workshop.toolbox(by_entry).specs] == ["next_appointment"]
        assert len(workshop.toolbox(by_model).specs) == 2


def test_its_variables_are_the_programs() -> None:
    table = PAGE.split("## Settings by AVR's names")[1].split("\n\n")[1]
    rows = "\n".join(row.split("|")[1] for row in table.splitlines())
    named = {name for name in re.findall(r"`([A-Z_]+)`", rows)}
    assert {"AGENT_NAME"} == named - set(AVR_NAMES.values()) - set(ALIASES)
    assert any(name.startswith("VAD_") for name in OF_ANOTHER_DETECTOR)


def test_its_ports_are_settings() -> None:
    named = set(re.findall(r"`(\w+_port): \d+`", PAGE))
    keys = {"ami_http_port" if name == "ami" else f"{name}_port" for name in SERVICES}
    assert named == keys
    assert keys <= set(Settings.model_fields)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
