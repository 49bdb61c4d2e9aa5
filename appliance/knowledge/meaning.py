"""What sentences mean: vectors that lie near each other when two say the same in other words.

The vectors of the site's questions are made once, when its agents are loaded. Those of a caller's
words are made before anything is decided (``Meaning.sense``, on the encoder's thread) and handed to
the rules as a value, so that the rules themselves stay functions without waiting. A rule that finds
no vector of a text goes by its words.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from appliance.config.agent import KnowledgeEntry
from appliance.errors import EngineError
from appliance.knowledge.parts import plain, sentences
from appliance.knowledge.talk import Encoder, TalkMeaning, Vector, learn_talk, nearest
from appliance.knowledge.words import akin, content

Sense = Mapping[str, Vector]
"""The vectors of a caller's words, whole and in parts, and of single words."""
NO_SENSE: Final[Sense] = {}

MOST_WORDS: Final = 12
"""Words of one text that are looked at alone."""
KEPT: Final = 4096
"""Vectors of words that are kept: callers say the same ones again and again. 6 MB."""
RECENT: Final = 32
"""Vectors of sentences that are kept: one turn is planned more than once."""
QUESTION, ANSWER, TOPIC = 0.625, 0.1875, 0.1
"""What nearness to the nearest question, to the nearest sentence of the answer and to the line
``asks`` count for."""
UNTOLD: Final = 0.5
"""What is explained of a text without any word that tells something."""
NEAR_WORD, SAME_WORD = 0.25, 0.75
"""A word is none of the entry's up to the first cosine, and counts as one from the second on."""
ELSEWHERE: Final = 0.55
"""Cosine with such a question that tells something."""
MISSED_WORD, FOUND_WORD = 0.25, 0.55
"""Likewise a word that all questions of an entry have."""
ALL_BUT_ONE: Final = 4
"""So many questions may have one among them that lacks such a word."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class EntryMeaning:
    """The vectors of one entry."""

    questions: Vector
    answer: Vector
    """Of its sentences, a row each."""
    topic: Vector
    told: tuple[str, ...]
    """All its words that tell something."""
    words: Vector
    """A row for each of ``told``, or one when there are none."""
    core: Vector
    """Of those among them that all its questions have: who speaks of something else must not get
    its answer. No rows: there are none."""


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows of all entries under one another, because one product of many rows is soon made."""

    rows: Vector
    starts: list[int]
    """The first row of each entry; each has one at least."""

    @classmethod
    def of(cls, listed: Sequence[Vector]) -> _Rows:
        ends = np.cumsum([len(rows) for rows in listed], dtype=int)
        starts = [0, *ends[:-1].tolist()] if listed else []
        return cls(np.concatenate(listed) if listed else np.zeros((0, 1), np.float32), starts)

    def nearest(self, vector: Vector) -> Vector:
        """The cosine of the nearest row of each entry."""
        return np.maximum.reduceat(self.rows @ vector, self.starts)


