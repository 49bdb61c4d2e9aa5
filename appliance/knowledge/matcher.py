"""Finds the entry of the site's knowledge that a caller asks for.

SQLite's FTS5 finds and stems (English by Porter) the questions that share words with what was
heard; a small rule then says how sure that is. The rule looks both ways: how much of the question
was heard, and how much of what was heard the question explains, each word counted by how much it
tells. A wrong answer in the clinic's own voice is worse than none, so a match is confident only
when it is good and when no other entry comes near it.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process

from appliance.config.agent import KnowledgeEntry
from appliance.knowledge import words
from appliance.language.registry import language_of

Verdict = Literal["confident", "weak", "none"]

CONFIDENT = 0.78
CONFIDENT_TO_HANG_UP = 0.88
"""More than for other entries: nothing can be said after it."""
WEAK = 0.45
MARGIN = 0.06
"""A confident match is better than every other entry by so much."""
CANDIDATES = 40
SWAPPED = 0.6
"""An entry's questions lend each other words: so much of a word that was not heard counts as heard
when one from another question of the entry was heard instead (speak, talk) ..."""
KINDRED = 0.3
"""... and a word more of such a kind weighs only so much."""
FUZZY_LETTERS = 5
FUZZY_SCORE = 84.0
"""A word nobody put into a question counts as the nearest one that somebody did: misspellings and
near mishearings, of words of so many letters and with so good a rapidfuzz ratio (0..100)."""


@dataclass(frozen=True, slots=True)
class Match:
    """What the knowledge has to say to something heard."""

    entry: KnowledgeEntry | None
    score: float
    """0..1, comparable between utterances."""
    verdict: Verdict
    """``confident``: speak the answer as it stands; ``weak``: a hint for the model; ``none``."""


NOTHING = Match(None, 0.0, "none")


@dataclass(frozen=True, slots=True)
class _Question:
    entry: int
    stems: frozenset[str]


class Knowledge:
    """The entries of one agent. Built once; ``match`` may then be called from any one thread at a
    time and takes well under a millisecond."""

    def __init__(self, entries: Sequence[KnowledgeEntry], language: str = "en") -> None:
        self.entries = tuple(entries)
        self._by_id = {entry.id: entry for entry in self.entries}
        self._language = language
        self._stems: dict[str, str] = {}
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._words = language_of(language).questions
        for table in ("question", "heard"):
            self._db.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize='{self._words.stemmer}')"
            )
        self._db.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(heard, instance)")
        asked = [
            (number, words.tokens(question, language))
            for number, entry in enumerate(self.entries)
            for question in entry.questions
        ]
        self._known = sorted({word for _, question in asked for word in question})
        self._stems.update(zip(self._known, self._stem_all(self._known), strict=True))
        self._db.executemany(
            "INSERT INTO question(rowid, words) VALUES (?, ?)",
            [(row, " ".join(question)) for row, (_, question) in enumerate(asked)],
        )
        self._questions = [
            _Question(number, frozenset(self._stems[word] for word in question))
            for number, question in asked
        ]
        self._vocabulary = [
            frozenset().union(*(q.stems for q in self._questions if q.entry == number))
            for number in range(len(self.entries))
        ]
        self._weights = self._weigh()
        self._extra = self._stemmed(self._words.extra_weights)
        self._turning = {stem for stem, weight in self._extra.items() if weight >= 2}
        self._times = self._stemmed(dict.fromkeys(self._words.times, 0.0)).keys()

    def entry(self, entry_id: str) -> KnowledgeEntry:
        """The entry of that id; KeyError when there is none (``agents_file`` has checked)."""
        return self._by_id[entry_id]

    def match(self, text: str) -> Match:
        """The entry that ``text`` (a transcript) asks for, and how sure that is."""
        heard = self._understood(text)
        if not heard or not self.entries:
            return NOTHING
        best = [0.0] * len(self.entries)
        for question in self._candidates(heard):
            score = self._score(set(heard.values()), question)
            best[question.entry] = max(best[question.entry], score)
        ranked = sorted(range(len(best)), key=best.__getitem__, reverse=True)[:2]
        score = best[ranked[0]]
        rival = best[ranked[1]] if len(ranked) > 1 else 0.0
        if score < WEAK:
            return Match(None, score, "none")
        entry = self.entries[ranked[0]]
        enough = CONFIDENT_TO_HANG_UP if entry.action == "hangup" else CONFIDENT
        sure = score >= enough and score - rival >= MARGIN
        return Match(entry, score, "confident" if sure else "weak")

    def _understood(self, text: str) -> dict[str, str]:
        """The words that were heard, each with its stem."""
        heard: dict[str, str] = {}
        for word in words.tokens(text, self._language):
            if word not in self._stems and len(word) >= FUZZY_LETTERS:
                near = process.extractOne(
                    word, self._known, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE
                )
                word = near[0] if near else word
            heard[word] = self._stems.get(word) or self._stem_all([word])[0]
        return heard

    def _candidates(self, heard: dict[str, str]) -> list[_Question]:
        query = " OR ".join(f'"{word}"' for word in heard)
        rows = self._db.execute(
            "SELECT rowid FROM question WHERE question MATCH ? ORDER BY rank LIMIT ?",
            (query, CANDIDATES),
        )
        return [self._questions[row] for (row,) in rows]

    def _score(self, heard: set[str], question: _Question) -> float:
        """Harmonic mean of both coverages, 0..1, mild to words of the entry's other questions."""
        common = sum(map(self._weight, heard & question.stems))
        if not common:
            return 0.0
        missed = sum(map(self._weight, question.stems - heard))
        unasked = heard - question.stems
        turned = self._turning & (heard | question.stems)
        kindred = set() if turned else unasked & self._vocabulary[question.entry]
        swapped = SWAPPED * min(missed, sum(map(self._weight, kindred)))
        common, missed = common + swapped, missed - swapped
        extra = KINDRED * sum(map(self._weight, kindred))
        extra += self._extra_weight(unasked - kindred)
        return 2 * common / (2 * common + missed + extra)

    def _weight(self, stem: str) -> float:
        return self._weights.get(stem, 1.0)

    def _extra_weight(self, stems: frozenset[str] | set[str]) -> float:
        """Of what was heard and is nothing that the entry's questions speak of."""
        times = sum(
            words.TIME_WEIGHT_ELSEWHERE if stem in self._weights else words.TIME_WEIGHT
            for stem in stems & self._times
        )
        others = (self._extra.get(stem, self._weight(stem)) for stem in stems - self._times)
        return min(times, words.TIMES_WEIGHT) + sum(others)

    def _weigh(self) -> dict[str, float]:
        """Stem -> 0..1: rare among the entries is high; function words and fillers are low."""
        count = len(self.entries)
        within: dict[str, set[int]] = {}
        for question in self._questions:
            for stem in question.stems:
                within.setdefault(stem, set()).add(question.entry)
        weights = {
            stem: math.log(1 + count / len(entries)) / math.log(1 + count)
            for stem, entries in within.items()
        }
        return weights | self._stemmed(self._words.weights)

    def _stemmed(self, weights: Mapping[str, float]) -> dict[str, float]:
        return dict(zip(self._stem_all(list(weights)), weights.values(), strict=True))

    def _stem_all(self, listed: Sequence[str]) -> list[str]:
        """Stems by SQLite's own tokenizer, so that they agree with what its index finds."""
        self._db.executemany(
            "INSERT INTO heard(rowid, words) VALUES (?, ?)", list(enumerate(listed, 1))
        )
        rows = self._db.execute("SELECT doc, term FROM stem").fetchall()
        self._db.execute("DELETE FROM heard")
        found: dict[int, str] = {}
        for row, term in rows:
            found[row] = found.get(row, "") + term
        return [found.get(row, word) for row, word in enumerate(listed, 1)]
