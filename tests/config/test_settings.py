"""The settings of the service."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from appliance.config import settings as module
from appliance.config.settings import (
    ALIASES,
    AVR_NAMES,
    Settings,
    env_name,
    make_state_dirs,
    read_settings,
)
from appliance.config.settings_page import THEMES, avr_names_table, settings_table
from appliance.errors import SettingsError

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def _no_system_config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(module, "SYSTEM_CONFIG", tmp_path / "etc.yaml")


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    found = read_settings(environ={"HOME": "/home/anna"})
    assert (found.host, found.port, found.http_port) == ("127.0.0.1", 5001, 6001)
    assert found.state_dir == Path("/home/anna/.local/state/appliance")
    assert found.models == found.state_dir / "models"
    assert found.agents_file.name == "receptionist.yaml"
    assert found.agents_file.exists()


def test_the_state_directory_follows_systemd_and_xdg() -> None:
    assert read_settings(environ={"STATE_DIRECTORY": "/var/lib/a:/b"}).state_dir == Path(
        "/var/lib/a"
    )
    assert read_settings(environ={"XDG_STATE_HOME": "/x"}).state_dir == Path("/x/appliance")


def test_the_environment_overrides_the_file_and_options_override_both(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "port: 1\nhttp_port: 2\nlog_level: debug\nmax_calls: 3\n")
    environ = {"PORT": "10", "APPLIANCE_LOG_LEVEL": "error", "APPLIANCE_MAX_CALLS": ""}
    found = read_settings(path, environ, {"port": 100})
    assert (found.port, found.http_port, found.max_calls) == (100, 2, 3)
    assert found.log_level == "error"


def test_the_file_is_the_option_then_the_variable_then_the_system_file(tmp_path: Path) -> None:
    write(tmp_path / "etc.yaml", "port: 1\n")
    assert read_settings(environ={}).port == 1
    environ = {"APPLIANCE_CONFIG": str(write(tmp_path / "b.yaml", "port: 2\n"))}
    assert read_settings(environ=environ).port == 2
    assert read_settings(write(tmp_path / "c.yaml", "port: 3\n"), environ).port == 3


def test_paths_in_a_file_are_relative_to_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.yaml", "agents_file: my.yaml\nmodels_dir: /rec\n")
    found = read_settings(path, {})
    assert (found.agents_file, found.models_dir) == (tmp_path / "my.yaml", Path("/rec"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("prot: 1\n", 'a.yaml:1: prot: unknown key; did you mean "port"?'),
        ("port: 70000\n", "a.yaml:1: port: should be less than or equal to 65535 (it is 70000)"),
        (
            "log_level: loud\n",
            "a.yaml:1: log_level: should be 'debug', 'info', 'warning' or 'error' (it is 'loud')",
        ),
    ],
)
def test_a_wrong_line_of_the_file_is_named(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(write(tmp_path / "a.yaml", text), {})
    assert caught.value.message == f"{tmp_path}/{expected}"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        (
            {"APPLIANCE_MAX_CALS": "2"},
            "environment: APPLIANCE_MAX_CALS: unknown variable; did you mean "
            '"APPLIANCE_MAX_CALLS"?',
        ),
        (
            {"APPLIANCE_PORT": "2"},
            'environment: APPLIANCE_PORT: unknown variable; did you mean "PORT"?',
        ),
        ({"PORT": "x"}, "environment: PORT: should be a valid integer"),
    ],
)
def test_a_wrong_variable_is_named(environ: dict[str, str], expected: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings(environ=environ)
    assert caught.value.message.startswith(expected)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read_settings(environ={}).port = 1  # type: ignore[misc]


def test_the_directories_are_made(tmp_path: Path) -> None:
    found = Settings(state_dir=tmp_path / "a" / "b", models_dir=tmp_path / "rec")
    make_state_dirs(found)
    assert not found.models.exists()  # the service only reads it
    make_state_dirs(found, models=True)
    assert found.models.is_dir()
    assert (tmp_path / "rec").is_dir()


def test_a_directory_that_cannot_be_made_names_its_setting(tmp_path: Path) -> None:
    blocked = write(tmp_path / "file", "") / "state"
    with pytest.raises(SettingsError, match="state_dir: .* set APPLIANCE_STATE_DIR to a directory"):
        make_state_dirs(Settings(state_dir=blocked))


def test_the_table_shows_every_setting_with_its_variable() -> None:
    table = settings_table()
    for key, field in Settings.model_fields.items():
        assert f"| `{key}` | `{env_name(key)}` |" in table
        assert field.description
        assert field.description in table
    assert str(Path.home()) not in table


def test_every_setting_has_one_theme_and_every_name_of_avrs_its_row() -> None:
    themed = [key for keys in THEMES.values() for key in keys]
    assert sorted(themed) == sorted(Settings.model_fields)
    for variable in (*AVR_NAMES.values(), *ALIASES):
        assert f"| `{variable}` |" in avr_names_table()