class Meaning:
    """The meaning of one agent's knowledge. Event loop only."""

    def __init__(
        self, encoder: Encoder, language: str, entries: Sequence[EntryMeaning], talk: TalkMeaning
    ) -> None:
        self._encoder = encoder
        self._language = language
        self._entries = tuple(entries)
        self._questions = _Rows.of([entry.questions for entry in entries])
        self._answers = _Rows.of([entry.answer for entry in entries])
        self._words: OrderedDict[str, Vector] = OrderedDict(
            (word, row)
            for entry in entries
            for word, row in zip(entry.told, entry.words, strict=False)
        )
        self._recent: OrderedDict[str, Vector] = OrderedDict()
        self.talk = talk

    async def sense(self, texts: Iterable[str]) -> Sense:
        """The vectors of ``texts`` and of the words of the first one; none when the encoder cannot
        tell them, and then words alone decide."""
        wanted = list(dict.fromkeys(texts))
        words = content(wanted[0], self._language)[:MOST_WORDS] if wanted else []
        try:
            found = await self._kept(self._recent, wanted, RECENT)
            return await self._kept(self._words, words, KEPT) | found
        except EngineError as error:
            log.warning("%s: %s; questions are compared by their words", error.code, error)
            return NO_SENSE

    async def _kept(
        self, kept: OrderedDict[str, Vector], texts: Sequence[str], most: int
    ) -> dict[str, Vector]:
        """The vectors of ``texts``, of which the encoder only makes what is not ``kept``."""
        new = [text for text in texts if text not in kept]
        made = dict(zip(new, await self._encoder.vectors(new), strict=True)) if new else {}
        found = {text: made[text] if text in made else kept[text] for text in texts}
        for text, vector in found.items():
            kept[text] = vector
            kept.move_to_end(text)
        while len(kept) > most:
            kept.popitem(last=False)
        return found

    def nearness(self, vector: Vector) -> list[float]:
        """How near ``vector`` is to each entry, at most 1."""
        if not self._entries:
            return []
        topics = np.stack([entry.topic for entry in self._entries]) @ vector
        near = QUESTION * self._questions.nearest(vector) + ANSWER * self._answers.nearest(vector)
        return [float(each) for each in near + TOPIC * topics]

    def nearest_question(self, number: int, vector: Vector) -> int:
        """Which question of the entry is nearest."""
        return int((self._entries[number].questions @ vector).argmax())

    def questions_of(self, entries: Iterable[int]) -> Vector:
        """The questions of the ``entries`` (at least one), a row each, in order."""
        return np.concatenate([self._entries[number].questions for number in entries])

    def likest_question(self, vector: Vector, entries: Iterable[int]) -> float:
        """The cosine with the nearest question of the ``entries``."""
        wanted = list(entries)
        return float(self._questions.nearest(vector)[wanted].max()) if wanted else 0.0

    def is_elsewhere(self, vector: Vector) -> bool:
        """Whether it is nearer to what no site answers than to any question of this one."""
        return nearest(self.talk.elsewhere, vector) > max(self.likest(vector), ELSEWHERE)

    def likest(self, vector: Vector) -> float:
        """The cosine with the nearest question of all."""
        return self.likest_question(vector, range(len(self._entries)))

    def explained(self, number: int, words: Sequence[str], sense: Sense) -> float:
        """How much of what the ``words`` speak of the entry speaks of too, 0..1."""
        there = [sense[word] for word in words if word in sense]
        if not there:
            return UNTOLD
        best = (np.stack(there) @ self._entries[number].words.T).max(axis=1)
        return float(np.clip((best - NEAR_WORD) / (SAME_WORD - NEAR_WORD), 0, 1).mean())

    def lacks_core(self, number: int, words: Sequence[str], sense: Sense) -> float:
        """How surely nothing among the ``words`` is what all the entry's questions are about,
        0..1."""
        there = [sense[word] for word in words if word in sense]
        core = self._entries[number].core
        if not there or not len(core):
            return 0.0
        best = float((np.stack(there) @ core.T).max())
        return float(np.clip((FOUND_WORD - best) / (FOUND_WORD - MISSED_WORD), 0, 1))


async def learn(encoder: Encoder, entries: Sequence[KnowledgeEntry], language: str) -> Meaning:
    """The meaning of the ``entries`` of an agent in ``language``; about 1 ms for each sentence.

    Raises EngineError.
    """
    learned = [await _learn_entry(encoder, entry, language) for entry in entries]
    return Meaning(encoder, language, learned, await learn_talk(encoder, language))


async def _learn_entry(encoder: Encoder, entry: KnowledgeEntry, language: str) -> EntryMeaning:
    topic = entry.asks or entry.questions[0]
    questions = [plain(question, language) for question in entry.questions]
    answer = sentences(entry.answer)
    vectors = await encoder.vectors([*questions, *answer, topic])
    told = [content(question, language) for question in questions]
    everything = [*told, content(f"{entry.answer} {topic}", language)]
    words = list(dict.fromkeys(word for listed in everything for word in listed))
    core = [word for word in words if _is_core(word, told)]
    single = await encoder.vectors([*words, *core] or ["?"])
    return EntryMeaning(
        vectors[: len(questions)],
        vectors[len(questions) : -1],
        vectors[-1],
        tuple(words),
        single[: len(words)] if words else single[:1],
        single[len(words) :] if words else single[1:],
    )


def _is_core(word: str, questions: Sequence[Sequence[str]]) -> bool:
    with_it = sum(any(akin(word, other) for other in listed) for listed in questions)
    return with_it >= len(questions) - (len(questions) >= ALL_BUT_ONE)
