"""The shipped sentences, spoken by the demo's voice with pauses inside, through the real voice
detector, in audio time. Their words are taken as a good recogniser writes them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from appliance.audio.frame import FRAME_S, FRAME_SAMPLES, Pcm
from appliance.bench.turns_sentences import SHIPPED, Sentence, spoken
from appliance.config.agent import Endpointing
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Endpointer, SpeechPaused, TurnEnded
from appliance.turns.vad import SileroVad
from appliance.turns.voice_end import VoiceEnd
from appliance.weights.catalogue import models_root

pytestmark = pytest.mark.engine

READY_S = 0.1
"""From the pause to the words."""
AUDIBLE_S = 0.03
"""From the end of the turn to the agent's first sound."""


@cache
def sounds() -> dict[str, Pcm]:
    texts = {text for each in SHIPPED for text in (each.first, each.second) if text}
    root = models_root()
    return asyncio.run(spoken(str(root / "demo/piper-en"), root, sorted(texts)))


def ends_s(sentence: Sentence, pause_s: float) -> Iterator[float]:
    """When the agent would be audible, after the end of the first part."""
    first = sounds()[sentence.first]
    second = sounds()[sentence.second] if sentence.second else first[:0]
    silence = [np.zeros(round(8000 * seconds), np.int16) for seconds in (0.5, pause_s, 2.0)]
    line = np.concatenate([silence[0], first, silence[1], second, silence[2]])
    noise = np.random.default_rng(1).normal(0, 8, line.size)
    ears, detector, level = Endpointer(Endpointing()), SileroVad.load().open(), VoiceEnd(8000)
    end_s, judged_s = 0.5 + first.size / 8000, np.inf
    for number in range(line.size // FRAME_SAMPLES):
        part = slice(number * FRAME_SAMPLES, (number + 1) * FRAME_SAMPLES)
        frame = (line[part] + noise[part]).astype(np.int16)
        level.push(frame)
        for seconds, probability in detector.push(frame):
            ahead_s = (number + 1) * FRAME_S - ears.now_s - seconds
            for event in ears.push(seconds, probability, quiet_s=level.quiet_s - ahead_s):
                if isinstance(event, SpeechPaused):
                    judged_s = ears.now_s + READY_S
                if isinstance(event, TurnEnded):
                    yield ears.now_s - end_s + AUDIBLE_S
            if ears.now_s >= judged_s:
                ears.judge(judgement(sentence.first + ".", "en"))


def cut_ins(kind: str, pause_s: float) -> list[str]:
    """The sentences in which the agent is audible before the second part begins."""
    return [
        each.first
        for each in SHIPPED
        if each.kind == kind and any(0 < end < pause_s for end in ends_s(each, pause_s))
    ]


@pytest.mark.parametrize("pause_s", [0.3, 0.5, 0.8])
def test_nobody_is_cut_short_in_half_a_sentence(pause_s: float) -> None:
    assert cut_ins("unfinished", pause_s) == []


@pytest.mark.parametrize("pause_s", [0.3, 0.5])
def test_who_pauses_for_half_a_second_where_a_sentence_could_end_is_not_cut_short(
    pause_s: float,
) -> None:
    assert cut_ins("could_end", pause_s) == []


def test_who_has_finished_waits_for_little_more_than_half_a_second() -> None:
    waits = [min(ends_s(each, 0.0)) for each in SHIPPED if each.kind == "whole"]
    assert np.median(waits) <= 0.57
    assert max(waits) <= 0.9
