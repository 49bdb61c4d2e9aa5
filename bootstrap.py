"""Makes a checkout ready to run: system packages, ``.venv``, dependencies, models.

``make setup`` is the first command on a machine that has Python, git and make alone, so this file
uses the standard library alone. Everything it installs is pinned and hashed in ``requirements/``,
the build tools too: no package is built with a tool that pip picked on that day. A stamp in
``.venv`` keeps the hash of all inputs, so that the second run ends at once. What takes long is done
at the same time: llama.cpp is compiled while the models come over the network.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
LOG = ROOT / "build" / "setup.log"
LOCKS = ROOT / "requirements"
COMPILED = "llama-cpp-python"

LLAMA_CMAKE_ARGS = (
    "-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF "
    "-DLLAMA_BUILD_SERVER=OFF -DLLAMA_CURL=OFF -DGGML_NATIVE=ON"
)
"""Leaves out what the appliance does not use, and builds for this machine's processor."""
if platform.machine() == "x86_64":
    # GCC 12 miscompiles AMX, which then crashes at the first prompt; without it, the appliance uses
    # the AVX-512 and AVX2 kernels. (A build that has it all the same is recognised at run time.)
    LLAMA_CMAKE_ARGS += " -DCMAKE_C_FLAGS=-mno-amx-int8 -DCMAKE_CXX_FLAGS=-mno-amx-int8"

COMPILING = "Building wheel for llama-cpp-python"
COMPILE_NOTICE = "compiling llama-cpp-python: about 4 minutes on 2 cores, only this once"
IMPORTS = "import aiohttp, faster_whisper, llama_cpp, onnxruntime, piper, soxr, vosk"
MODELS_FOLDER = "from appliance.config.settings import read_settings; print(read_settings().models)"
TAIL_LINES = 25
REPORT_S = 30  # how often a step that takes long says so where there is no terminal


class SetupFailed(Exception):
    """Ends the set-up; ``str()`` says what is wrong and what mends it."""


def main() -> int:
    options = parse_options()
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 (this file is what tells it)
            raise SetupFailed(
                f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}; "
                "install one and name it: make setup PYTHON=python3.12"
            )
        models = [] if options.small or not options.models else own_models()
        prepare(options.tests, options.rebuild, meanwhile=lambda: fetch_own_models(models))
        if options.models:
            fetch_language_model()
    except SetupFailed as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: interrupted; run the same command again to go on", file=sys.stderr)
        return 130
    return 0


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up this checkout.")
    parser.add_argument("--tests", action="store_true", help="also what the tests need")
    parser.add_argument("--no-models", dest="models", action="store_false", help="no models")
    parser.add_argument("--small", action="store_true", help="the small models, for 1 GB of memory")
    parser.add_argument(
        "--rebuild", action="store_true", help="compile llama-cpp-python again, past pip's cache"
    )
    return parser.parse_args()


def prepare(tests: bool, rebuild: bool, meanwhile: Callable[[], None]) -> None:
    """Bring ``.venv`` to what the lock files say, which takes no time where it is there already.

    ``meanwhile`` is done beside the part that takes long; the appliance can be run by then, its
    language model cannot.
    """
    stamp = VENV / ("stamp-tests" if tests else "stamp")
    wanted = fingerprint()
    if not rebuild and wanted in (read(stamp), read(VENV / "stamp-tests")):
        meanwhile()
        return
    LOG.parent.mkdir(exist_ok=True)
    LOG.write_text("")
    install_system_packages()
    make_venv()
    pip("build tools", "--require-hashes", "-r", str(LOCKS / "build.txt"))
    if rebuild:
        forget_llama_build()
    light, compiled = split_lock()
    locked = ("--no-build-isolation", "--require-hashes", "-r")
    pip("dependencies", *locked, str(light))
    pip("the appliance itself", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))
    with started(f"installing {COMPILED}", [*PIP, "install", "--no-deps", *locked, str(compiled)]):
        meanwhile()
    if tests:
        pip("test tools", *locked, str(LOCKS / "test.txt"))
    run("trying the engines", [str(BIN / "python"), "-c", IMPORTS], mend="make setup-rebuild")
    stamp.write_text(wanted)


