"""A recogniser for partial transcripts beside the one for final ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.engines.base import Transcript
from appliance.engines.paired import PairedRecognizer
from appliance.engines.vosk import VoskRecognizer
from appliance.engines.whisper import WhisperRecognizer
from appliance.errors import EngineBusy
from appliance.text.canonical import canonical
from tests.fakes.clips import clip

DEMO = Path(__file__).parents[2] / "models/demo/vosk-en"


class Counting:
    """Recogniser and session: its words are how many samples it was fed."""

    redecodes = True
    again_s = 6.0

    def expect(self, hint: str) -> None:
        pass

    def __init__(self, rate_hz: int) -> None:
        self.name = f"at {rate_hz}"
        self.rate_hz = rate_hz
        self.fed = 0
        self.busy = False
        self.prepared = 0
        self.closed = False

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> Counting:
        return self

    async def warm_up(self) -> None: ...

    def feed(self, pcm: Pcm) -> None:
        if self.busy:
            raise EngineBusy(self.name, "too much waits")
        self.fed += pcm.size

    def prepare(self) -> None:
        self.prepared += 1

    @property
    def partial(self) -> Transcript:
        return Transcript(f"{self.fed} so far")

    async def finish(self) -> Transcript:
        fed, self.fed = self.fed, 0
        return Transcript(f"{fed} in all", final=True)

    async def close(self) -> None:
        self.closed = True


SOUND = np.zeros(1600, np.int16)


@pytest.mark.unit
async def test_each_hears_at_its_own_rate_and_has_its_own_words() -> None:
    finals, partials = Counting(16000), Counting(8000)
    pair = PairedRecognizer(finals, partials)
    assert (pair.name, pair.rate_hz) == ("at 16000", 16000)
    session = await pair.open()
    session.feed(SOUND)
    session.prepare()
    assert session.partial.text == "800 so far"
    assert await session.finish() == Transcript("1600 in all", final=True)
    assert (finals.prepared, partials.prepared) == (1, 0)
    assert session.partial.text == "0 so far"
    await session.close()
    assert finals.closed
    assert partials.closed


@pytest.mark.unit
async def test_partials_that_cannot_keep_up_cost_no_final_word() -> None:
    finals, partials = Counting(8000), Counting(8000)
    session = await PairedRecognizer(finals, partials).open()
    partials.busy = True
    session.feed(SOUND)
    partials.busy = False
    session.feed(SOUND)
    assert session.partial.text == "0 so far"
    assert (await session.finish()).text == "3200 in all"
    session.feed(SOUND)
    assert session.partial.text == "1600 so far"


@pytest_asyncio.fixture
async def pair(whisper_path: Path) -> AsyncIterator[PairedRecognizer]:
    finals = await WhisperRecognizer.load(whisper_path)
    partials = await VoskRecognizer.load(DEMO)
    yield PairedRecognizer(finals, partials)
    await asyncio.gather(finals.close(), partials.close())


@pytest.mark.engine
async def test_vosk_has_words_while_whisper_still_listens(pair: PairedRecognizer) -> None:
    sound = clip("what are your opening hours", 16000)
    session = await pair.open()
    partials = set()
    for at in range(0, sound.size, 320):
        session.feed(sound[at : at + 320])
        await asyncio.sleep(0.005)
        partials.add(session.partial.text)
    assert any(text.startswith("what are") for text in partials)
    assert canonical((await session.finish()).text) == "what are your opening hours"
    await session.close()
