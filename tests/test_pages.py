"""What the pages for developers name is there, and they speak of callers as people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from appliance.call.answer import end_of_call
from appliance.config.settings_page import THEMES
from appliance.engines.worker import EngineThread
from appliance.http.app import SERVICES, build_app
from appliance.tools.builtin import BUILT_IN
from appliance.weights.kinds import KINDS

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_it_names_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:appliance|tests|docs|models|asterisk-conf)/[\w./-]+)`",
        page.read_text(encoding="utf-8"),
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8"))
    assert [to for to in targets if not (page.parent / to).exists()] == []


def test_the_steps_name_what_the_code_has() -> None:
    things = {"KINDS": KINDS, "THEMES": THEMES, "SERVICES": SERVICES, "BUILT_IN": BUILT_IN}
    named = {name for name in things if f"`{name}`" in CONTRIBUTING}
    assert named == set(things)
    for function in (end_of_call, build_app, EngineThread):
        assert f"`{function.__name__}`" in CONTRIBUTING


def test_the_commands_it_names_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.M)
    assert set(re.findall(r"^make ([a-z-]+)", CONTRIBUTING, flags=re.M)) <= set(targets)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_callers_are_they(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"\b(?:he|him|his|himself)\b", text, flags=re.I) == []
