"""A bare Debian without a network becomes the appliance and stays it, whatever happens to it.

The tests run in the order in which they stand, on one machine. What this machine's kernel does not
enforce in a container (limits of memory, processor and tasks; the address filter of systemd) is
read from the units in test_units.py, not tried here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ansible.box import DEBIAN_13, Box
from tests.ansible.bundles import (
    Signer,
    altered,
    failing_selftest,
    make_signer,
    nothing,
    sign,
    signature,
)
from tests.ansible.playing import Playbook, Played
from tests.fakes import tone_whisper

pytestmark = pytest.mark.system

DEBIAN = DEBIAN_13
READY_S = 90.0
CABLE = """
ip link add out0 type veth peer name out1
sysctl -qw net.ipv6.conf.out0.disable_ipv6=1 net.ipv6.conf.out1.disable_ipv6=1
ip link set out0 up
ip link set out1 up
ip address add 192.0.2.2/24 dev out0
ip route add default via 192.0.2.1
"""
"""A way out with nobody at its other end: whatever wants to leave is counted on it."""
NEIGHBOUR = """
until [ "$(readlink /proc/{other}/ns/net)" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link add in0 netns {box} type veth peer name in1 netns {other}
nsenter --target {box} --net ip address add fd00:9::1/64 dev in0 nodad
nsenter --target {box} --net ip link set in0 up
nsenter --target {other} --net ip address add fd00:9::2/64 dev in1 nodad
nsenter --target {other} --net ip link set in1 up
"""
"""Another machine, beside the box."""
KNOCK = """
import socket
try:
    socket.create_connection(("fd00:9::1", 9), 10)
except OSError as error:
    print(type(error).__name__)
"""
FREEZE = """
import signal, time
signal.signal(signal.SIGUSR1, lambda *ignored: time.sleep(3600))
"""
"""Stops the main thread, and the event loop with it, at a signal."""
FREEZER = """
[Service]
Environment=PYTHONPATH=/opt/freezer
WatchdogSec=12
"""


LISTENER = """
  listener: # added on the box
    extensions: ["5002"]
    language: en
    voice: piper-demo-en
    recognizer: /opt/listener
    language_model: smollm2-135m-instruct
    greeting: Good day.
    persona: You are brief.
"""
"""An agent that hears with Whisper, from a folder of the site's own."""


def state(box: Box) -> dict[str, str]:
    return box.show("appliance", "ActiveState", "MainPID", "NRestarts", "Result")


def wait_until_back(box: Box, since: dict[str, str]) -> dict[str, str]:
    """Until the service is READY again as another process."""
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline:
        now = state(box)
        if now["ActiveState"] == "active" and now["MainPID"] != since["MainPID"]:
            return now
        time.sleep(0.3)
    raise AssertionError(box.run("journalctl", "-u", "appliance", "-n", "40", "--no-pager"))


def sent(box: Box) -> int:
    """Packets that left on the cable."""
    link = json.loads(box.run("ip", "-json", "-statistics", "link", "show", "out0"))[0]
    return int(link["stats64"]["tx"]["packets"])


def dropped(box: Box) -> int:
    """Packets of the service that the firewall has kept in."""
    rules = json.loads(box.run("nft", "--json", "list", "counters", "table", "inet", "appliance"))
    counters = [each["counter"] for each in rules["nftables"] if "counter" in each]
    return next(int(each["packets"]) for each in counters if each["name"] == "left_the_machine")


def revision(box: Box, database: str) -> str:
    """Which form a database below /var/lib/appliance has."""
    code = (
        "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone())"
    )
    query = "select version_num from alembic_version"
    return box.run("python3", "-c", code, f"/var/lib/appliance/{database}", query)


def version(box: Box) -> str:
    return Path(box.run("readlink", "/opt/appliance/current")).name.rsplit("-", 1)[0]


def unsigned(bundle: Path) -> None:
    signature(bundle).unlink()


def truncated(bundle: Path) -> None:
    os.truncate(bundle, bundle.stat().st_size // 2)


def damaged(bundle: Path) -> None:
    with bundle.open("r+b") as file:
        file.seek(bundle.stat().st_size // 2)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))


def signed_by_somebody_else(bundle: Path) -> None:
    sign(bundle, make_signer(bundle.parent))


@pytest.mark.parametrize("spoil", [unsigned, truncated, damaged, signed_by_somebody_else])
def test_a_bundle_that_is_not_as_it_was_signed_is_refused_and_nothing_changes(
    playbook: Playbook, box: Box, bundle: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoiled = tmp_path / bundle.name
    shutil.copy(bundle, spoiled)
    shutil.copy(signature(bundle), signature(spoiled))
    spoil(spoiled)
    played = playbook.run(spoiled)
    assert played.rc != 0
    assert "is refused" in played.text
    assert played.changed == 0
    assert box.run("ls", "/opt") == ""
    assert box.run("ls", "/var/lib").count("appliance") == 0


def test_a_dry_run_on_a_bare_machine_says_what_it_can_and_changes_nothing(
    playbook: Playbook, box: Box, bundle: Path
) -> None:
    played = playbook.run(bundle, "--check", "--diff")
    assert played.rc == 0, played.text
    assert played.changed == 0
    assert "a dry run cannot look" in played.text


def test_one_run_from_a_bundle_makes_a_bare_machine_answer_calls(
    provisioned: Played, box: Box
) -> None:
    assert state(box)["ActiveState"] == "active"
    assert box.run("ip", "-brief", "link").split()[0] == "lo", "there was no network at all"
    assert box.show("appliance", "Type", "NotifyAccess") == {
        "Type": "notify",
        "NotifyAccess": "main",
    }
    assert box.run("systemctl", "--failed", "--quiet", "--plain") == ""


def test_the_secrets_are_made_on_the_machine_and_seen_by_nobody(
    provisioned: Played, box: Box
) -> None:
    secret = box.run("cat", "/etc/appliance/secrets/ami_secret")
    assert len(secret) == 48
    assert box.run("stat", "-c", "%a %U", "/etc/appliance/secrets/ami_secret") == "600 root"
    assert secret not in provisioned.text
    assert secret not in box.run("journalctl", "--no-pager")
    assert secret in box.run("cat", "/etc/asterisk/manager_site.conf")
    pid = state(box)["MainPID"]
    assert secret not in box.run("cat", f"/proc/{pid}/environ").replace("\0", "\n")
    assert box.run("cat", "/run/credentials/appliance.service/ami_secret") == secret


def test_phones_can_encrypt_with_a_certificate_made_on_the_machine(
    provisioned: Played, box: Box
) -> None:
    keys = "/etc/asterisk/keys"
    assert box.run("stat", "-c", "%a %U:%G", f"{keys}/appliance.key") == "640 root:asterisk"
    phone = "openssl s_client -connect 127.0.0.1:5061 -verify_return_error"
    for name in ("-verify_ip 127.0.0.1", "-verify_hostname pbx.example.lan"):
        said = box.run("sh", "-c", f"{phone} -CAfile {keys}/appliance.crt {name} </dev/null")
        assert "Verify return code: 0 (ok)" in said
    assert "sdes" in box.run("asterisk", "-rx", "pjsip show endpoint 1003").lower()
    assert "sdes" not in box.run("asterisk", "-rx", "pjsip show endpoint 1001").lower()


def test_the_journal_can_be_asked_for_one_call(provisioned: Played, box: Box) -> None:
    lines = box.run("journalctl", "-u", "appliance", "-o", "json", "--no-pager").splitlines()
    entries = [json.loads(line) for line in lines]
    calls = {each["CALL_ID"] for each in entries if "CALL_ID" in each}
    assert calls, "the self-test has called"
    one = box.run("journalctl", "-o", "cat", "--no-pager", f"CALL_ID={calls.pop()}")
    assert "call started" in one
    assert "call ended" in one
    everything = box.run("journalctl", "--no-pager").lower()
    assert "an appointment cost" not in everything, "what callers say is not logged"


def test_the_second_run_changes_nothing(
    provisioned: Played, playbook: Playbook, box: Box, bundle: Path
) -> None:
    box.run("sh", "-ec", CABLE)
    played = playbook.run(bundle)
    assert played.rc == 0, played.text[-4000:]
    assert played.changed == 0, played.changes


def test_a_dry_run_shows_a_change_and_does_not_make_it(
    provisioned: Played, playbook: Playbook, box: Box, bundle: Path
) -> None:
    before = box.run("cat", "/etc/appliance/appliance.yaml")
    pid = state(box)["MainPID"]
    played = playbook.run(bundle, "--check", "--diff", "-e", "appliance_drain_s=17")
    assert played.rc == 0, played.text[-4000:]
    assert "+drain_s: 17.0" in played.text
    assert box.run("cat", "/etc/appliance/appliance.yaml") == before
    assert state(box)["MainPID"] == pid


def test_a_killed_service_is_back_and_ready(provisioned: Played, box: Box) -> None:
    before = state(box)
    box.run("systemctl", "kill", "--signal=SIGKILL", "appliance")
    after = wait_until_back(box, before)
    assert int(after["NRestarts"]) == int(before["NRestarts"]) + 1


def test_a_frozen_event_loop_is_found_and_the_service_is_back(
    provisioned: Played, box: Box
) -> None:
    (box.root / "opt/freezer").mkdir()
    (box.root / "opt/freezer/sitecustomize.py").write_text(FREEZE)
    drop_in = box.root / "etc/systemd/system/appliance.service.d/zz-freezer.conf"
    drop_in.write_text(FREEZER)
    box.run("systemctl", "daemon-reload")
    box.run("systemctl", "restart", "appliance")
    frozen = state(box)
    box.run("kill", "-USR1", frozen["MainPID"])
    back = wait_until_back(box, frozen)
    assert int(back["NRestarts"]) == 1
    said = box.run("journalctl", "-u", "appliance", "-o", "cat", "--no-pager")
    assert "Watchdog timeout" in said
    drop_in.unlink()
    box.run("systemctl", "daemon-reload")
    box.run("systemctl", "restart", "appliance")


def test_an_upgrade_keeps_agents_calls_and_settings(
    provisioned: Played, playbook: Playbook, box: Box, bundle: Path, signer: Signer, tmp_path: Path
) -> None:
    agents = box.root / "etc/appliance/agents.yaml"
    tone_whisper.build(box.root / "opt/listener")
    agents.write_text(agents.read_text() + LISTENER)
    call = _a_call(box)
    later = altered(bundle, tmp_path / "later.tar", signer, "1.1.0", nothing)
    played = playbook.run(later)
    assert played.rc == 0, played.text[-6000:]
    assert version(box) == "1.1.0"
    assert "all is well" in played.text
    assert agents.read_text().endswith(LISTENER)
    assert _record(box, call)["uuid"] == call
    assert sorted(path.name.rsplit("-", 1)[0] for path in _versions(box)) == ["1.0.0", "1.1.0"]


def test_where_an_agent_hears_with_whisper_the_service_may_write_machine_code(
    provisioned: Played, box: Box
) -> None:
    """The agent was added before the upgrade; a service that may not would not have started."""
    assert "MemoryDenyWriteExecute=true" in box.run("systemctl", "cat", "appliance")
    unit = box.show("appliance", "MemoryDenyWriteExecute", "ActiveState")
    assert unit == {"MemoryDenyWriteExecute": "no", "ActiveState": "active"}


def test_a_version_that_fails_its_self_test_is_taken_back(
    provisioned: Played, playbook: Playbook, box: Box, bundle: Path, signer: Signer, tmp_path: Path
) -> None:
    settings = box.run("cat", "/etc/appliance/appliance.yaml")
    running, form, call = version(box), revision(box, "appliance.sqlite3"), _a_call(box)
    broken = altered(bundle, tmp_path / "broken.tar", signer, "1.2.0", failing_selftest)
    played = playbook.run(broken, "-e", "appliance_drain_s=17")
    assert played.rc != 0
    assert f"The box is back on {running}" in played.text
    assert "could not be put back" not in played.text
    assert version(box) == running
    assert box.run("cat", "/etc/appliance/appliance.yaml") == settings
    assert state(box)["ActiveState"] == "active"
    kept = box.run("sh", "-c", "cd /var/lib/appliance && ls *.sqlite3.before-restore-*[0-9]")
    assert revision(box, kept) == "9999", "its migration ran"
    assert revision(box, "appliance.sqlite3") == form
    assert _record(box, call)["uuid"] == call
    assert "all is well" in box.run("appliance", "selftest")


def test_nothing_has_left_the_machine(provisioned: Played, box: Box) -> None:
    assert sent(box) == 0
    assert dropped(box) == 0


def test_what_the_kernel_sends_by_itself_is_not_taken_for_the_service(
    provisioned: Played, box: Box
) -> None:
    """Somebody at another cable asks where the machine is, by IPv6, and knocks where nobody
    listens."""
    with subprocess.Popen(["unshare", "--net", "sleep", "60"]) as somebody:
        lay = NEIGHBOUR.format(box=box.leader, other=somebody.pid)
        knock = ["nsenter", f"--target={somebody.pid}", "--net", sys.executable, "-c", KNOCK]
        try:
            subprocess.run(["sh", "-ec", lay], check=True)
            said = subprocess.run(knock, stdout=subprocess.PIPE, text=True, check=True).stdout
        finally:
            somebody.kill()
    assert said == "ConnectionRefusedError\n"
    assert dropped(box) == 0


def test_what_the_service_would_send_is_dropped_and_counted(provisioned: Played, box: Box) -> None:
    code = "import socket; socket.socket(2, 2).sendto(b'x', ('192.0.2.1', 53))"
    box.run("runuser", "-u", "appliance", "--", "python3", "-c", code, check=False)
    assert dropped(box) == 1
    assert sent(box) == 0


def test_a_backup_is_made_by_its_timer_s_service(provisioned: Played, box: Box) -> None:
    box.run("systemctl", "start", "appliance-backup.service")
    assert box.run("ls", "/var/lib/appliance/backups")
    assert box.show("appliance-backup.timer", "ActiveState") == {"ActiveState": "active"}


def test_a_backup_comes_back_from_root_s_shell(provisioned: Played, box: Box) -> None:
    call = _a_call(box)
    backup = box.run("sh", "-c", "ls /var/lib/appliance/backups/*.tar").splitlines()[-1]
    box.run("systemctl", "stop", "appliance")
    database = "/var/lib/appliance/appliance.sqlite3"
    box.run("rm", database)
    restored = box.run("appliance", "backup", "restore", backup)
    assert database in restored
    assert box.run("stat", "-c", "%U %a", database) == "appliance 600"
    box.run("systemctl", "start", "appliance")
    assert _record(box, call)["uuid"] == call


def test_the_self_test_of_the_timer_places_a_call(provisioned: Played, box: Box) -> None:
    box.run("systemctl", "start", "appliance-selftest.service")
    assert "all is well" in box.run("journalctl", "-u", "appliance-selftest", "-o", "cat")
    assert box.show("appliance-selftest.timer", "ActiveState") == {"ActiveState": "active"}


def test_after_a_reboot_it_answers(
    provisioned: Played, box: Box, say: Callable[[str], None]
) -> None:
    began = time.monotonic()
    box.reboot()
    while state(box)["ActiveState"] == "activating":
        time.sleep(0.3)
    assert state(box)["ActiveState"] == "active"
    say(f"from a reboot to READY: {time.monotonic() - began:.0f} s")
    assert "all is well" in box.run("appliance", "selftest")
    assert "left_the_machine" in box.run("nft", "list", "table", "inet", "appliance")


def test_uninstalling_leaves_what_the_appliance_knows(
    provisioned: Played, playbook: Playbook, box: Box
) -> None:
    played = playbook.run(None, name="uninstall.yml")
    assert played.rc == 0, played.text
    assert box.show("appliance", "LoadState") == {"LoadState": "not-found"}
    assert not (box.root / "opt/appliance").exists()
    assert box.run("ls", "/var/lib/appliance/models") == "smollm2-135m-instruct"
    assert (box.root / "etc/appliance/agents.yaml").exists()
    assert box.run("systemctl", "is-active", "asterisk") == "active"


_GET = "import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())"


def _record(box: Box, call: str) -> dict[str, object]:
    """What the service tells of a call."""
    record: dict[str, object] = json.loads(
        box.run("python3", "-c", _GET, f"http://127.0.0.1:6001/call/{call}")
    )
    return record


def _a_call(box: Box) -> str:
    """The UUID of a call that has been held."""
    lines = box.run("journalctl", "-u", "appliance", "-o", "json", "--no-pager").splitlines()
    return next(entry["CALL_ID"] for entry in map(json.loads, lines) if "CALL_ID" in entry)


def _versions(box: Box) -> list[Path]:
    return [path for path in (box.root / "opt/appliance").iterdir() if not path.is_symlink()]
