"""Whether what was heard is worth an answer: sure words, words to ask for again, or no turn at all.

A recogniser makes words of every sound. How sure it is tells much, but not by itself: a lone "yes"
after a yes/no question is right at a confidence at which sentences hardly ever are, and "Amen"
where nothing was asked was a hum. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from appliance.call.reply import FixedReply, Reply
from appliance.call.wanted_value import WantedValue
from appliance.config.agent import Agent
from appliance.engines.base import Transcript
from appliance.knowledge.matcher import Knowledge
from appliance.language.acts import ANSWERS, act_of
from appliance.language.language import Language
from appliance.language.registry import language_of
from appliance.text.canonical import canonical
from appliance.turns.barge_in import is_sound

UNHEARD_SPEECH_S: Final = 0.9
"""So much voice without a sure word was somebody speaking, not a cough or a hum."""
HUM_CONFIDENCE: Final = 0.6
"""Less voice than that, with words of which the recogniser is less sure, was a hum, where nothing
was asked."""

Confidence = Literal["sure", "unsure", "nothing"]
"""``nothing``: a hesitation, a cough, a hum; no turn."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the agent's last words make likely."""

    previous: Reply | None = None
    said: str = ""
    """What the caller heard of it."""
    asked: bool = False
    """Whether they were a question."""

    @property
    def value(self) -> WantedValue | None:
        """What the caller is dictating, if anything."""
        return self.previous.asked if isinstance(self.previous, FixedReply) else None


def confidence_in(
    transcript: Transcript,
    voiced_s: float,
    agent: Agent,
    knowledge: Knowledge,
    expected: Expected,
) -> Confidence:
    """How to take ``transcript``, said with ``voiced_s`` of voice after what ``expected`` tells."""
    language, said = language_of(agent.language), canonical(transcript.text, agent.language)
    wanted = bool(said) and _is_wanted(said, agent, knowledge, expected.previous)
    if said and not wanted and language.hesitations.fullmatch(said):
        return "nothing"
    least = agent.min_confidence
    if wanted:
        least = min(least, agent.min_confidence_expected)
    if not said or transcript.confidence < least:
        return "unsure" if voiced_s >= UNHEARD_SPEECH_S else "nothing"
    if wanted or expected.asked or _is_known(said, language):
        return "sure"
    hum = voiced_s < UNHEARD_SPEECH_S and transcript.confidence < HUM_CONFIDENCE
    return "nothing" if hum or is_sound(voiced_s, transcript.confidence) else "sure"


def _is_wanted(said: str, agent: Agent, knowledge: Knowledge, previous: Reply | None) -> bool:
    """Whether ``said`` is just what was asked for, or a question that the site knows."""
    language = language_of(agent.language)
    expect = previous.expect if isinstance(previous, FixedReply) else "any"
    if expect == "yes_no" and act_of(said, language, asked=True).kind in ANSWERS:
        return True
    if expect == "digits" and all(word in language.digits for word in said.split()):
        return True
    match = knowledge.match(said)
    known = match.entry if match.verdict == "confident" else None
    return known is not None and known.action is None and known.tool is None


def _is_known(said: str, language: Language) -> bool:
    """A short word that is one by itself."""
    words = said.split()
    return bool(language.takes_floor.match(said)) or any(word in language.closed for word in words)
