"""A whole conversation, and not one packet that wants to leave the host.

It runs in a network namespace of its own whose default route leads into a virtual cable with nobody
at the other end. A name look-up, a hub download or a "phone home" would at least ask for the
gateway's hardware address there, and be counted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.config.settings import read_settings
from appliance.weights.defaults import RECOGNIZER
from tests.asterisk.skipping import not_here

pytestmark = pytest.mark.e2e

NAMESPACE = """
set -e
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
ip link set lo up
ip link add out0 type veth peer name out1
ip link set out0 up
ip link set out1 up
ip address add 192.0.2.2/24 dev out0
ip route add default via 192.0.2.1
sent() { ip -json -statistics link show out0; }
"$@" > "$RESULT"
sent > "$SENT"
"""
LINES = """
[[line]]
file = "{folder}/hello.wav"
words = "hello how are you today"
[[line]]
file = "{folder}/goodbye.wav"
words = "okay goodbye"
"""


def in_namespace(folder: Path, *command: str) -> int:
    """Run ``command`` in such a namespace, its output in ``folder``/result; packets it sent out."""
    done = subprocess.run(
        ["unshare", "--net", "sh", "-c", NAMESPACE, "sh", *command],
        env={
            **os.environ,
            "APPLIANCE_SMALL_MODELS": "false",
            "RESULT": str(folder / "result"),
            "SENT": str(folder / "sent"),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    link = json.loads((folder / "sent").read_text())[0]
    return int(link["stats64"]["tx"]["packets"])


@pytest.fixture(autouse=True)
def _namespaces() -> None:
    if os.geteuid() != 0:
        not_here("network namespaces need root")


def test_a_conversation_sends_nothing_out(tmp_path: Path) -> None:
    callers = Path(__file__).parents[1] / "data" / "caller"
    lines = tmp_path / "lines.toml"
    lines.write_text(LINES.format(folder=callers))
    demo = [sys.executable, "-m", "appliance", "demo", "--json"]
    where = ["--lines", str(lines), "--out", str(tmp_path / "call.wav")]
    assert (read_settings().models / RECOGNIZER).is_dir()
    assert in_namespace(tmp_path, *demo, *where) == 0
    result = json.loads((tmp_path / "result").read_text())
    assert result["models"]["recognizer"] == RECOGNIZER
    assert result["calls"][0]["call"]["all_answered"] is True


def test_a_packet_that_wants_to_leave_would_be_counted(tmp_path: Path) -> None:
    look_up = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
        " s.sendto(b'?', ('198.51.100.1', 53)); s.close()"
    )
    assert in_namespace(tmp_path, sys.executable, "-c", look_up) > 0
