"""Rules for every test: each carries one of the markers, so that it is clear what it stands on."""

import pytest

KINDS = {"unit", "engine", "e2e", "asterisk"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    bare = [item.nodeid for item in items if not KINDS & {mark.name for mark in item.iter_markers()}]
    if bare:
        raise pytest.UsageError(f"tests without one of the markers {sorted(KINDS)}: {bare[:5]}")
