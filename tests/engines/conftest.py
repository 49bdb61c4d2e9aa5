"""Model files for the engine tests."""

import os
from pathlib import Path

import pytest

from appliance.errors import WeightsError
from appliance.weights.place import locate

NAME = "smollm2-135m-instruct"


@pytest.fixture(scope="session")
def language_model_path() -> Path:
    """The demo language model, as ``make setup`` installs it."""
    state = os.environ.get("STATE_DIR", str(Path.home() / ".local/state/appliance"))
    try:
        located = locate(NAME, Path(state) / "models")
    except WeightsError as missing:
        pytest.fail(str(missing), pytrace=False)
    return located.path
