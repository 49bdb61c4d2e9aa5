"""Programs out of the tree that ``build-tree.sh`` unpacks, run with the tree's own libraries.

The tree is of another Debian than the machine, so each program is started by the tree's loader.
They run without privileges: as the user of the tests, or as one that nobody else is when the tests
are run by root.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NOBODY: Final = 64110
"""A user and group id that Debian gives to nobody."""
STOP_S: Final = 10.0


def tree_folder() -> Path:
    """Where the tree is, or would be: the same rule as in build-tree.sh."""
    given = os.environ.get("ASTERISK_TESTS_TREE")
    if given:
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path("/var/cache" if os.geteuid() == 0 else home) / "appliance-tests" / "asterisk"


@dataclass(frozen=True, slots=True)
class Tree:
    """An unpacked Debian with asterisk, baresip and sipp."""

    root: Path

    @property
    def libraries(self) -> Path:
        """The folder of its shared libraries."""
        return next((self.root / "usr/lib").glob("*-linux-gnu"))

    @property
    def asterisk_modules(self) -> Path:
        return self.libraries / "asterisk/modules"

    def command(self, program: str, *arguments: str | Path) -> list[str]:
        """How to run ``program`` (a path in the tree)."""
        loader = next((self.root / "usr").glob("lib*/ld-linux*"))
        path = ["--library-path", f"{self.libraries}:{self.libraries}/pulseaudio"]
        return [str(loader), *path, str(self.root / program), *map(str, arguments)]


def unprivileged() -> dict[str, Any]:
    """Arguments for subprocesses: not as root."""
    if os.geteuid() != 0:
        return {}
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def give_away(folder: Path) -> None:
    """Let the programs write into ``folder`` and what is in it."""
    folder.chmod(0o755)
    if os.geteuid() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)


async def start(command: Sequence[str], log: Path, cwd: Path) -> asyncio.subprocess.Process:
    """Start a program of the tree; what it prints goes into ``log``."""
    with log.open("wb") as file:
        return await asyncio.create_subprocess_exec(
            *command,
            cwd=cwd,
            env={"HOME": str(cwd), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            **unprivileged(),
        )


async def stop(process: asyncio.subprocess.Process) -> None:
    """End a program, by force when it does not end by itself."""
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(STOP_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
