"""Rules for every test: each carries one of the markers, so that it is clear what it stands on; and
programs that it starts take the small models, which are quick and always there. Where recognition
or sound is the point, a test asks for the appliance's own (``small_models`` false)."""

import os
from pathlib import Path

import pytest

os.environ["APPLIANCE_SMALL_MODELS"] = "true"

KINDS = {"unit", "engine", "e2e", "asterisk", "system"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    bare = [
        item.nodeid for item in items if not KINDS & {mark.name for mark in item.iter_markers()}
    ]
    if bare:
        raise pytest.UsageError(f"tests without one of the markers {sorted(KINDS)}: {bare[:5]}")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Small sounds that tests share: 8 kHz WAVs of synthetic voices."""
    return Path(__file__).parent / "data"
