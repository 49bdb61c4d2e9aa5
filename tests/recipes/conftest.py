"""Training code runs where models are trained: its tests are collected only beside its packages.

CI does not train. It checks the files that training left behind: their checksums, and the figures
they reach in the real engines.
"""

from importlib.util import find_spec

NEED_TORCH = ["test_network.py"]

collect_ignore = [] if find_spec("torch") else NEED_TORCH


def pytest_report_header() -> str | None:
    if not collect_ignore:
        return None
    return f"not run: {', '.join(collect_ignore)} in tests/recipes (training packages are not here)"
