"""What counts as asked for."""

import random
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.config.agent import KnowledgeEntry
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.knowledge import Knowledge
from appliance.knowledge.parts import parts
from tests.knowledge.phrasings import (
    ASKED,
    ASKED_LAST,
    ASKED_LATER,
    OTHER,
    OTHER_LAST,
    OTHER_LATER,
)

pytestmark = pytest.mark.unit

WORDS = Path(__file__).parents[2] / "models" / "demo" / "vosk-en" / "graph" / "words.txt"
AGENT = read_agents(SHIPPED_AGENTS).default
SHIPPED = Knowledge(AGENT.knowledge, AGENT.language)


def vocabulary() -> list[str]:
    """The words the demo recogniser can hear."""
    words = [line.split()[0] for line in WORDS.read_text(encoding="utf-8").splitlines()]
    return [word for word in words if word[0].isalpha()]


def judged(asked: Mapping[str, Sequence[str]]) -> Counter[str]:
    """``right``, ``wrong`` (both confident), ``weak``, ``none``."""
    found: Counter[str] = Counter()
    for wanted, phrasings in asked.items():
        for phrasing in phrasings:
            said, verdict = answer(phrasing)
            sure = "right" if said == wanted else "wrong"
            found[sure if verdict == "confident" else verdict] += 1
    return found


def answer(text: str) -> tuple[str, str]:
    """The entry that is nearest to ``text``, and how sure that is, by words alone."""
    emergency = SHIPPED.urgency.find(parts(text, "en"), {})
    if emergency is not None:
        return emergency.entry.id, "confident"
    match = SHIPPED.match(text)
    return "" if match.entry is None else match.entry.id, match.verdict


def confident(utterances: Sequence[str]) -> list[tuple[str, str]]:
    found = [(text, *answer(text)) for text in utterances]
    return [(text, said) for text, said, verdict in found if verdict == "confident"]


def misheard(text: str, share: float, chance: random.Random, words: Sequence[str]) -> str:
    """``text`` with so large a share of its words left out, replaced or followed by another."""
    heard = []
    for word in text.split():
        kind = chance.random() / share
        if kind >= 0.25:
            heard.append(word if kind >= 0.75 else chance.choice(words))
        if 0.75 <= kind < 1.0:
            heard.append(chance.choice(words))
    return " ".join(heard)


def test_the_phrasings_are_unseen_and_belong_to_entries() -> None:
    questions = {question for entry in AGENT.knowledge for question in entry.questions}
    ids = [entry.id for entry in AGENT.knowledge]
    for asked in (ASKED, ASKED_LATER, ASKED_LAST):
        assert set(asked) == set(ids)
        assert not questions & {phrasing for listed in asked.values() for phrasing in listed}
    assert all(len(listed) >= 8 for listed in ASKED.values())


def test_every_listed_question_is_answered_by_its_entry() -> None:
    for entry in AGENT.knowledge:
        for question in entry.questions:
            assert answer(question) == (entry.id, "confident"), question


def test_most_unseen_phrasings_are_answered_and_hardly_any_wrongly() -> None:
    found = judged(ASKED)
    assert found["right"] >= 0.85 * found.total()
    assert found["wrong"] == 0
    for asked in (ASKED_LATER, ASKED_LAST):
        found = judged(asked)
        assert found["right"] >= 0.78 * found.total()
        assert found["wrong"] <= 1


def test_what_nobody_answers_gets_no_confident_answer() -> None:
    assert confident(OTHER) == []
    assert len(confident(OTHER_LATER)) <= 2
    assert len(confident(OTHER_LAST)) <= 3


def test_misheard_words_do_not_make_wrong_answers() -> None:
    chance, words = random.Random(3), vocabulary()
    for share, least_right in ((0.05, 0.7), (0.1, 0.6), (0.2, 0.4)):
        noisy = {
            wanted: [misheard(phrasing, share, chance, words) for phrasing in listed]
            for wanted, listed in ASKED.items()
        }
        found = judged(noisy)
        assert found["right"] >= least_right * found.total(), share
        assert found["wrong"] <= 0.03 * found.total(), share


def test_random_words_are_hardly_ever_taken_for_a_question() -> None:
    chance, words = random.Random(5), vocabulary()
    for length, most in ((3, 0.04), (4, 0.015), (6, 0.005), (9, 0.002)):
        salad = [" ".join(chance.choices(words, k=length)) for _ in range(1000)]
        assert len(confident(salad)) <= most * len(salad), length


def test_a_hang_up_needs_more_than_a_likely_goodbye() -> None:
    for text in ("no thank you", "thank you that was very nice", "say goodbye to sarah", "no"):
        match = SHIPPED.match(text)
        assert match.verdict != "confident" or (match.entry and match.entry.action is None), text


@pytest.mark.parametrize("text", ["", "   ", "...", "?!", '"', "'", "\x00", "* OR ^", "NEAR(a b)"])
def test_nothing_said_matches_nothing(text: str) -> None:
    assert SHIPPED.match(text).verdict == "none"


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(vocabulary())).map(" ".join)))
def test_any_text_has_a_score_between_nothing_and_one(text: str) -> None:
    match = SHIPPED.match(text)
    assert 0 <= match.score <= 1 + 1e-9
    assert (match.entry is None) == (match.verdict == "none")
    assert SHIPPED.match(text) == match


def test_punctuation_contractions_and_capitals_do_not_matter() -> None:
    for text in (
        "Where's the office?",
        "WHERE IS YOUR OFFICE",
        "where\u2019s your office, please?",
    ):
        assert SHIPPED.match(text).verdict == "confident", text


def entry(name: str, *questions: str) -> KnowledgeEntry:
    return KnowledgeEntry(id=name, questions=questions, answer=f"About {name}.")


def test_two_entries_that_fit_alike_are_no_confident_match() -> None:
    knowledge = Knowledge([entry("a", "blue door key"), entry("b", "blue door lock")])
    assert knowledge.match("the blue door").verdict == "weak"
    match = knowledge.match("the blue door lock")
    assert (match.entry, match.verdict) == (knowledge.entry("b"), "confident")
    assert match.score == pytest.approx(1.0, abs=0.02)


def test_misspellings_of_long_words_are_understood() -> None:
    assert SHIPPED.match("i want to cancell my apointment").verdict == "confident"


def test_no_knowledge_matches_nothing_and_one_entry_is_enough() -> None:
    assert Knowledge([]).match("where are you").verdict == "none"
    assert Knowledge([entry("a", "where are you")]).match("where are you").verdict == "confident"


def test_other_languages_are_matched_by_their_words() -> None:
    german = [
        entry("zeiten", "wann haben sie ge\u00f6ffnet", "wie sind die \u00d6ffnungszeiten"),
        entry("ort", "wo sind sie", "wie ist die Adresse"),
    ]
    knowledge = Knowledge(german, "de")
    match = knowledge.match("wann haben sie denn ge\u00f6ffnet")
    assert match.entry is german[0]
    assert knowledge.match("ich mag Musik").verdict == "none"


def test_entries_are_found_by_id() -> None:
    assert SHIPPED.entry("hours").id == "hours"
    with pytest.raises(KeyError):
        SHIPPED.entry("nothing")


def test_sqlite_here_has_what_the_matcher_needs() -> None:
    with sqlite3.connect(":memory:") as connection:
        assert "ENABLE_FTS5" in {row[0] for row in connection.execute("PRAGMA compile_options")}
    connection.close()
