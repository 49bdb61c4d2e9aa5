"""A package registry that is a folder, and a Whisper of one megabyte."""

from pathlib import Path

import pytest

from tests.fakes import tone_whisper


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """pip finds wheels in this folder and nowhere else."""
    folder = tmp_path / "registry"
    folder.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


@pytest.fixture(scope="session")
def small_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CTranslate2 Whisper directory that every check passes; not to be changed."""
    folder = tmp_path_factory.mktemp("whisper") / "small"
    tone_whisper.build(folder)
    return folder
