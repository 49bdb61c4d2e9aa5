"""What one utterance asks for, by meaning and by words."""

from __future__ import annotations

import pytest

from appliance.config.agent import KnowledgeEntry
from appliance.knowledge.asked import Asked, asked, sense_of
from appliance.knowledge.matcher import Knowledge
from appliance.knowledge.meaning import learn
from appliance.language.english_dangers import DANGER
from tests.fakes.meaning import WordEncoder

pytestmark = pytest.mark.unit


def entry(name: str, *questions: str, **more: object) -> KnowledgeEntry:
    values = {"id": name, "questions": questions, "answer": f"About {name}.", **more}
    return KnowledgeEntry.model_validate(values)


ENTRIES = (
    entry("parking", "can i leave the car", "parking for a car", asks="parking"),
    entry("price", "what is the price", "which price do you charge", asks="our prices"),
    entry("dogs", "can i bring my dog", "do you allow a dog", asks="dogs"),
    entry("booking", "i need an appointment", asks="an appointment", action="transfer"),
    entry("emergency", "this is an emergency", asks="an emergency", urgent=True),
)


async def said(text: str, topic: str | None = None, encoder: WordEncoder | None = None) -> Asked:
    encoder = encoder or WordEncoder()
    knowledge = Knowledge(ENTRIES, "en", await learn(encoder, ENTRIES, "en"))
    about = knowledge.entry(topic) if topic else None
    return asked(knowledge, text, about, await sense_of(knowledge, text, about))


def ids(found: Asked) -> list[str]:
    return [each.id for each in found.answers]


async def test_other_words_for_the_same_are_found() -> None:
    assert ids(await said("What is the dough?")) == ["price"]


async def test_two_questions_get_two_answers_the_one_that_does_something_last() -> None:
    assert ids(await said("what is the price and can i bring my dog")) == ["price", "dogs"]
    assert ids(await said("I need an appointment, and what is the price?")) == ["price", "booking"]


async def test_two_questions_about_one_thing_get_one_answer() -> None:
    assert ids(await said("what is the price? Which price do you charge?")) == ["price"]


async def test_a_question_that_goes_on_is_matched_with_what_was_talked_about() -> None:
    assert ids(await said("and on holidays?")) == []
    assert ids(await said("and for an automobile?", "parking")) == ["parking"]


@pytest.mark.parametrize("text", ["i have an appointment at three", "my dog is old"])
async def test_who_only_tells_something_asks_for_nothing(text: str) -> None:
    found = await said(text)
    assert ids(found) == []
    assert found.form == "tells"


@pytest.mark.parametrize(
    "text",
    [
        "my arm is broken, this is an emergency",
        "Can I bring my dog? This is an emergency!",
        "there is a fire",
        "he is not breathing",
        "She has stopped breathing, please.",
    ],
)
async def test_an_emergency_is_found_whatever_else_is_said(text: str) -> None:
    for encoder in (WordEncoder(), None):
        found = await said(text, encoder=encoder)
        assert found.emergency is not None
        assert found.emergency.verdict == "urgent"
    by_words = asked(Knowledge(ENTRIES), text)
    assert by_words.emergency is not None


@pytest.mark.parametrize(
    "text",
    ["this is no emergency", "this is not an emergency", "there is no fire", "nobody is hurt"],
)
async def test_a_denied_emergency_is_none(text: str) -> None:
    assert (await said(text)).emergency is None
    assert asked(Knowledge(ENTRIES), text).emergency is None


@pytest.mark.parametrize("text", ["there was a fire last week", "years ago there was a fire"])
async def test_what_is_over_is_no_alarm(text: str) -> None:
    found = (await said(text)).emergency
    assert found is None or found.verdict == "maybe"


@pytest.mark.parametrize(
    "words",
    [
        "he is not breathing", "she is unconscious", "they are bleeding", "the house is burning",
        "i can see smoke", "it smells of gas", "he stabbed me", "she wants to kill herself",
        "he fell down", "his speech is slurred", "her face is drooping", "somebody is drowning",
        "we are trapped", "the baby is choking", "he took an overdose", "somebody is breaking in",
    ],
)  # fmt: skip
def test_each_kind_of_danger_has_its_words(words: str) -> None:
    assert DANGER.search(words)


@pytest.mark.parametrize("words", ["where do i park", "is the pool salt water", "i live alone now"])
def test_ordinary_words_name_no_danger(words: str) -> None:
    assert not DANGER.search(words)


async def test_a_question_behind_an_answer_offers_its_topic() -> None:
    found = await said("how long is that?", "parking")
    assert "parking" in [*ids(found), *(each.id for each in found.near[:2])]


async def test_what_may_be_of_the_topic_or_of_the_site_is_asked_about() -> None:
    found = await said("what is the price of that?", "parking")
    assert ids(found) == ["price"] or {"price", "parking"} <= {each.id for each in found.near}


async def test_a_sentence_that_is_planned_again_is_encoded_once() -> None:
    encoder = WordEncoder()
    knowledge = Knowledge(ENTRIES, "en", await learn(encoder, ENTRIES, "en"))
    first = await sense_of(knowledge, "can i bring my dog", None)
    again = await sense_of(knowledge, "can i bring my dog", None)
    assert all(again[text] is vector for text, vector in first.items())


async def test_a_site_without_an_urgent_entry_has_no_emergencies() -> None:
    assert asked(Knowledge(ENTRIES[:3]), "there is a fire").emergency is None


async def test_the_urgent_entry_is_asked_about_by_nobody_else() -> None:
    found = await said("emergency exit plan price")
    assert "emergency" not in [each.id for each in found.near]


async def test_where_the_encoder_is_busy_words_decide(caplog: pytest.LogCaptureFixture) -> None:
    encoder = WordEncoder()
    knowledge = Knowledge(ENTRIES, "en", await learn(encoder, ENTRIES, "en"))
    encoder.busy = True
    sense = await sense_of(knowledge, "can i bring my dog", None)
    assert sense == {}
    assert ids(asked(knowledge, "can i bring my dog", None, sense)) == ["dogs"]
    assert "compared by their words" in caplog.text


async def test_a_word_is_encoded_once() -> None:
    encoder = WordEncoder()
    knowledge = Knowledge(ENTRIES, "en", await learn(encoder, ENTRIES, "en"))
    for text in ("does the giraffe pay", "a giraffe please"):
        await sense_of(knowledge, text, None)
    assert encoder.asked.count("giraffe") == 1


@pytest.mark.parametrize("text", ["", " ", "?!", "...", "…", "\x00", ",,,", "and and and", '"'])
async def test_nothing_said_asks_for_nothing(text: str) -> None:
    found = await said(text)
    assert (ids(found), found.emergency) == ([], None)


async def test_what_no_site_answers_is_not_taken_for_a_question_to_this_one() -> None:
    found = await said("what time is it")
    assert (ids(found), found.near) == ([], ())


async def test_small_talk_is_told() -> None:
    assert (await said("tell me a joke")).topic == "small_talk"
    assert (await said("can i take these two medicines together")).topic == "medical"
    assert (await said("can i sue my landlord")).topic == "legal"


def test_other_languages_are_compared_by_their_stems() -> None:
    german = [
        entry("zeiten", "wann haben Sie geöffnet", "wie sind die Öffnungszeiten"),
        entry("preise", "was kosten die Behandlungen"),
    ]
    knowledge = Knowledge(german, "de")
    match = knowledge.match("was kostet eine Behandlung")
    assert match.entry is german[1]
