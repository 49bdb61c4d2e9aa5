"""What a language model writes, cut to be spoken."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import numpy as np
import pytest

from appliance.call.utterances import utterances
from appliance.engines.base import Speech
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


async def cut(deltas: Sequence[str | Speech], max_tokens: int = 100) -> list[str | Speech]:
    async def written() -> AsyncIterator[str | Speech]:
        for delta in deltas:
            yield delta

    return [utterance async for utterance in utterances(written(), max_tokens)]


def test_sentences_are_pieces_and_thoughts_are_not() -> None:
    deltas = ["<think>Who is", " it?</think>Good", " day. How", " can I help?"]
    assert run(cut(deltas)) == ["Good day.", "How can I help?"]


def test_half_a_sentence_at_the_end_of_the_tokens_is_left() -> None:
    assert run(cut(["We", " are.", " And", " then"], max_tokens=4)) == ["We are."]
    assert run(cut(["We", " are.", " And", " then"], max_tokens=9)) == ["We are.", "And then"]
    assert run(cut(["We", " go"], max_tokens=2)) == ["We go"]


def test_sound_ends_the_piece_before_it() -> None:
    sound = Speech(np.zeros(8, np.int16), 8000, "")
    assert run(cut(["Listen", sound, "That was it."])) == ["Listen", sound, "That was it."]


def test_the_first_delta_is_told_once() -> None:
    told: list[None] = []

    async def written() -> AsyncIterator[str]:
        yield "Good day."
        assert told == [None]
        yield " How are you?"

    async def read() -> None:
        async for _ in utterances(written(), 100, lambda: told.append(None)):
            pass

    run(read())
    assert told == [None]
