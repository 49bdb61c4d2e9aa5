"""The units by systemd's own judgement, and what a container cannot enforce by their text."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from jinja2 import Template
from ruamel.yaml import YAML

from appliance.metrics import Metrics
from tests.ansible.bundles import ROOT
from tests.asterisk.skipping import not_here

pytestmark = pytest.mark.system

UNITS = ROOT / "systemd"
SERVICES = ("appliance", "appliance-backup", "appliance-selftest")
LOADED = sorted(p.name for p in UNITS.iterdir() if p.suffix in (".service", ".timer"))
MOST_EXPOSED = 20
"""systemd's score times ten: 2.0."""
ASTERISK_EXPOSED = 30
"""It starts as root to take real-time priority, and speaks with other machines; 9.6 by itself."""
ASTERISK = "[Service]\nType=notify\nExecStart=/bin/true\n"


@pytest.fixture(autouse=True)
def analyze() -> None:
    if shutil.which("systemd-analyze") is None:
        not_here("systemd-analyze is missing: apt-get install systemd")


def settings(name: str) -> dict[str, list[str]]:
    """All values of every key of a unit."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / name).read_text().splitlines():
        if "=" in line and not line.startswith("#"):
            key, value = line.split("=", 1)
            found.setdefault(key, []).append(value)
    return found


def verify(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Have systemd read a unit of the copy in ``folder``, whose programs are all there."""
    return subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=yes", folder / name],
        capture_output=True,
        text=True,
        check=False,
        env={"SYSTEMD_UNIT_PATH": f"{folder}:", "PATH": "/usr/bin:/bin"},
    )


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Copies of the units whose program is one that this machine has."""
    for path in UNITS.iterdir():
        text = path.read_text().replace("/opt/appliance/current/bin/appliance", "/bin/true")
        (tmp_path / path.name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "drop_in", "complaint"),
    [
        ("appliance-backup.timer", "[Timer]\nOnCalendar=\nOnCalendar=*-*-* 03:20:00\n", ""),
        ("appliance-backup.timer", "[Timer]\nOnCalendar=\nOnCalendar=nightly\n", "calendar"),
        ("appliance.service", "[Service]\nMemoryMax=800M\nIPAddressAllow=10.0.0.0/8\n", ""),
        (
            "appliance.service",
            "[Service]\nIPAddressAllow=10.0.0.0/99\n",
            "Address prefix is invalid",
        ),
    ],
)
def test_the_role_tries_a_drop_in_with_its_unit_before_it_writes_it(
    name: str, drop_in: str, complaint: str, tmp_path: Path
) -> None:
    program, written = tmp_path / "bin" / "appliance", tmp_path / "host.conf"
    program.parent.mkdir()
    program.symlink_to("/bin/true")
    written.write_text(drop_in)
    variables = YAML(typ="safe").load(ROOT / "ansible/roles/appliance/vars/main.yml")
    command = Template(variables["appliance_try_unit"]).render(
        appliance_root="/opt/appliance", appliance_program=tmp_path, item={"unit": name}
    )
    here = command.replace("/etc/systemd/system/", f"{UNITS}/") % written
    done = subprocess.run(shlex.split(here), capture_output=True, text=True, check=False)
    assert (done.returncode == 0) == (complaint == ""), done.stderr
    assert complaint in done.stderr


@pytest.mark.parametrize("name", LOADED)
def test_systemd_finds_nothing_wrong_with_a_unit(name: str, units: Path) -> None:
    done = verify(units, name)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_systemd_would_find_a_mistake(units: Path) -> None:
    unit = units / "appliance.service"
    unit.write_text(unit.read_text().replace("ProtectHome=", "ProtectHoem="))
    assert verify(units, "appliance.service").returncode != 0


def test_the_addition_to_asterisk_s_unit_is_understood(units: Path) -> None:
    (units / "asterisk.service").write_text(ASTERISK + (units / "asterisk.conf").read_text())
    done = verify(units, "asterisk.service")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_exposed_to_little(service: str) -> None:
    assert_exposed_at_most(MOST_EXPOSED, UNITS / f"{service}.service")


def test_where_whisper_writes_machine_code_it_is_exposed_to_little_more(units: Path) -> None:
    unit = units / "appliance.service"
    lifted = unit.read_text().replace("MemoryDenyWriteExecute=true", "MemoryDenyWriteExecute=false")
    assert lifted != unit.read_text()
    unit.write_text(lifted)
    assert_exposed_at_most(MOST_EXPOSED, unit)


def test_asterisk_is_exposed_to_less_than_by_its_own_unit(units: Path) -> None:
    unit = units / "asterisk.service"
    unit.write_text(ASTERISK + (units / "asterisk.conf").read_text())
    assert_exposed_at_most(ASTERISK_EXPOSED, unit)


def assert_exposed_at_most(most: int, unit: Path) -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-300:]


def test_the_service_may_not_reach_other_machines_or_gain_rights() -> None:
    """A container here does not enforce systemd's address filter: its text is what is checked."""
    unit = settings("appliance.service")
    assert unit["IPAddressDeny"] == ["any"]
    assert unit["IPAddressAllow"] == ["localhost"]
    assert unit["NoNewPrivileges"] == ["true"]
    assert unit["CapabilityBoundingSet"] == [""]
    assert unit["MemoryDenyWriteExecute"] == ["true"]


def test_limits_of_the_machine_are_in_the_role_s_addition() -> None:
    """Nor does it enforce limits of memory, processor and tasks."""
    text = (ROOT / "ansible/roles/appliance/templates/host.conf.j2").read_text()
    for key in ("MemoryHigh", "MemoryMax", "WatchdogSec", "TimeoutStopSec", "LoadCredential"):
        assert re.search(rf"^{key}=", text, re.M), key
    unit = settings("appliance.service")
    assert unit["TasksMax"] == ["512"]
    assert unit["CPUWeight"] == ["400"]


def test_stopping_takes_longer_than_draining() -> None:
    from appliance.config.settings import Settings

    drain_s = Settings.model_fields["drain_s"].default
    assert int(settings("appliance.service")["TimeoutStopSec"][0]) > drain_s


def test_a_unit_says_what_it_is_for_and_where_it_goes() -> None:
    for path in UNITS.iterdir():
        assert "# What for:" in path.read_text(), path.name
        assert "Where to:" in path.read_text(), path.name


def test_every_figure_of_the_dashboard_exists() -> None:
    path = ROOT / "ansible/roles/monitoring/files/grafana-appliance.json"
    panels = json.loads(path.read_text())["panels"]
    expressions = " ".join(target["expr"] for each in panels for target in each["targets"])
    names = set(re.findall(r"\b(?:appliance|process)_[a-z_]+", expressions))
    figures = Metrics().render().decode()
    missing = [name for name in names if f"# TYPE {name.removesuffix('_bucket')} " not in figures]
    assert missing == []
    assert len(names) > 15


def test_the_dashboard_s_scrape_file_names_the_shipped_port() -> None:
    from appliance.config.settings import Settings

    defaults = (ROOT / "ansible/roles/monitoring/defaults/main.yml").read_text()
    assert f"127.0.0.1:{Settings.model_fields['http_port'].default}" in defaults
