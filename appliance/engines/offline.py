"""Importing this module tells the libraries what they may not do: reach out, and take every core.

They read these variables once, at their own import, so ``appliance/__init__.py`` imports this
module before them all. They are set, not defaulted: an appliance that answers telephones takes its
weights from its own disk alone, and its threads are those of ``worker``.
"""

from __future__ import annotations

import os
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

os.environ.update(OFFLINE | ONE_THREAD)
