"""What a caller asks for, of all that one utterance may hold: a cry for help, one question in three
sentences, two questions in one, a question that goes on with the last answer, or no question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
CERTAIN_BEHIND: Final = 0.65
"""Certainty that words go on with what was just answered."""
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
    if topic is not None and _goes_on(clauses[0], knowledge.language):
        sure, whole = _behind_topic(knowledge, clauses[0], topic, sure, whole, sense)
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
    said = form(text, knowledge.language)
    if topic is not None and not sure and about is None and said != "tells":
        whole = _or_more_of(topic, whole, clauses[0], knowledge.language)
    return Asked(
        emergency,
        tuple(sorted(sure, key=lambda entry: entry.action is not None)),
        () if sure else whole.near,
        whole.alone,
        about,
        said,
        whole.score,
    )


def _texts(knowledge: Knowledge, text: str, topic: KnowledgeEntry | None) -> list[str]:
    heard = parts(text, knowledge.language)
    clauses = [*heard[:1], *(each for each in heard[1:] if content(each, knowledge.language))]
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


def _behind_topic(
    knowledge: Knowledge,
    text: str,
    topic: KnowledgeEntry,
    sure: list[KnowledgeEntry],
    whole: Match,
    sense: Sense,
) -> tuple[list[KnowledgeEntry], Match]:
    """What is sure, and the best match, of ``text`` that may go on with ``topic``."""
    refers = language_of(knowledge.language).talk.refers.search(canonical(text, knowledge.language))
    if sure and (topic in sure or not refers):
        return sure, whole
    joined = _behind(topic, text)
    behind = knowledge.match(joined, sense)
    if sure and behind.entry is not topic:
        return sure, whole
    if sure:  # "and where is that?": of what was talked about, or of the site
        return [], replace(behind, near=(*sure[:1], topic), alone=False)
    if behind.entry is topic:
        behind = knowledge.match(joined, sense, CERTAIN_BEHIND)
    if behind.entry is not None and behind.verdict == "confident":
        return [behind.entry], behind
    return [], max(whole, behind, key=lambda match: match.score)


def _or_more_of(topic: KnowledgeEntry, whole: Match, text: str, language: str) -> Match:
    """``whole``, with ``topic`` among what a question may be about that goes on with it."""
    if not _goes_on(text, language) or topic in whole.near[:2]:
        return whole
    return replace(whole, near=(*whole.near[:1], topic), alone=False)


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
