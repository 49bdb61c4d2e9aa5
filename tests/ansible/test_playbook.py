"""The playbook as it is written: by ansible-lint's strictest profile, and by its own words."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.ansible.bundles import ROOT
from tests.asterisk.skipping import not_here

pytestmark = pytest.mark.system

ANSIBLE = ROOT / "ansible"
ROLES = sorted(path.name for path in (ANSIBLE / "roles").iterdir())
CORE = "ansible.builtin."
KEYWORDS = {
    "always", "become", "block", "changed_when", "check_mode", "delegate_to", "environment",
    "failed_when", "loop", "loop_control", "name", "no_log", "notify", "register", "rescue",
    "run_once", "vars", "when",
}  # fmt: skip


def read(path: Path) -> object:
    return YAML(typ="safe").load(path.read_text())


def tasks_of(role: str) -> list[dict[str, object]]:
    """Every task of a role, those in blocks too."""
    found: list[dict[str, object]] = []
    folders = [ANSIBLE / "roles" / role / name for name in ("tasks", "handlers")]
    waiting = [task for folder in folders for path in folder.glob("*.yml") for task in read(path)]
    while waiting:
        task = waiting.pop()
        found.append(task)
        for part in ("block", "rescue", "always"):
            waiting.extend(task.get(part, []))
    return found


def test_ansible_lint_finds_nothing(tmp_path: Path) -> None:
    if find_spec("ansiblelint") is None:
        not_here("ansible-lint is missing: python3 bootstrap.py --tests")
    bin_folder = Path(sys.executable).parent
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ansiblelint",
            "--offline",
            "--strict",
            "--nocolor",
            "--profile=production",
            "site.yml",
            "uninstall.yml",
        ],
        cwd=ANSIBLE,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "ANSIBLE_HOME": str(tmp_path),
        },
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("role", ROLES)
def test_every_default_is_described_typed_and_commented(role: str) -> None:
    folder = ANSIBLE / "roles" / role
    defaults = read(folder / "defaults/main.yml")
    specified = read(folder / "meta/argument_specs.yml")["argument_specs"]["main"]["options"]
    assert defaults.keys() == specified.keys()
    assert all(each["description"] and each["type"] for each in specified.values())
    assert (folder / "defaults/main.yml").read_text().startswith("# ")


@pytest.mark.parametrize("role", ROLES)
def test_a_role_uses_modules_of_ansible_core_alone(role: str) -> None:
    for task in tasks_of(role):
        modules = [key for key in task if key not in KEYWORDS]
        assert all(name.startswith(CORE) for name in modules), task


def test_tasks_that_handle_secrets_show_nothing() -> None:
    for role in ROLES:
        for task in tasks_of(role):
            shell = task.get("ansible.builtin.shell", {})
            if any(word in str(shell) for word in ("secrets", "make-phones")):
                assert task.get("no_log") is True, task["name"]


def test_files_have_quoted_modes() -> None:
    for path in ANSIBLE.rglob("*.yml"):
        for line in path.read_text().splitlines():
            if line.strip().startswith("mode: ") and "preserve" not in line:
                assert '"0' in line, f"{path}: {line}"


def test_the_example_of_an_inventory_names_variables_that_exist() -> None:
    known = {
        name for role in ROLES for name in read(ANSIBLE / "roles" / role / "defaults/main.yml")
    } | {"asterisk", "bundle", "bundle_signers", "ansible_become"}
    lines = (ANSIBLE / "inventory.example.ini").read_text().split("[appliance:vars]")[1]
    named = {line.strip("; ").split("=")[0] for line in lines.splitlines() if "=" in line}
    named = {name for name in named if not name.startswith("#")}
    assert named <= known
