"""A bare Debian that systemd has booted, on this machine, with no network at all.

``build-box.sh`` has made the tree; nothing is ever written there. What the machine writes goes
into a layer above it, which is gone with the machine. systemd-nspawn boots it with a network
namespace of its own that has only a loopback device. Commands come in by nsenter: no daemon listens
for them. Several may run at once: each has control groups of its own.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
GROUPS: Final = Path("/sys/fs/cgroup")
BOOT_S: Final = 60.0
BOOTED: Final = ("running", "degraded")
HALT: Final = signal.SIGRTMIN + 4
"""What systemd as the first process of a container takes for "halt"."""


@dataclass(frozen=True, slots=True)
class Debian:
    """A release that boxes run."""

    suite: str
    python: str
    """Version of its Python."""

    @property
    def folder(self) -> Path:
        """Where its tree is, or would be: the same rule as in build-box.sh."""
        base = Path(os.environ.get("ANSIBLE_TESTS_BOX") or "/var/cache/appliance-tests/box")
        return base if self.suite == "trixie" else base.with_name(f"{base.name}-{self.suite}")


DEBIAN_12: Final = Debian("bookworm", "3.11")
DEBIAN_13: Final = Debian("trixie", "3.13")


@dataclass(slots=True, eq=False)
class Box:
    """A booted machine."""

    folder: Path
    """Here lie ``root``, ``boot.log`` and ``leader``, the number of its first process."""
    nspawn: subprocess.Popen[bytes]

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def leader(self) -> int:
        return int((self.folder / "leader").read_text())

    def run(self, *command: str, check: bool = True, timeout: float = 120) -> str:
        """What a command inside prints; raises AssertionError with all of it when it fails."""
        done = subprocess.run(
            [HERE / "inside", self.folder / "leader", shell_line(command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0 or not check, f"{command}: {done.stdout}"
        return done.stdout.strip()

    def show(self, unit: str, *properties: str) -> dict[str, str]:
        """Properties of a unit as ``systemctl show`` tells them."""
        text = self.run("systemctl", "show", unit, *(f"--property={name}" for name in properties))
        return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)

    def wait_until_booted(self) -> None:
        """Until systemd inside says that it is done."""
        deadline = time.monotonic() + BOOT_S
        while time.monotonic() < deadline:
            assert self.nspawn.poll() is None, (self.folder / "boot.log").read_text()
            if leader := _first_child(self.nspawn.pid):
                (self.folder / "leader").write_text(str(leader))
                if self.run("systemctl", "is-system-running", check=False) in BOOTED:
                    return
            time.sleep(0.2)
        raise AssertionError("not booted: " + (self.folder / "boot.log").read_text())

    def reboot(self) -> None:
        """Down and up again; what is on the disk stays. (systemd-nspawn's own way of rebooting
        fails on a host with control groups of both versions.)"""
        self.halt()
        self.nspawn = _nspawn(self.folder)
        self.wait_until_booted()

    def halt(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.leader, HALT)
        try:
            self.nspawn.wait(20)
        except subprocess.TimeoutExpired:
            self.nspawn.kill()
            self.nspawn.wait()


@contextmanager
def booted(folder: Path, debian: Debian) -> Iterator[Box]:
    """A fresh machine in ``folder``, halted and taken away afterwards."""
    for name in ("layer", "work", "root"):
        (folder / name).mkdir()
    lower = debian.folder / "tree"
    options = f"lowerdir={lower},upperdir={folder}/layer,workdir={folder}/work,volatile"
    mount = ["mount", "-t", "overlay", "overlay", "-o", options, folder / "root"]
    subprocess.run(mount, check=True)
    try:
        box = Box(folder, _nspawn(folder))
        try:
            box.wait_until_booted()
            yield box
        finally:
            box.halt()
    finally:
        subprocess.run(["umount", folder / "root"], check=True)
        for name in ("layer", "work"):
            shutil.rmtree(folder / name)
        _remove_control_groups(folder)


def _nspawn(folder: Path) -> subprocess.Popen[bytes]:
    groups = _control_groups(folder)
    for group in groups:
        group.mkdir(exist_ok=True)
    enter = "".join(f"echo $$ >{group}/cgroup.procs; " for group in groups)
    command = ["sh", "-ec", enter + 'exec "$@"', "sh", "systemd-nspawn", "-D", folder / "root"]
    command += ["--boot", "--register=no", "--keep-unit"]
    command += ["--private-network", "--console=pipe", "--link-journal=no"]
    with (folder / "boot.log").open("wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            start_new_session=True,
        )


def _control_groups(folder: Path) -> list[Path]:
    """The machine's group in each tree of groups that systemd-nspawn uses here. It makes those of
    the machine inside; two machines in the same would take each other's services for theirs."""
    name = f"appliance-box-{folder.stat().st_ino}"
    trees = [path for path in (GROUPS / "systemd", GROUPS / "unified") if path.is_dir()]
    return [tree / name for tree in trees or [GROUPS]]


def _first_child(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else 0


def _remove_control_groups(folder: Path) -> None:
    """The empty groups that systemd-nspawn leaves behind; one whose last process is still ending
    stays, and harms nobody."""
    for group in _control_groups(folder):
        for below in (*sorted(group.rglob("*/"), reverse=True), group):
            with suppress(OSError):
                below.rmdir()


def shell_line(command: tuple[str, ...]) -> str:
    """The command as one line for a shell, as ssh would send it."""
    return shlex.join(command)
