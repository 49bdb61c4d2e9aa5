"""How well a caller's words fit the words of the site's questions.

SQLite's FTS5 finds and stems (English by Porter, other languages by snowballstemmer) the questions
that share words with what was heard; a small rule then says how well they fit. It looks both ways:
how much of the question was heard, and how much of what was heard the question explains, each word
counted by how much it tells.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from appliance.knowledge import words
from appliance.language.registry import language_of

CANDIDATES = 40
KEPT = 4096
"""Stems of callers' other words that are kept."""
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
class _Question:
    entry: int
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Heard:
    """The stems of what was heard, and what each weighs where nothing asks for it."""

    stems: frozenset[str]
    extra: Mapping[str, float]
    times: Mapping[str, float]
    turned: bool
    """Whether one of them turns the meaning: not, never."""

    def weight_of(self, stems: Iterable[str]) -> float:
        """Of ``stems`` among them that are nothing that an entry's questions speak of."""
        others, times = 0.0, 0.0
        for stem in stems:
            others += self.extra.get(stem, 0.0)
            times += self.times.get(stem, 0.0)
        return min(times, words.TIMES_WEIGHT) + others


class Lexical:
    """The words of one agent's questions. Built once; ``scores`` may then be called from any one
    thread at a time and takes well under a millisecond."""

    def __init__(self, questions: Sequence[Sequence[str]], language: str = "en") -> None:
        """``questions``: those of each entry."""
        self._entries = len(questions)
        self._language = language
        self._root = words.stemmer(language)
        self._stems: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._words = language_of(language).questions
        for table in ("question", "heard"):
            self._db.execute(
                f"CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize='{self._words.stemmer}')"
            )
        self._db.execute("CREATE VIRTUAL TABLE stem USING fts5vocab(heard, instance)")
        asked = [
            (number, words.tokens(question, language))
            for number, listed in enumerate(questions)
            for question in listed
        ]
        self._known = sorted({word for _, question in asked for word in question})
        self._stems.update(zip(self._known, self._stem_all(self._known), strict=True))
        self._db.executemany(
            "INSERT INTO question(rowid, words) VALUES (?, ?)",
            [(row, " ".join(map(self._root, question))) for row, (_, question) in enumerate(asked)],
        )
        self._questions = [
            _Question(number, frozenset(self._stems[word] for word in question))
            for number, question in asked
        ]
        self._vocabulary = [
            frozenset().union(*(q.stems for q in self._questions if q.entry == number))
            for number in range(self._entries)
        ]
        self._weights = self._weigh()
        self._weight_of = {
            question.stems: sum(map(self._weight, question.stems)) for question in self._questions
        }
        self._extra = self._stemmed(self._words.extra_weights)
        self._turning = {stem for stem, weight in self._extra.items() if weight >= 2}
        self._times = self._stemmed(dict.fromkeys(self._words.times, 0.0)).keys()

    def scores(self, text: str) -> list[float]:
        """How well ``text`` (a transcript) fits each entry, 0..1, comparable between texts."""
        best = [0.0] * self._entries
        understood = self._understood(text)
        if not understood:
            return best
        heard = self._heard(understood.values())
        for question in self._candidates(understood):
            score = self._score(heard, question, best[question.entry])
            best[question.entry] = max(best[question.entry], score)
        return best

    def _heard(self, stems: Iterable[str]) -> _Heard:
        """What each of the ``stems`` weighs where a question does not speak of it."""
        heard = frozenset(stems)
        extra = {stem: self._extra.get(stem, self._weight(stem)) for stem in heard - self._times}
        times = {
            stem: words.TIME_WEIGHT_ELSEWHERE if stem in self._weights else words.TIME_WEIGHT
            for stem in heard & self._times
        }
        return _Heard(heard, extra, times, bool(self._turning & heard))

    def _understood(self, text: str) -> dict[str, str]:
        """The words that were heard, each with its stem."""
        heard: dict[str, str] = {}
        for word in words.tokens(text, self._language):
            if word not in self._stems and len(word) >= FUZZY_LETTERS:
                near = process.extractOne(
                    word, self._known, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE
                )
                word = near[0] if near else word
            heard[word] = self._stems.get(word) or self._stem_of(word)
        return heard

    def _stem_of(self, word: str) -> str:
        """Of a word that stands in no question."""
        if len(self._others) >= KEPT:
            self._others.clear()
        if word not in self._others:
            self._others[word] = self._stem_all([word])[0]
        return self._others[word]

    def _candidates(self, heard: dict[str, str]) -> list[_Question]:
        query = " OR ".join(f'"{self._root(word)}"' for word in heard)
        rows = self._db.execute(
            "SELECT rowid FROM question WHERE question MATCH ? ORDER BY rank LIMIT ?",
            (query, CANDIDATES),
        )
        return [self._questions[row] for (row,) in rows]

    def _score(self, heard: _Heard, question: _Question, least: float) -> float:
        """Harmonic mean of both coverages, 0..1, mild to words of the entry's other questions;
        0 where it cannot be more than ``least``."""
        common = sum([self._weight(stem) for stem in heard.stems & question.stems])
        missed = self._weight_of[question.stems] - common
        most = common + SWAPPED * missed
        if not common or 2 * most <= least * (most + common + missed):
            return 0.0
        unasked = heard.stems - question.stems
        turned = heard.turned or not self._turning.isdisjoint(question.stems)
        kindred = frozenset() if turned else unasked & self._vocabulary[question.entry]
        others = unasked - kindred
        lent = sum([self._weight(stem) for stem in kindred])
        swapped = SWAPPED * min(missed, lent)
        common, missed = common + swapped, missed - swapped
        return 2 * common / (2 * common + missed + KINDRED * lent + heard.weight_of(others))

    def _weight(self, stem: str) -> float:
        return self._weights.get(stem, 1.0)

    def _weigh(self) -> dict[str, float]:
        """Stem -> 0..1: rare among the entries is high; function words and fillers are low."""
        count = self._entries
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
        """Stems as SQLite's own tokenizer leaves them, so that they agree with what its index
        finds."""
        self._db.executemany(
            "INSERT INTO heard(rowid, words) VALUES (?, ?)",
            [(row, self._root(word)) for row, word in enumerate(listed, 1)],
        )
        rows = self._db.execute("SELECT doc, term FROM stem").fetchall()
        self._db.execute("DELETE FROM heard")
        found: dict[int, str] = {}
        for row, term in rows:
            found[row] = found.get(row, "") + term
        return [found.get(row, word) for row, word in enumerate(listed, 1)]
