"""The demo recogniser on the shipped sentences: voices and sentences it was not trained with."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from appliance.bench.asr import (
    NOISE_SNR_DB,
    compared,
    heard,
    load_clips,
    spoken_words,
    with_noise,
)
from appliance.config.agents_file import read_agents
from appliance.engines.base import Recognizer
from appliance.engines.vosk import VoskRecognizer

pytestmark = pytest.mark.engine

DEMO = Path(__file__).parents[2] / "models/demo/vosk-en"


@pytest_asyncio.fixture
async def demo() -> AsyncIterator[Recognizer]:
    recognizer = await VoskRecognizer.load(DEMO)
    yield recognizer
    await recognizer.close()


async def test_it_understands_strangers_on_a_clean_line(demo: Recognizer) -> None:
    clips = load_clips()
    errors = compared(clips, await heard(demo, [clip.pcm for clip in clips]))
    assert errors.rate <= 0.06, errors


async def test_it_understands_most_of_what_strangers_say_in_noise(demo: Recognizer) -> None:
    clips = load_clips()
    sounds = [with_noise(clip.pcm, NOISE_SNR_DB) for clip in clips]
    errors = compared(clips, await heard(demo, sounds))
    assert errors.rate <= 0.12, errors


async def test_it_knows_the_words_of_every_question_of_the_demo_agent(demo: Recognizer) -> None:
    agents = read_agents(Path(__file__).parents[2] / "appliance/agents/receptionist.yaml")
    words = {
        word
        for agent in agents.by_name.values()
        for entry in agent.knowledge
        for question in entry.questions
        for word in spoken_words(question)
        if not word.isdigit()  # a key of the telephone
    }
    known = {line.split()[0] for line in (DEMO / "graph/words.txt").read_text().splitlines()}
    assert words <= known
