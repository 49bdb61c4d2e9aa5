"""Callers of the agents in German and Spanish, through the multilingual Whisper: told the agent's
language, it writes words that the agent's own knowledge and dialogue acts understand.

The callers' sound is espeak-ng's, whose speech in these languages Whisper mostly does not
understand (tests/data/callers/make.sh); so this says that the parts fit, not how well people are
heard.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.call.answer import FixedReply, not_known
from appliance.call.reaction import react
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.engines.whisper import WhisperRecognizer
from appliance.knowledge.matcher import Knowledge

pytestmark = pytest.mark.engine

AGENTS = {"de": "rathaus", "es": "hotel"}


@pytest_asyncio.fixture(params=sorted(AGENTS))
async def heard(
    request: pytest.FixtureRequest, whisper_path: Path, data_dir: Path
) -> AsyncIterator[tuple[str, dict[str, str]]]:
    """The language, and what Whisper writes for each of its callers."""
    code: str = request.param
    recognizer = await WhisperRecognizer.load(whisper_path, language=code)
    texts = {}
    for path in sorted((data_dir / "callers").glob(f"{code}_*.wav")):
        pcm, rate_hz = read_wav(path)
        session = await recognizer.open()
        session.feed(resample(pcm, rate_hz, recognizer.rate_hz))
        texts[path.stem] = (await session.finish()).text
        await session.close()
    yield code, texts
    await recognizer.close()


ENTRIES = {
    "de_parking": "parken",
    "de_moved": "ummelden",
    "de_emergency": "notfall",
    "es_breakfast": "desayuno",
    "es_room": "entrada",
    "es_person": "recepcion",
}


async def test_what_they_ask_for_is_answered_in_their_language(
    heard: tuple[str, dict[str, str]],
) -> None:
    code, texts = heard
    agent = read_agents(SHIPPED_AGENTS.parent / f"{AGENTS[code]}.yaml").default
    knowledge = Knowledge(agent.knowledge, code)
    for name, text in texts.items():
        if name in ENTRIES:
            answer = await react(text, agent, knowledge)
            assert isinstance(answer, FixedReply), (name, text)
            assert answer.text == knowledge.entry(ENTRIES[name]).answer
    if code == "de":
        offer = not_known(agent)
        declined = await react(texts["de_not_now"], agent, knowledge, offer)
        assert declined == FixedReply(agent.phrases.anything_else)
