"""Utterances of a real voice behind one another, as they go to the wire: no click, no gap, no
hurry."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest

from appliance.agents.voice import Voice
from appliance.audio.frame import FULL_SCALE, WIDE_RATE_HZ, WIRE_RATE_HZ, Pcm, pcm_from_bytes
from appliance.audio.voiced import EDGE_S, SILENCE_RMS
from appliance.call.turn import Turn
from appliance.engines.piper import PiperSynthesizer
from appliance.text.sentences import pause_after_s, utterances_of
from appliance.turns.playout import Playout

pytestmark = pytest.mark.engine

TEXT = (
    "Thank you, Anna, that is good to know. We can find another time for you on Thursday or on "
    "Friday, if that suits you better. Shall we?"
)


class Clock:
    def now(self) -> float:
        return time.monotonic()


async def written() -> AsyncIterator[str]:
    for word in TEXT.split():
        yield word + " "


@pytest.fixture
def sound(voice_path: Path) -> Pcm:
    """TEXT as it goes to the wire."""
    return asyncio.run(spoken(voice_path))


async def spoken(voice_path: Path) -> Pcm:
    synthesizer = await PiperSynthesizer.load(voice_path)
    playout = Playout()
    turn = Turn(Voice(synthesizer, "en"), playout, Clock(), 0.0, "call")
    turn.commit()
    await turn.stream(
        written(), max_tokens=100, allowed=lambda _: True, on_first_utterance=lambda _: None
    )
    await synthesizer.close()
    frames = []
    while playout.pending_ms:
        frames.append(playout.next_frame() or b"")
    return pcm_from_bytes(b"".join(frames))


def silences(sound: Pcm) -> list[tuple[int, int]]:
    """(first sample, one behind the last) of every silence of 50 ms and more inside ``sound``."""
    block = WIRE_RATE_HZ // 200
    blocks = (sound[: sound.size // block * block] / FULL_SCALE).reshape(-1, block)
    quiet = np.sqrt(np.mean(np.square(blocks), axis=1)) < SILENCE_RMS
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    found = [(int(a) * block, int(b) * block) for a, b in edges.reshape(-1, 2) if b - a >= 10]
    return [(a, b) for a, b in found if a > 0 and b < sound.size - block]


def test_where_pieces_meet_is_silence_of_the_length_that_belongs_there(sound: Pcm) -> None:
    lengths = [(stop - start) / WIRE_RATE_HZ for start, stop in silences(sound)]
    utterances = utterances_of(TEXT)
    assert len(utterances) >= 4
    for utterance in utterances[:-1]:
        wanted = 2 * EDGE_S + pause_after_s(utterance)
        nearest = min(lengths, key=lambda length: abs(length - wanted))
        assert nearest == pytest.approx(wanted, abs=0.04), utterance  # two Frames filled up
        lengths.remove(nearest)


async def test_nothing_clicks_where_they_meet(voice_path: Path) -> None:
    """Each utterance begins and ends so near to zero that silence may stand beside it."""
    synthesizer = await PiperSynthesizer.load(voice_path)
    voice = Voice(synthesizer, "en")
    for utterance in utterances_of(TEXT):
        for rate_hz in (WIRE_RATE_HZ, WIDE_RATE_HZ):
            pcm = (await voice.speak(utterance, rate_hz)).pcm.astype(np.int32)
            assert max(abs(pcm[0]), abs(pcm[-1])) < SILENCE_RMS * FULL_SCALE
    await synthesizer.close()
