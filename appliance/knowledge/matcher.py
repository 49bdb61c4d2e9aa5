"""Finds the entry of the site's knowledge that a caller asks for, by words and by meaning.

A wrong answer in the clinic's own voice is worse than none, so there are three outcomes: a match is
confident when it is good and no other entry comes near it; it is weak when one or two entries may
be meant, which is worth asking the caller; or there is none. The weights and thresholds were chosen
on 675 sentences to three sites (``tests/data/sets/answers.tsv``, both parts).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from appliance.config.agent import KnowledgeEntry
from appliance.knowledge.form import asks_for_another, same_form
from appliance.knowledge.lexical import Lexical
from appliance.knowledge.meaning import NO_SENSE, Meaning, Sense
from appliance.knowledge.parts import plain
from appliance.knowledge.urgency import Urgency
from appliance.knowledge.words import content

Verdict = Literal["confident", "weak", "none"]

SAME_WORDS: Final = 0.78
"""Lexical score of a confident match: alone where there is no vector, else with the same entry
first by meaning ..."""
SAME_WORDS_TO_HANG_UP: Final = 0.88
"""... and more than for other entries where nothing can be said after it."""
SOME_WORDS: Final = 0.45
MARGIN: Final = 0.06
"""By so much it is better than every other entry."""
LEXICAL, MEANT = 0.2, 0.8
"""What words and meaning count for."""
AHEAD, EXPLAINED, ASTRAY = 0.4, 0.3, 0.2
"""Certainty beyond the score: how far ahead the best entry is; how much of the caller's words it
speaks of; less, where they lack what all its questions are about."""
TOLD, ANYWAY = 0.15, 0.3
"""More, the more words there are (the logarithm), because nothing is very near to many; less, where
they are near to everything."""
ANOTHER: Final = 0.12
"""Less, where they are after something (why, how long) that none of its questions is after."""
TO_ACT: Final = 0.04
"""Less, where something would be done."""
CERTAIN: Final = 0.79
CERTAIN_TO_HANG_UP: Final = 0.93
WORTH_ASKING: Final = 0.2
"""Score of an entry that the caller is asked about."""
ALONE: Final = 0.2
"""So far ahead, an entry is asked about alone."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the knowledge has to say to something heard."""

    entry: KnowledgeEntry | None
    score: float
    """Comparable between utterances; at most 1, and below 0 for what fits nothing at all."""
    verdict: Verdict
    """``confident``: speak the answer as it stands; ``weak``: ask; ``none``."""
    near: tuple[KnowledgeEntry, ...] = ()
    """Those that may be meant, the best first, whatever the verdict; at most ``NOTED``."""
    alone: bool = True
    """Whether the first of ``near`` is so far ahead that the second is not worth naming."""


NOTED: Final = 3
NOTHING: Final = Match(None, 0.0, "none")


class Knowledge:
    """The entries of one agent. ``match`` is for any one thread at a time, in about 0.3 ms."""

    def __init__(
        self,
        entries: Sequence[KnowledgeEntry],
        language: str = "en",
        meaning: Meaning | None = None,
    ) -> None:
        """``meaning``: that of the same entries, or None to go by the words alone."""
        self.entries = tuple(entries)
        self.language = language
        self.meaning = meaning
        self.urgency = Urgency(self.entries, language, meaning)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._lexical = Lexical(
            [[plain(each, language) for each in entry.questions] for entry in self.entries],
            language,
        )

    def entry(self, entry_id: str) -> KnowledgeEntry:
        """The entry of that id; KeyError when there is none (``agents_file`` has checked)."""
        return self._by_id[entry_id]

    def match(self, text: str, sense: Sense = NO_SENSE, certain: float = CERTAIN) -> Match:
        """The entry that ``text`` (a transcript, or a part of one) asks for, and how sure that is.

        ``sense`` holds the vectors of ``text`` and of its words, if they are known.
        """
        words = self._lexical.scores(plain(text, self.language)) if self.entries else []
        vector = sense.get(text)
        if vector is None or self.meaning is None:
            return self._by_words(words) if any(words) else NOTHING
        meant = self.meaning.nearness(vector)
        scores = [LEXICAL * by + MEANT * of for by, of in zip(words, meant, strict=True)]
        ranked = self._ranked(scores)
        if not ranked:
            return NOTHING
        best, score = ranked[0], scores[ranked[0]]
        ahead = score - (scores[ranked[1]] if len(ranked) > 1 else 0.0)
        told = content(text, self.language)
        certainty = (
            score
            + AHEAD * ahead
            + EXPLAINED * self.meaning.explained(best, told, sense)
            - ASTRAY * self.meaning.lacks_core(best, told, sense)
            + TOLD * math.log1p(len(told))
            - ANYWAY * sum(scores[number] for number in ranked) / len(ranked)
        )
        entry = self.entries[best]
        if asks_for_another(text, entry.questions, self.language):
            certainty -= ANOTHER
        if entry.action is not None or entry.tool is not None:
            certainty -= TO_ACT
        end = entry.action == "hangup"
        by_words = self._by_words(words)
        sure = by_words.verdict == "confident" and by_words.entry is entry
        sure = sure or certainty >= (CERTAIN_TO_HANG_UP if end else certain)
        nearest = entry.questions[self.meaning.nearest_question(best, vector)]
        if not same_form(text, nearest, self.language):
            sure = False
        verdict: Verdict = "confident" if sure else "weak" if score >= WORTH_ASKING else "none"
        near = tuple(self.entries[n] for n in ranked[:NOTED] if scores[n] >= WORTH_ASKING)
        return Match(None if verdict == "none" else entry, score, verdict, near, ahead >= ALONE)

    def _by_words(self, scores: Sequence[float]) -> Match:
        ranked = self._ranked(scores)
        if not ranked:
            return NOTHING
        score = scores[ranked[0]]
        ahead = score - (scores[ranked[1]] if len(ranked) > 1 else 0.0)
        if score < SOME_WORDS:
            return Match(None, score, "none")
        entry = self.entries[ranked[0]]
        enough = SAME_WORDS_TO_HANG_UP if entry.action == "hangup" else SAME_WORDS
        sure = score >= enough and ahead >= MARGIN
        near = tuple(self.entries[n] for n in ranked[:NOTED] if scores[n] >= SOME_WORDS)
        return Match(entry, score, "confident" if sure else "weak", near, ahead >= ALONE)

    def _ranked(self, scores: Sequence[float]) -> list[int]:
        """The entries but the urgent ones, which ``urgency`` finds, the best first."""
        plain = [number for number, entry in enumerate(self.entries) if not entry.urgent]
        return sorted(plain, key=scores.__getitem__, reverse=True)
