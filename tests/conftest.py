"""Rules for every test: each carries one of the markers, so that it is clear what it stands on.

Tests of one file stay together when several workers share the work (``pytest -n 2 --dist
loadgroup``), those of one Asterisk or of one booted machine too: fixtures are made once.
"""

from pathlib import Path

import pytest

KINDS = {"unit", "engine", "e2e", "asterisk", "system"}
ALONE = ("asterisk", "system")


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    bare = [
        item.nodeid for item in items if not KINDS & {mark.name for mark in item.iter_markers()}
    ]
    if bare:
        raise pytest.UsageError(f"tests without one of the markers {sorted(KINDS)}: {bare[:5]}")
    for item in items:
        group = next(
            (kind for kind in ALONE if item.get_closest_marker(kind)), item.nodeid.split("::")[0]
        )
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Small sounds that tests share: 8 kHz WAVs of synthetic voices."""
    return Path(__file__).parent / "data"
