"""The service alone on a bare Debian 12 without a network, beside an Asterisk that is elsewhere.

Debian 12 has an older Python, C library and systemd than the machine of test_box.py. There is no
Asterisk for it, so the call is one over AudioSocket, as that Asterisk would place it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ansible.box import DEBIAN_12, Box
from tests.ansible.bundles import Signer, relabelled
from tests.ansible.playing import Playbook, Played

pytestmark = pytest.mark.system

DEBIAN = DEBIAN_12
ALONE = ("-e", "asterisk=false")


@pytest.fixture(scope="module")
def provisioned(playbook: Playbook, bundle: Path, say: Callable[[str], None]) -> Played:
    """The machine after the first run."""
    played = playbook.run(bundle, *ALONE)
    assert played.rc == 0, played.text[-6000:]
    say(f"from a bare Debian 12 to READY, the service alone: {played.took_s:.0f} s")
    return played


def test_a_bundle_for_another_python_is_refused_and_nothing_changes(
    playbook: Playbook, box: Box, bundle: Path, signer: Signer, tmp_path: Path
) -> None:
    other = relabelled(bundle, tmp_path / "b.tar", signer, python=["3.13"])
    played = playbook.run(other, *ALONE)
    assert played.rc != 0
    assert "with Python 3.13; this machine is x86_64 with Python 3.11" in played.text
    assert played.changed == 0
    assert box.run("ls", "/opt") == ""


def test_a_bundle_made_with_a_later_c_library_is_refused_and_nothing_changes(
    playbook: Playbook, bundle: Path, signer: Signer, tmp_path: Path
) -> None:
    played = playbook.run(relabelled(bundle, tmp_path / "b.tar", signer, glibc="2.41"), *ALONE)
    assert played.rc != 0
    assert "needs a C library of at least 2.41" in played.text
    assert played.changed == 0


def test_a_bundle_with_another_debian_s_packages_is_refused_and_nothing_changes(
    playbook: Playbook, bundle: Path, signer: Signer, tmp_path: Path
) -> None:
    """Apt would take them for newer versions of its own."""
    listed = {"debs/trixie/Packages": {"sha256": "0" * 64, "bytes": 0}}
    played = playbook.run(relabelled(bundle, tmp_path / "b.tar", signer, files=listed), *ALONE)
    assert played.rc != 0
    assert "This machine lacks libgomp1, python3-venv" in played.text
    assert "--debs bookworm=DIR" in played.text
    assert played.changed == 0


def test_that_there_is_no_asterisk_for_it_is_told_before_anything_is_done(
    playbook: Playbook, bundle: Path
) -> None:
    played = playbook.run(bundle)
    assert played.rc != 0
    assert "Debian 12 has no Asterisk" in played.text
    assert played.changed == 0


def test_the_service_alone_is_ready(provisioned: Played, box: Box) -> None:
    unit = box.show("appliance", "ActiveState", "MemoryDenyWriteExecute")
    assert unit == {"ActiveState": "active", "MemoryDenyWriteExecute": "yes"}
    assert box.run("systemctl", "--failed", "--quiet", "--plain") == ""
    assert box.run("sh", "-c", "command -v asterisk", check=False) == ""
    assert box.run("ip", "-brief", "link").split()[0] == "lo", "there was no network at all"
    assert "left_the_machine" in box.run("nft", "list", "table", "inet", "appliance")


def test_it_answers_a_call(provisioned: Played, box: Box) -> None:
    lines = "/opt/appliance/current/lib/python3.11/site-packages/appliance/_models/demo"
    said = box.run("sh", "-c", f"cd /tmp && appliance call {lines}/caller/address.wav --json")
    (call,) = json.loads(said)
    assert call["all_answered"], said


def test_the_second_run_changes_nothing(
    provisioned: Played, playbook: Playbook, bundle: Path
) -> None:
    played = playbook.run(bundle, *ALONE)
    assert played.rc == 0, played.text[-4000:]
    assert played.changed == 0, played.changes
