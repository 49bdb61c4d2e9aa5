"""The README and the page of settings say what is."""

import re
import tomllib
from pathlib import Path

import pytest

from appliance.cli import app
from appliance.config.settings_page import avr_names_table, settings_table
from appliance.weights.catalogue import load_catalogue

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text()


def test_the_settings_table_is_the_programs_own() -> None:
    page = (ROOT / "docs" / "settings.md").read_text()
    assert settings_table() in page
    assert avr_names_table() in page


def test_every_command_it_names_exists() -> None:
    groups = {group.name: group.typer_instance for group in app.registered_groups}
    commands = {(c.name or c.callback.__name__) for c in app.registered_commands if c.callback}
    named = re.findall(r"(?:^|`)appliance ([a-z]+)(?: ([a-z-]+))?", README, flags=re.MULTILINE)
    assert {first for first, _ in named} <= commands | set(groups)
    for first, second in named:
        if first in groups and second:
            inside = groups[first].registered_commands
            assert second in {(c.name or c.callback.__name__) for c in inside if c.callback}


def test_every_model_it_names_is_in_the_catalogue() -> None:
    named = re.findall(
        r"(?:^appliance models install|`recognizer:|`voice:) ([\w.-]+)", README, flags=re.MULTILINE
    )
    assert named
    assert set(named) <= set(load_catalogue())


def test_its_make_targets_exist() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert set(re.findall(r"^make ([a-z-]+)", README, flags=re.MULTILINE)) <= set(targets)


def test_its_files_exist() -> None:
    for path in re.findall(r"`((?:appliance|docs|models|asterisk-conf)/[\w./-]+)`", README):
        assert (ROOT / path).exists(), path
    package = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert package["project"]["readme"] == "README.md"
