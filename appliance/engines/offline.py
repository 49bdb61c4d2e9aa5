"""Importing this module tells the libraries what they may not do: reach out, and take every core;
and which products of matrices the processor can do.

They read these variables once, at their own import, so ``appliance/__init__.py`` imports this
module before them all. What they may not do is set, not defaulted: an appliance that answers
telephones takes its weights from its own disk alone, and its threads are those of ``worker``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

OFFLINE: Final = {
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",
    "ORT_TELEMETRY_DISABLED": "1",
}
"""faster-whisper brings huggingface_hub, which completes model directories from the network.
onnxruntime's packages report each process and model to their maker since version 1.29; with the
variable (its name changed) the uploader is not even made."""
ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1"}
"""numpy's matrix products, as in Whisper's features: on two busy cores OpenBLAS's own threads made
those of 2.4 s of sound take 24 ms (17 ms of processor time) instead of 1 ms."""


KERNELS: Final = (
    ("SkylakeX", {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}),
    ("Haswell", {"avx2", "fma"}),
)
"""OpenBLAS's kernels, the best first, and what a processor must have for them."""


def matrix_products(cpuinfo: str) -> dict[str, str]:
    """For OpenBLAS on a processor with AVX2, by the text of ``/proc/cpuinfo``.

    The one inside Vosk takes an Intel processor that is younger than itself for a Pentium 4, as
    OpenBLAS's issues 3453 and 4267 tell. On a Xeon with AMX the demo model then took 0.72 of the
    processor's time, 0.74 with the kernels for Haswell: means of nine runs each, in turns,
    0.015-0.019, 0.014-0.021 and (Pentium 4) 0.020-0.030 of a core.
    """
    for line in cpuinfo.splitlines():
        if line.startswith("flags"):
            flags = set(line.split())
            suited = [name for name, needed in KERNELS if needed <= flags]
            return {"OPENBLAS_CORETYPE": suited[0]} if suited else {}
    return {}


def _cpuinfo() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""


os.environ.update(OFFLINE | ONE_THREAD)
for _name, _value in matrix_products(_cpuinfo()).items():
    os.environ.setdefault(_name, _value)  # whoever knows better may say so
