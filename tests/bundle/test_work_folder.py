from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from appliance.bundle.work_folder import work_folder
from appliance.errors import ArchiveError

pytestmark = pytest.mark.unit

KILLED = """
import os, pathlib, sys
from appliance.bundle.work_folder import work_folder
with work_folder(pathlib.Path(sys.argv[1])) as work:
    (work / "half").write_text("a")
    (work / "below").mkdir()
    os._exit(9)
"""


def test_a_work_folder_is_private_and_leaves_nothing_even_of_a_killed_run(tmp_path: Path) -> None:
    target = tmp_path / "x.tar"
    done = subprocess.run([sys.executable, "-c", KILLED, target], check=False)
    assert done.returncode == 9
    assert (tmp_path / ".x.tar.work" / "half").exists()
    with work_folder(target) as work:
        assert list(work.iterdir()) == []
        assert work.stat().st_mode & 0o777 == 0o700
    assert list(tmp_path.iterdir()) == []


def test_a_second_run_for_the_same_file_is_refused_and_leaves_the_first_alone(
    tmp_path: Path,
) -> None:
    with work_folder(tmp_path / "x.tar") as work:
        (work / "half").write_text("a")
        with (
            pytest.raises(ArchiveError, match=r"x\.tar: another run is making it; wait until"),
            work_folder(tmp_path / "x.tar"),
        ):
            raise AssertionError("not reached")
        with work_folder(tmp_path / "y.tar") as other:
            assert other != work
        assert (work / "half").read_text() == "a"
    with work_folder(tmp_path / "x.tar") as work:
        assert list(work.iterdir()) == []
