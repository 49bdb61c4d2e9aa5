"""Sentences from templates, and which of them are for tests only."""

import random
from itertools import islice

import pytest

from models.recipes.corpus.phones import SPOKEN
from models.recipes.corpus.sentences import Sentences, is_held_out, strange_sentences
from models.recipes.corpus.templates import TemplateError, Templates
from models.recipes.vosk.lexicon import SPOKEN_FORMS

pytestmark = pytest.mark.unit

SMALL = """
# a comment
[words day]
monday
tuesday friday
[phrases when]
3* on {day}
(today|tomorrow (morning|))
[sentences open 1]
(are you|) open {when}
"""


def drawn(templates: Templates, count: int = 200) -> set[str]:
    draw = random.Random(1)
    return {templates.sentence(draw) for _ in range(count)}


def test_slots_and_choices_are_filled_in() -> None:
    whens = ["on monday", "on tuesday", "on friday", "today", "tomorrow", "tomorrow morning"]
    expected = {f"{begin}open {when}" for begin in ("", "are you ") for when in whens}
    assert drawn(Templates(SMALL)) == expected


def test_a_line_with_a_count_comes_that_much_more_often() -> None:
    draw = random.Random(1)
    templates = Templates(SMALL)
    days = sum("day" in templates.phrase("when", draw).split("on ")[-1] for _ in range(400))
    with_day = sum(templates.phrase("when", draw).startswith("on ") for _ in range(400))
    assert days > 0
    assert 260 < with_day < 340


def test_equal_seeds_draw_equal_sentences() -> None:
    templates = Templates.load()
    first, second = random.Random(5), random.Random(5)
    for _ in range(50):
        assert templates.sentence(first) == templates.sentence(second)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[sentences a 1]\nhello {nobody}", "nobody"),
        ("[words a]\nx\n[words a]\ny", "line 3"),
        ("hello", "line 1"),
        ("[frases a]\nx", "line 1"),
    ],
)
def test_a_mistake_in_the_templates_is_told_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(TemplateError, match=complaint):
        Templates(text)


def test_every_word_of_a_sentence_is_in_the_vocabulary() -> None:
    sentences = Sentences.load()
    said = {
        word for text in islice(sentences.training(random.Random(2)), 3000) for word in text.split()
    }
    assert said <= set(sentences.vocabulary)


def test_the_vocabulary_is_that_of_a_front_desk() -> None:
    words = set(Sentences.load().vocabulary)
    assert len(words) >= 600
    groups = (
        "zero one two three four five six seven eight nine oh",
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november",
        "oscar papa quebec romeo sierra tango uniform victor whiskey yankee zulu",
        "yes no yeah yep nope mhm uh huh okay please thank",
        "first second third twentieth thirtieth o'clock noon midnight half quarter",
        "dollars pounds euros hundred thousand percent",
    )
    assert words.issuperset(" ".join(groups).split())


def test_names_are_plenty() -> None:
    templates, draw = Templates.load(), random.Random(3)
    first = {templates.phrase("first_name", draw) for _ in range(3000)}
    last = {templates.phrase("last_name", draw) for _ in range(3000)}
    assert len(first) >= 60
    assert len(last) >= 60


def test_training_and_tests_have_no_sentence_in_common() -> None:
    sentences = Sentences.load()
    training = set(islice(sentences.training(random.Random(4)), 4000))
    tests = set(islice(sentences.tests(random.Random(4)), 500))
    assert not training & tests
    assert all(len(text.split()) >= 3 for text in tests)


def test_no_question_of_the_demo_agent_is_held_out() -> None:
    sentences = Sentences.load()
    assert len(sentences.questions) > 100
    assert not any(is_held_out(text, sentences.questions) for text in sentences.questions)


def test_an_eighth_of_the_longer_sentences_is_held_out() -> None:
    texts = [f"number {number} please" for number in range(4000)]
    assert 400 < sum(is_held_out(text) for text in texts) < 600


def test_strange_sentences_are_many_and_strange() -> None:
    vocabulary = set(Sentences.load().vocabulary)
    texts = list(islice(strange_sentences(random.Random(6)), 100))
    assert len(set(texts)) > 50
    for text in texts:
        assert len(set(text.split()) - vocabulary) >= 3


def test_what_is_spelled_for_training_is_never_held_out() -> None:
    sentences = Sentences.load()
    texts = list(islice(sentences.spelled(random.Random(7)), 500))
    assert not any(is_held_out(text, sentences.questions) for text in texts)
    assert sum(len(word) == 1 for text in texts for word in text.split()) > 500


def test_words_alone_are_any_of_the_vocabulary() -> None:
    sentences = Sentences.load()
    texts = list(islice(sentences.alone(random.Random(8)), 12_000))
    assert {len(text.split()) for text in texts} == {1, 2}
    said = {word for text in texts for word in text.split()}
    assert said == set(sentences.vocabulary)


def test_what_people_say_is_written_for_words_of_the_vocabulary_in_known_phones() -> None:
    assert set(SPOKEN_FORMS) <= set(Sentences.load().vocabulary)
    assert {phone for forms in SPOKEN_FORMS.values() for phone in forms.split()} <= {*SPOKEN, "|"}
