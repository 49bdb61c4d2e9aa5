"""Progress where there is no terminal."""

from __future__ import annotations

import pytest

from appliance.commands.bars import bars

pytestmark = pytest.mark.unit

MB = 1_000_000


def test_a_step_is_a_line_when_it_begins_and_one_when_it_ends(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with bars("my-model") as progress:
        for done in range(0, 66 * MB + 1, MB):
            progress("fetching a.whl, 1 of 2 wheels", done, 66 * MB)
        progress("fetching a.whl, 1 of 2 wheels", 66 * MB, 66 * MB)
        progress("checking a.whl", 0, 66 * MB)
        progress("unpacking small.json", 1000, 1000)
        progress("rewriting", 0, None)
    assert capsys.readouterr().err.splitlines() == [
        "my-model: fetching a.whl, 1 of 2 wheels ... 66 MB",
        "my-model: fetching a.whl, 1 of 2 wheels: done",
        "my-model: rewriting ...",
    ]


def test_nothing_is_said_when_no_lines_are_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    with bars() as progress:
        progress("fetching a.whl", 0, 66 * MB)
    assert capsys.readouterr().err == ""
