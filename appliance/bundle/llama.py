"""The wheel of llama-cpp-python that runs on other machines than the one it was built on.

The set-up compiles it for the processor it finds; a bundle cannot. Its build takes minutes, so it
is kept in the user's cache, by everything it follows from.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Final

from appliance.bundle.archive import disk_faults
from appliance.bundle.pip import Pip
from appliance.errors import ArchiveError

NAME: Final = "llama-cpp-python"

_X86: Final = platform.machine() == "x86_64"
COMMON: Final = (
    "-DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF "
    "-DLLAMA_BUILD_SERVER=OFF -DLLAMA_CURL=OFF"
)
"""What the appliance does not use is left out, as in bootstrap.py."""
NO_AMX: Final = (
    " -DCMAKE_C_FLAGS=-mno-amx-int8 -DCMAKE_CXX_FLAGS=-mno-amx-int8" if _X86 else ""
)  # GCC 12 miscompiles it
PORTABLE_CMAKE_ARGS: Final = f"{COMMON} -DGGML_NATIVE=OFF{NO_AMX}"
NATIVE_CMAKE_ARGS: Final = f"{COMMON} -DGGML_NATIVE=ON{NO_AMX}"
PORTABLE_CPU_FLAGS: Final = ("avx2", "bmi2", "f16c", "fma") if _X86 else ()
"""What /proc/cpuinfo of the box must list (x86-64-v3: Haswell of 2013, Zen): what ggml takes for
granted on x86 without GGML_NATIVE. On other processors nothing beyond the architecture itself."""


def portable_wheel(pip: Pip, sdist: Path) -> Path:
    """The portable wheel built from ``sdist``, compiled if this user's cache has none.

    Raises ArchiveError: no compiler, or the compilation failed.
    """
    folder = _cache() / _key(sdist)
    if found := next(iter(folder.glob("*.whl")), None):
        return found
    building = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(building, ignore_errors=True)
    with disk_faults("the cache is in $XDG_CACHE_HOME, else ~/.cache"):
        building.mkdir(parents=True)
    # Not with pip's own cache: it would hand out a wheel built for this processor alone.
    options = ("-v", "--no-cache-dir", "--no-deps", "--no-build-isolation", "--no-index")
    pip("wheel", *options, "-w", str(building), str(sdist), CMAKE_ARGS=PORTABLE_CMAKE_ARGS)
    building.rename(folder)
    return next(folder.glob("*.whl"))


def _cache() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path(os.environ.get("HOME") or "/") / ".cache"
    return Path(home) / "appliance" / "wheels"


def _key(sdist: Path) -> str:
    """A hash of what the wheel follows from: source, flags, compiler, C library."""
    compiler = shutil.which("c++")
    if compiler is None:
        raise ArchiveError(
            "no C++ compiler is here to build llama-cpp-python with; install one "
            "(apt-get install g++), or name a finished wheel with --llama-wheel"
        )
    version = subprocess.run([compiler, "--version"], capture_output=True, check=True).stdout
    digest = hashlib.sha256(version + sdist.name.encode() + PORTABLE_CMAKE_ARGS.encode())
    digest.update("".join(platform.libc_ver()).encode())
    return f"{NAME}-{digest.hexdigest()[:16]}"
