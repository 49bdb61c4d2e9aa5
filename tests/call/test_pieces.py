"""What a language model writes, cut to be spoken."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from appliance.call.pieces import pieces
from tests.fakes.virtual_time import run

pytestmark = pytest.mark.unit


async def cut(deltas: list[object], max_tokens: int = 100) -> list[str]:
    async def written() -> AsyncIterator[object]:
        for delta in deltas:
            yield delta

    return [piece async for piece in pieces(written(), max_tokens)]


def test_sentences_are_pieces_and_thoughts_are_not() -> None:
    deltas: list[object] = ["<think>Who is", " it?</think>Good", " day. How", " can I help?"]
    assert run(cut(deltas)) == ["Good day.", "How can I help?"]


def test_half_a_sentence_at_the_end_of_the_tokens_is_left() -> None:
    assert run(cut(["We", " are.", " And", " then"], max_tokens=4)) == ["We are."]
    assert run(cut(["We", " are.", " And", " then"], max_tokens=9)) == ["We are.", "And then"]
    assert run(cut(["We", " go"], max_tokens=2)) == ["We go"]


def test_what_is_no_text_is_left_out() -> None:
    assert run(cut(["Good", object(), " day."])) == ["Good day."]
