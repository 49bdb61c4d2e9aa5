"""Model files for the engine tests."""

import os
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.place import locate


def installed(name: str) -> Path:
    """A model as ``make setup`` installs it."""
    state = os.environ.get("STATE_DIR", str(Path.home() / ".local/state/appliance"))
    try:
        located = locate(name, Path(state) / "models")
    except WeightsError as missing:
        pytest.fail(str(missing), pytrace=False)
    return located.path


@pytest.fixture(scope="session")
def language_model_path() -> Path:
    return installed("smollm2-135m-instruct")


@pytest.fixture(scope="session")
def whisper_path() -> Path:
    return installed("faster-whisper-base")


@pytest.fixture(scope="session")
def voice_path() -> Path:
    return installed("en_US-joe-medium")
