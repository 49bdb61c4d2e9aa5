"""Callers are understood word for word: the demo's by the appliance's own recogniser, the tests' by
the small one."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.caller.conversation import load_conversation
from appliance.caller.line import Line
from appliance.config.settings import read_settings
from appliance.operations.demo import demo_conversation
from appliance.operations.speech import transcribe_file
from appliance.text.canonical import canonical
from appliance.weights.defaults import RECOGNIZER, SMALL

pytestmark = pytest.mark.engine

DEMO = demo_conversation()
TESTS = Path(__file__).parents[1] / "data/caller/conversation.toml"
DEMO_LINES, TEST_LINES = load_conversation(DEMO), load_conversation(TESTS)


async def heard(conversation: Path, line: Line, recognizer: str) -> str:
    return await transcribe_file(conversation.parent / line.name, recognizer, read_settings())


@pytest.mark.parametrize("line", DEMO_LINES, ids=lambda line: line.name)
async def test_the_demos_callers_are_heard_as_it_is_written(line: Line) -> None:
    assert canonical(await heard(DEMO, line, RECOGNIZER)) == canonical(line.words)


@pytest.mark.parametrize("line", TEST_LINES, ids=lambda line: line.name)
async def test_the_small_recogniser_hears_the_tests_caller(line: Line) -> None:
    assert await heard(TESTS, line, SMALL[RECOGNIZER]) == line.words


@pytest.mark.parametrize("line", TEST_LINES, ids=lambda line: line.name)
def test_every_word_of_the_tests_caller_is_in_its_vocabulary(line: Line) -> None:
    table = (DEMO.parents[1] / "vosk-en" / "graph" / "words.txt").read_text()
    assert set(line.words.split()) <= {row.split()[0] for row in table.splitlines()}
