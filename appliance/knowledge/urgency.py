"""Finds the cry for help in what a caller said, whatever else is in the sentence.

An emergency in words that nobody wrote down is still one, so an entry that is marked ``urgent`` is
found by the language's own list of emergencies too, and from a lower score on than any other. What
only sounds like one ("this is no emergency", "he had a stroke last year") is told by a second list,
by the site's other questions, and by a negation before the word that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from appliance.config.agent import KnowledgeEntry
from appliance.knowledge.form import form
from appliance.knowledge.lexical import Lexical
from appliance.knowledge.meaning import Meaning, Sense
from appliance.knowledge.talk import Vector
from appliance.knowledge.words import akin, content
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

SURELY, CLEARER = 0.6, 0.05
"""Cosine with an emergency from which on a clause is one, and by how much it must be nearer to that
than to what only sounds like one, or to a plain question ..."""
LIKELY, MUCH_CLEARER = 0.5, 0.12
"""... or so near, and so much nearer."""
MAYBE: Final = 0.42
"""Worth asking about, if it is so much nearer too."""
PLAINLY: Final = 0.67
"""A clause torn out of its sentence that names no danger must be so near."""
SAME_WORDS: Final = 0.7
"""Lexical score that is enough."""
WINDOW: Final = 6
"""Words that are looked at together where no vector tells and nothing shows where a clause ends."""
REACH: Final = 3
"""A negation turns so many words behind it."""


@dataclass(frozen=True, slots=True)
class Emergency:
    """A clause that calls for help, and the entry that answers it."""

    entry: KnowledgeEntry
    verdict: Literal["urgent", "maybe"]


class Urgency:
    """The urgent entries of one agent. Event loop only."""

    def __init__(
        self, entries: Sequence[KnowledgeEntry], language: str, meaning: Meaning | None
    ) -> None:
        self._entries = entries
        self._urgent = [number for number, entry in enumerate(entries) if entry.urgent]
        self._plain = [number for number, entry in enumerate(entries) if not entry.urgent]
        self._language = language
        self._meaning = meaning
        known = language_of(language).talk
        own = [question for number in self._urgent for question in entries[number].questions]
        self._sentences = [*own, *known.urgent] if self._urgent else []
        self._words = _lexical(tuple(self._sentences), language)
        self._calm = _lexical(known.calm if self._urgent else (), language)

    def find(self, clauses: Sequence[str], sense: Sense) -> Emergency | None:
        """The most urgent of the ``clauses`` of what was said, if any is."""
        if not self._urgent:
            return None
        maybe: Emergency | None = None
        for number, clause in enumerate(clauses):
            found = self._judge(clause, sense.get(clause), whole=number == 0)
            if found is not None and found.verdict == "urgent":
                return found
            maybe = maybe or found
        return maybe

    def _judge(self, clause: str, vector: Vector | None, *, whole: bool) -> Emergency | None:
        if not content(clause, self._language):
            return None
        if vector is None or self._meaning is None:
            urgent = any(map(self._same_words, _windows(clause)))
            return Emergency(self._entries[self._urgent[0]], "urgent") if urgent else None
        like, sentence = self._likest(vector)
        calm = self._meaning.talk.calmest(vector)
        clearer = like - max(calm, self._meaning.likest_question(vector, self._plain))
        if clearer < CLEARER or self._denies(clause, sentence):
            return None
        verdict = self._verdict(clause, like, clearer, whole=whole)
        return Emergency(self._nearest(vector), verdict) if verdict else None

    def _verdict(
        self, clause: str, like: float, clearer: float, *, whole: bool
    ) -> Literal["urgent", "maybe"] | None:
        """Of a clause so ``like`` an emergency, and so much ``clearer`` than anything calm."""
        talk = language_of(self._language).talk
        said = canonical(clause, self._language)
        danger = talk.danger is None or bool(talk.danger.search(said))
        plainly = like >= PLAINLY and clearer >= MUCH_CLEARER
        if not danger and not plainly and (not whole or like < SURELY):
            return "maybe" if whole and like >= LIKELY and clearer >= MUCH_CLEARER else None
        likely = like >= LIKELY and (clearer >= MUCH_CLEARER or talk.danger is not None)
        asks = form(clause, self._language) == "asks"
        if (like >= SURELY or (likely and not asks)) and not talk.over.search(said):
            return "urgent"
        return "maybe" if like >= MAYBE and clearer >= MUCH_CLEARER else None

    def _likest(self, vector: Vector) -> tuple[float, str]:
        """The emergency that is nearest, and how near."""
        assert self._meaning is not None
        rows = self._meaning.questions_of(self._urgent), self._meaning.talk.urgent
        scores = np.concatenate([each @ vector for each in rows])
        best = int(scores.argmax())
        return float(scores[best]), self._sentences[best]

    def _nearest(self, vector: Vector) -> KnowledgeEntry:
        assert self._meaning is not None
        scores = self._meaning.nearness(vector)
        return self._entries[max(self._urgent, key=scores.__getitem__)]

    def _same_words(self, clause: str) -> bool:
        """Whether the words of an emergency are there, and are not denied."""
        scores = self._words.scores(clause)
        best = max(range(len(scores)), key=scores.__getitem__)
        calm = max(self._calm.scores(clause), default=0.0)
        enough = scores[best] >= SAME_WORDS and scores[best] > calm
        return enough and not self._denies(clause, self._sentences[best])

    def _denies(self, clause: str, sentence: str) -> bool:
        """Whether ``clause`` negates a word of ``sentence``, which negates nothing."""
        turns = language_of(self._language).talk.not_so
        if turns.search(canonical(sentence, self._language)):
            return False
        said = canonical(clause, self._language).split()
        meant = content(sentence, self._language)
        return any(
            akin(word, other)
            for at, turning in enumerate(said)
            if turns.fullmatch(turning)
            for word in said[at + 1 : at + 1 + REACH]
            for other in meant
        )


@lru_cache(maxsize=16)
def _lexical(sentences: tuple[str, ...], language: str) -> Lexical:
    """Shared by all agents: what is shipped is the same for all of them."""
    return Lexical([[sentence] for sentence in sentences], language)


def _windows(clause: str) -> list[str]:
    said = clause.split()
    starts = range(0, max(1, len(said) - WINDOW + 2), 2)
    return [clause, *(" ".join(said[at : at + WINDOW]) for at in starts)]
