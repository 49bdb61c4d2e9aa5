"""What the libraries read from the environment is set before they read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from appliance.engines.offline import matrix_products

pytestmark = pytest.mark.unit


def test_numpy_starts_no_threads_and_the_hub_library_stays_offline() -> None:
    code = """if True:
        import os, sys
        os.environ["HF_HUB_OFFLINE"] = "0"
        import appliance.engines.offline
        import numpy
        numpy.ones((500, 500)) @ numpy.ones((500, 500))
        threads = len(os.listdir("/proc/self/task"))
        sys.exit(f"{threads} threads" if threads > 1 else os.environ["HF_HUB_OFFLINE"] != "1")
    """
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("flags", "kernels"),
    [
        (
            "fpu sse2 fma avx2 avx512f avx512cd avx512bw avx512dq avx512vl amx_bf16",
            {"OPENBLAS_CORETYPE": "SkylakeX"},
        ),
        ("fpu sse2 avx fma avx2 avx512f avx512cd", {"OPENBLAS_CORETYPE": "Haswell"}),
        ("fpu sse2 avx avx2", {}),
        ("fpu sse2 avx2fma", {}),
    ],
)
def test_openblas_is_told_the_best_kernels_that_the_processor_can_run(
    flags: str, kernels: dict[str, str]
) -> None:
    assert matrix_products(f"processor\t: 0\nflags\t\t: {flags}\nbugs\t\t: fma avx2\n") == kernels


@pytest.mark.parametrize("chosen", [None, "Sandybridge"])
def test_whoever_runs_the_appliance_may_choose_the_kernels(chosen: str | None) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "OPENBLAS_CORETYPE"}
    if chosen:
        environment["OPENBLAS_CORETYPE"] = chosen
    code = "import appliance, os; print(os.environ.get('OPENBLAS_CORETYPE'))"
    told = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
    ).stdout.strip()
    suited = matrix_products(Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    assert told == (chosen or str(suited.get("OPENBLAS_CORETYPE")))
