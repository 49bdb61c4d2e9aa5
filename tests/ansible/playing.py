"""Runs the playbook against the booted machine, as an administrator would by ssh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.ansible.box import HERE, Box
from tests.ansible.bundles import ROOT, Signer

PLAY_S: Final = 900
SITE: Final = """
[all:vars]
asterisk_tls=true
asterisk_tls_names=["pbx.example.lan", "127.0.0.1"]
asterisk_secure_phones=["1003"]
appliance_small_models=true
"""
"""What the administrator wants besides the defaults; small models, because how well callers are
understood is tested elsewhere."""
_COUNT: Final = re.compile(r"^box +: ok=\d+ +changed=(\d+) +unreachable=0 +failed=(\d+)", re.M)


@dataclass(frozen=True, slots=True)
class Played:
    """What a run did."""

    rc: int
    text: str
    took_s: float

    @property
    def changed(self) -> int:
        """Tasks that changed something."""
        count = _COUNT.search(self.text)
        assert count is not None, self.text
        return int(count[1])

    @property
    def changes(self) -> list[str]:
        """Names of those tasks."""
        tasks = re.split(r"^(?:TASK|RUNNING HANDLER) \[", self.text, flags=re.M)
        return [each.split("]")[0] for each in tasks if re.search(r"^changed:", each, re.M)]


@dataclass(frozen=True, slots=True)
class Playbook:
    """The playbook, a machine and who signs."""

    box: Box
    signer: Signer
    folder: Path

    def run(self, bundle: Path | None, *options: str, name: str = "site.yml") -> Played:
        """Run it; extra variables and switches in ``options``."""
        inventory = self.folder / "inventory.ini"
        inventory.write_text(
            f"box ansible_connection=ssh ansible_host={self.box.folder}/leader"
            f" ansible_ssh_executable={HERE}/inside ansible_ssh_transfer_method=piped\n{SITE}"
        )
        command = [sys.executable, "-m", "ansible", "playbook", "-i", inventory, name, *options]
        if bundle is not None:
            command += ["-e", f"bundle={bundle}", "-e", f"bundle_signers={self.signer.signers}"]
        began = time.monotonic()
        done = subprocess.run(
            command,
            cwd=ROOT / "ansible",
            env={**os.environ, "ANSIBLE_HOME": str(self.folder), "ANSIBLE_NOCOLOR": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PLAY_S,
            check=False,
        )
        return Played(done.returncode, done.stdout, time.monotonic() - began)
