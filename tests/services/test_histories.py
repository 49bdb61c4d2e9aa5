"""What clients that tell only the last words are remembered by."""

from __future__ import annotations

import pytest

from appliance.engines.base import Message
from appliance.services.histories import MOST_CALLS, MOST_CHARACTERS, Histories

pytestmark = pytest.mark.unit


def test_every_call_has_its_own() -> None:
    histories = Histories()
    histories.add("a", "hello", "good day")
    histories.add("b", "goodbye", "")
    assert histories.of("a") == (Message("user", "hello"), Message("assistant", "good day"))
    assert histories.of("b") == (Message("user", "goodbye"),)
    assert histories.of("c") == ()


def test_the_beginning_of_a_long_call_is_forgotten() -> None:
    histories = Histories()
    for n in range(300):
        histories.add("a", f"question {n}", "x" * 100)
    kept = histories.of("a")
    assert sum(len(message.content) for message in kept) <= MOST_CHARACTERS
    assert kept[-2].content == "question 299"


def test_the_call_that_was_silent_longest_is_forgotten_first() -> None:
    histories = Histories()
    histories.add("first", "hello", "")
    histories.add("second", "hello", "")
    histories.add("first", "still here", "")
    for n in range(MOST_CALLS - 1):
        histories.add(str(n), "hello", "")
    assert histories.of("second") == ()
    assert histories.of("first")
