"""A turn that was answered although the caller had not finished.

They go on into the first words of the answer. What they say then is the second half of one
sentence, so both halves are answered together and stand as one in the dialogue and the record; the
answer to the half is taken back. Unless they plainly did something else with their new words, or
the answer has done what cannot be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from appliance.call.confidence import Expected
from appliance.engines.base import Message
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Judgement

if TYPE_CHECKING:
    from appliance.call.turn import Turn


@dataclass(frozen=True, slots=True)
class Before:
    """What was known before a turn was remembered."""

    messages: tuple[Message, ...]
    """Of the dialogue."""
    expected: Expected
    """Of the answer before."""


def can_be_half(turn: Turn) -> bool:
    """Whether what the caller says next may belong to ``turn``."""
    return bool(turn.segments) and bool(turn.text) and not turn.lasting


def goes_on(words: str, half: str, language: str) -> bool:
    """Whether ``words``, said into the beginning of the answer to ``half``, may be its second half;
    False for "no", "stop", "sorry, I meant", a backchannel, nothing, and for a question that stands
    by itself where the half could, too."""
    said, ends = canonical(words, language), language_of(language).ends
    if not said or ends.new_act.search(said):
        return False
    cut_off = judgement(half, language) in (Judgement.INCOMPLETE, Judgement.DIGITS)
    return cut_off or not ends.own_question.search(said)
