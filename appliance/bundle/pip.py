"""The pinned pip and build tools, in an environment of their own that is thrown away afterwards.

So a bundle is the same whatever pip or setuptools the machine has, and nothing is put into the
environment this program runs in.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from appliance.bundle.archive import MTIME
from appliance.errors import ArchiveError
from appliance.weights.progress import Progress

TAIL_LINES: Final = 3
_FETCHING: Final = re.compile(r"\s*Downloading (?:\S*/)?([^\s/]+)")
_BYTES: Final = re.compile(r"Progress (\d+) of (\d+)")
_COMPILED: Final = re.compile(r"\s*\[(\d+)/(\d+)\]")


class Pip:
    """Runs pip's commands; everything it says goes to a log, its progress to ``progress``."""

    def __init__(self, folder: Path, locked_tools: Path, progress: Progress) -> None:
        """Make the environment in ``folder``. Raises ArchiveError when it cannot be made."""
        self._python = folder / "bin" / "python"
        self._progress = progress
        progress("making an environment to build in", 0, None)
        self._run([sys.executable, "-m", "venv", str(folder)], {})
        self._pip("install", "--no-compile", "--require-hashes", "-r", str(locked_tools))

    def __call__(self, command: str, *arguments: str, **environ: str) -> None:
        """Run ``pip COMMAND``; raises ArchiveError with the end of what it said when it fails."""
        self._pip(command, "--progress-bar", "raw", *arguments, **environ)

    def _pip(self, command: str, *arguments: str, **environ: str) -> None:
        options = ("--disable-pip-version-check", "--no-input")
        self._run([str(self._python), "-m", "pip", command, *options, *arguments], environ)

    def _run(self, command: list[str], environ: Mapping[str, str]) -> None:
        path = f"{self._python.parent}:{os.environ.get('PATH', os.defpath)}"  # the pinned cmake
        fixed = {"PATH": path, "SOURCE_DATE_EPOCH": str(MTIME), "PYTHONUNBUFFERED": "1"}
        said: list[str] = []
        with subprocess.Popen(
            command,
            env={**os.environ, **fixed, **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        ) as process:
            assert process.stdout is not None  # a pipe
            fetching = ""
            try:
                for line in process.stdout:
                    fetching = self._show(line, fetching)
                    said = [*said[-99:], line.rstrip()]
            except KeyboardInterrupt:
                os.killpg(process.pid, signal.SIGKILL)  # its compilers too: the folder goes next
                raise
        if process.returncode:
            errors = [line for line in said if "error" in line.lower()] or said
            raise ArchiveError("\n".join(["pip failed:", *errors[-TAIL_LINES:]]))

    def _show(self, line: str, fetching: str) -> str:
        """Tell the progress that a line of pip is about; returns the file being fetched."""
        if found := _FETCHING.match(line):
            return found[1]
        if (found := _BYTES.match(line)) and fetching:
            self._progress(f"fetching {fetching}", int(found[1]), int(found[2]))
        elif found := _COMPILED.match(line):
            self._progress(f"compiling llama-cpp-python, {found[1]} of {found[2]}", 0, None)
        return fetching
