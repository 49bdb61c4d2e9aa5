"""Importing this module forbids the hub libraries to reach out. Import it before any of them.

huggingface_hub (which faster-whisper brings) reads these variables once, at its own import; a model
directory with a file missing would otherwise be completed from the network. They are set, not
defaulted: an appliance that answers telephones takes its weights from its own disk alone.
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
}

os.environ.update(OFFLINE)