def split_lock() -> tuple[Path, Path]:
    """The run-time packages as two lists: all that come finished, and the one that is compiled."""
    text = (LOCKS / "runtime.txt").read_text()
    found = re.search(rf"^{COMPILED}==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise SetupFailed(f"{COMPILED} is not in {LOCKS / 'runtime.txt'}; mend it: make lock")
    light, compiled = (LOG.parent / f"requirements-{name}.txt" for name in ("light", "compiled"))
    light.write_text(text.replace(found[0], ""))
    compiled.write_text(found[0])
    return light, compiled


def forget_llama_build() -> None:
    """Make pip compile llama-cpp-python again.

    pip keeps the wheel it built and takes it again whatever the flags are. That is wanted (the
    second checkout on a machine is quick) but for a home directory that moves to another processor,
    where a native build may end in "illegal instruction": `make setup-rebuild` is for that.
    """
    run("forgetting the last build", [*PIP, "cache", "remove", "llama_cpp_python"], may_fail=True)
    run("removing llama-cpp-python", [*PIP, "uninstall", "-y", "llama-cpp-python"])


def fingerprint() -> str:
    """A hash of all that the contents of ``.venv`` follow from."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for source in (*sorted(LOCKS.glob("*.txt")), ROOT / "pyproject.toml", Path(__file__)):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def read(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def missing_system_packages() -> list[str]:
    """Debian packages without which the set-up cannot go on."""
    missing = []
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info[1]}-venv")
    if not (shutil.which("cc") and shutil.which("c++")):
        missing.append("g++")  # brings gcc, libc6-dev and libgomp1
    return missing


def install_system_packages() -> None:
    missing = missing_system_packages()
    if not missing:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetupFailed(
            f"these system packages are missing (by Debian's names): {' '.join(missing)}\n"
            f"  install them with: sudo {' '.join(command)}\n  and run the same command again"
        )
    run("updating the list of system packages", ["apt-get", "update"], may_fail=True)
    run(f"installing {' '.join(missing)}", command)
    if still := missing_system_packages():
        raise SetupFailed(f"still missing after apt-get: {' '.join(still)}; see {LOG}")


def make_venv() -> None:
    """``.venv`` with this Python, anew where it was made with another or only half made."""
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if (BIN / "pip").exists() and (VENV / "lib" / f"python{version}").is_dir():
        return
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    run(f"making .venv with Python {version}", command)


PIP = [str(BIN / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]


def pip(what: str, *arguments: str) -> None:
    run(f"installing {what}", [*PIP, "install", *arguments])


def run(what: str, command: list[str], *, may_fail: bool = False, mend: str = "") -> None:
    """Run ``command``, its output into the log, telling how long it takes; the tail if it fails."""
    with started(what, command, may_fail=may_fail, mend=mend):
        pass


@contextmanager
def started(
    what: str, command: list[str], *, may_fail: bool = False, mend: str = ""
) -> Iterator[None]:
    """As ``run``, while the body does something else; a body that fails ends the command too."""
    environment = dict(os.environ, CMAKE_ARGS=LLAMA_CMAKE_ARGS, DEBIAN_FRONTEND="noninteractive")
    environment["PATH"] = f"{BIN}:{os.environ.get('PATH', os.defpath)}"  # the pinned build tools
    began, began_s = LOG.stat().st_size if LOG.exists() else 0, time.monotonic()
    with LOG.open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=ROOT)
        try:
            yield
            watch(what, process, began, began_s)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if process.returncode and not may_fail:
        tail = LOG.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        advice = f"\n  try: {mend}" if mend else ""
        raise SetupFailed(f"{what} failed; the end of {LOG}:\n  " + "\n  ".join(tail) + advice)


def watch(what: str, process: subprocess.Popen[bytes], began: int, began_s: float) -> None:
    """Wait for ``process``, telling the time it takes and when the long compilation begins.

    It was started at ``began_s`` of the clock, when the log had ``began`` bytes.
    """
    reported = 0.0
    terminal = sys.stdout.isatty()
    while process.poll() is None:
        time.sleep(0.2)
        took = time.monotonic() - began_s
        if COMPILING in logged_since(began) and not what.startswith("compiling"):
            what = COMPILE_NOTICE
            reported = -REPORT_S
        if terminal:
            print(f"\r\033[K{what} ... {minutes(took)}", end="", flush=True)
        elif took - reported >= REPORT_S:
            reported = took
            print(f"{what} ... {minutes(took)}, see {LOG}", flush=True)
    print(f"{chr(13) if terminal else ''}{what}: {minutes(time.monotonic() - began_s)}", flush=True)


def logged_since(position: int) -> str:
    with LOG.open("rb") as log:
        log.seek(position)
        return log.read().decode(errors="replace")


def minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def own_models() -> list[str]:
    """What hears, speaks and compares sentences."""
    from appliance.weights import defaults  # here: a Python too old for it is told so first

    return [defaults.RECOGNIZER, defaults.VOICE, defaults.SENTENCES]


def fetch_own_models(names: list[str]) -> None:
    """Install them. Where they cannot be had the set-up goes on: small ones come with the
    appliance."""
    if names and (reason := install_models("stamp-models", names)):
        folder = models_folder()
        missing = [name for name in names if not (folder / name).is_dir()] or names
        print(
            f"setup: going on without {', '.join(missing)} ({reason}); small models stand in, "
            "which hardly understand people; again: make setup; keep to them: make setup SMALL=1",
            file=sys.stderr,
        )


def fetch_language_model() -> None:
    from appliance.weights import defaults

    if reason := install_models("stamp-model", [defaults.LANGUAGE_MODEL]):
        raise SetupFailed(f"the language model is not installed: {reason}; again: make setup")


def install_models(stamp_name: str, names: list[str]) -> str:
    """Install models, unless they lie where the last run has put them; "" or why it failed."""
    stamp = VENV / stamp_name
    wanted = models_choice(names)
    known, *folders = read(stamp).splitlines() or [""]
    if known == wanted and all(Path(folder).is_dir() for folder in folders):
        return ""
    print(f"installing {', '.join(names)}", flush=True)
    command = [str(BIN / "appliance"), "models", "install", *names]
    reason = "it says no reason"
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None  # a pipe
        for line in process.stderr:
            if line.startswith("appliance: "):
                reason = line.strip().removeprefix("appliance: ").partition("; ")[0]
            else:
                print(line, end="", file=sys.stderr, flush=True)
    if process.returncode:
        return reason
    folder = models_folder()
    stamp.write_text("\n".join([wanted, *(str(folder / name) for name in names)]))
    return ""


def models_folder() -> Path:
    """Where the appliance keeps models, by its settings."""
    query = [str(BIN / "python"), "-c", MODELS_FOLDER]
    told = subprocess.run(query, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return Path(told.strip())


def models_choice(names: list[str]) -> str:
    """A hash of what decides which models lie where."""
    variables = ("HOME", "STATE_DIRECTORY", "XDG_STATE_HOME", "APPLIANCE_CONFIG")
    settings = {
        name: value
        for name, value in sorted(os.environ.items())
        if name in variables or name.startswith(("APPLIANCE_STATE", "APPLIANCE_MODELS"))
    }
    return hashlib.sha256(repr((names, settings)).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
