"""Training code runs where models are trained: its tests are collected only beside its packages.

CI does not train. It checks the files that training left behind: their checksums, and the figures
they reach in the real engines.
"""

from importlib.util import find_spec

import pytest

from models.recipes.whisper.tokens import Pieces, build

NEED_TORCH = ["test_network.py", "test_whisper_training.py"]

collect_ignore = [] if find_spec("torch") else NEED_TORCH


def pytest_report_header() -> str | None:
    if not collect_ignore:
        return None
    return f"not run: {', '.join(collect_ignore)} in tests/recipes (training packages are not here)"


WORDS = "yes no please hello what's don't o'clock i a monday appointment quiz xylophone".split()


@pytest.fixture(scope="session")
def pieces(tmp_path_factory: pytest.TempPathFactory) -> Pieces:
    path = tmp_path_factory.mktemp("tokens") / "tokenizer.json"
    build(WORDS).save(str(path))
    return Pieces.load(path)
