"""The demo's caller is understood word for word by the demo's recogniser."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.caller.conversation import load_conversation
from appliance.caller.line import Line
from appliance.demo import demo_conversation
from appliance.settings import Settings
from appliance.speech import transcribe_file

pytestmark = pytest.mark.engine

LINES = load_conversation(demo_conversation())
FOLDER = demo_conversation().parent


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
async def test_every_line_is_heard_as_it_is_written(line: Line, tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    assert await transcribe_file(FOLDER / line.name, "vosk-demo-en", settings) == line.words


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_every_word_is_in_the_recognisers_vocabulary(line: Line) -> None:
    table = (FOLDER.parent / "vosk-en" / "graph" / "words.txt").read_text()
    assert set(line.words.split()) <= {row.split()[0] for row in table.splitlines()}
