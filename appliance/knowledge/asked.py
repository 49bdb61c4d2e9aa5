"""What a caller asks for, of all that one utterance may hold: a cry for help, one question in three
sentences, two questions in one, a question that goes on with the last answer, or no question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from appliance.config.agent import KnowledgeEntry
from appliance.knowledge.form import Form, form
from appliance.knowledge.matcher import NOTHING, Knowledge, Match
from appliance.knowledge.meaning import NO_SENSE, Sense
from appliance.knowledge.parts import parts
from appliance.knowledge.talk import Topic
from appliance.knowledge.urgency import Emergency
from appliance.knowledge.words import content
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

MOST_ANSWERS: Final = 3
SHORT: Final = 4
"""So few words may go on with what was talked about without saying so."""
FEWEST_WORDS: Final = 3
"""Words of a clause that is a question of its own."""
CERTAIN_ALONE: Final = 0.8
"""Certainty of such a clause: torn out of its sentence it may mean something else."""
NEAR_ENOUGH: Final = 0.35
"""Nearness of a clause that may be one; the rest need not be looked at more closely."""
TALK_AHEAD: Final = 0.05
"""So much nearer to small talk than to any question, words are that."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an utterance asks for."""

    emergency: Emergency | None
    answers: tuple[KnowledgeEntry, ...]
    """Surely asked for, each once, in their order; those with an action last."""
    near: tuple[KnowledgeEntry, ...]
    """Where nothing is sure: what may be meant, the best first."""
    alone: bool
    """Whether the first of ``near`` is far ahead of the others."""
    topic: Topic | None
    """What else it is about."""
    form: Form
    score: float = 0.0


async def sense_of(knowledge: Knowledge, text: str, topic: KnowledgeEntry | None) -> Sense:
    """The vectors that ``asked`` needs for the same arguments; a few milliseconds on the encoder's
    thread."""
    if knowledge.meaning is None:
        return NO_SENSE
    return await knowledge.meaning.sense(_texts(knowledge, text, topic))


def asked(
    knowledge: Knowledge, text: str, topic: KnowledgeEntry | None = None, sense: Sense = NO_SENSE
) -> Asked:
    """What ``text`` (a transcript) asks for, behind an answer from the entry ``topic``. Pure."""
    clauses = parts(text, knowledge.language)
    if not clauses:
        return Asked(None, (), (), alone=True, topic=None, form="tells")
    emergency = knowledge.urgency.find(clauses, sense)
    whole = knowledge.match(clauses[0], sense)
    sure = _sure(knowledge, whole, clauses, sense)
    if not sure and topic is not None and _goes_on(clauses[0], knowledge.language):
        behind = knowledge.match(_behind(topic, clauses[0]), sense)
        sure = [entry for entry in (behind.entry,) if entry and behind.verdict == "confident"]
        whole = max(whole, behind, key=lambda match: match.score)
    about = None
    vector = sense.get(clauses[0])
    if vector is not None and knowledge.meaning is not None:
        about, like = knowledge.meaning.talk.topic(vector)
        if about is not None and like < whole.score + TALK_AHEAD:
            about = None
        if about == "small_talk" and like > knowledge.meaning.likest(vector) + TALK_AHEAD:
            sure = []
        if knowledge.meaning.is_elsewhere(vector):
            sure, whole = [], NOTHING
    return Asked(
        emergency,
        tuple(sorted(sure, key=lambda entry: entry.action is not None)),
        () if sure else whole.near,
        whole.alone,
        about,
        form(text, knowledge.language),
        whole.score,
    )


def _texts(knowledge: Knowledge, text: str, topic: KnowledgeEntry | None) -> list[str]:
    clauses = list(parts(text, knowledge.language))
    if topic is not None and clauses and _goes_on(clauses[0], knowledge.language):
        clauses.append(_behind(topic, clauses[0]))
    return clauses


def _sure(
    knowledge: Knowledge, whole: Match, clauses: Sequence[str], sense: Sense
) -> list[KnowledgeEntry]:
    """What is surely asked for: by the whole, and by clauses that are sure by themselves."""
    matches = (
        knowledge.match(clause, sense, CERTAIN_ALONE)
        for clause in clauses[1:]
        if _may_ask(knowledge, clause, sense)
    )
    found = [match for match in matches if match.verdict == "confident"]
    if whole.verdict == "confident" and whole.entry not in [match.entry for match in found]:
        found.insert(0, whole)
    entries = [match.entry for match in found if match.entry is not None]
    return list({entry.id: entry for entry in entries}.values())[:MOST_ANSWERS]


def _may_ask(knowledge: Knowledge, clause: str, sense: Sense) -> bool:
    """Whether it is worth looking whether ``clause`` is a question of its own."""
    if len(clause.split()) < FEWEST_WORDS or not content(clause, knowledge.language):
        return False
    vector = sense.get(clause)
    if vector is None or knowledge.meaning is None:
        return True
    return max(knowledge.meaning.nearness(vector), default=0.0) >= NEAR_ENOUGH


def _goes_on(text: str, language: str) -> bool:
    """Whether ``text`` may need what was talked about to be understood."""
    known = language_of(language).talk
    said = canonical(text, language)
    return bool(
        known.joins_questions.search(said)
        or known.refers.search(said)
        or len(said.split()) <= SHORT
    )


def _behind(topic: KnowledgeEntry, text: str) -> str:
    return f"{topic.asks or topic.questions[0]}, {text}"
