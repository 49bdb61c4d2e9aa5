"""Which words hold in which language, seen where they are used: a call in a language that the
appliance does not know, and one in a language that a test brings with it."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from functools import partial

import pytest

from appliance.call.answer import plan_answer
from appliance.call.reaction import react
from appliance.call.reply import FixedReply, ModelReply
from appliance.config.agent import Agent
from appliance.dictation.progress import Progress, progress
from appliance.knowledge.matcher import Knowledge
from appliance.language import other_numbers
from appliance.language.acts import act_of
from appliance.language.dialogue_acts import DialogueActs
from appliance.language.english import ENGLISH
from appliance.language.language import NEVER, BuiltInPhrases, Language, QuestionWords
from appliance.language.registry import LANGUAGES, language_of
from appliance.text.canonical import canonical
from appliance.text.grounded import is_grounded
from appliance.text.speakable import speakable
from appliance.turns.barge_in import BargeIn, Verdict
from appliance.turns.completeness import judgement
from appliance.turns.endpointer import Judgement

pytestmark = pytest.mark.unit

SPOKEN = "zz"
"""No language has this code."""
TEST = Language(
    SPOKEN,
    partial(other_numbers.in_words, code="de"),
    BuiltInPhrases(
        no_input="Sind Sie noch da?",
        no_input_goodbye="Ich lege auf.",
        filler=("Einen Moment.",),
        apology="Das tut mir leid.",
        not_understood="Wie bitte?",
        unknown="Das weiß ich nicht. Soll ich Sie verbinden?",
        anything_else="Gut. Noch etwas?",
        transfer="Ich verbinde.",
        goodbye="Auf Wiederhören.",
        tool_failed="Das geht gerade nicht. Soll ich Sie verbinden?",
        time_over="Die Zeit ist um.",
        is_that_right="{value}; stimmt das?",
        noted="Danke, das habe ich notiert.",
        what_is_it_for="Worum geht es?",
        say_it_again="Entschuldigung. Bitte sagen Sie alles noch einmal, langsam.",
        spell_it_again="Bitte zu jedem Buchstaben ein Wort.",
        not_taken_down="Das gelingt mir leider nicht. Soll ich Sie verbinden?",
        ask_back="Möchten Sie etwas über {first} wissen?",
        ask_back_action="Geht es um {first}?",
        ask_back_question="Wollten Sie fragen: {first}?",
        ask_back_two="Geht es um {first} oder um {second}?",
        tell_more="Ach so. Was kann ich für Sie tun?",
        medical="Das muss ein Arzt sagen. Soll ich Sie verbinden?",
        legal="Das muss ein Anwalt sagen. Soll ich Sie verbinden?",
        payment_card="Bitte nennen Sie keine Kartennummer. Soll ich Sie verbinden?",
        what_for="Was kann ich für Sie tun?",
        help="Fragen Sie.",
        help_with="Fragen Sie nach {topics}.",
    ),
    rewritten=((re.compile(r"\bna ?ja\b"), "naja"),),
    contractions={"gibt's": "gibt es"},
    spellings={"jawoll": "ja"},
    acts=DialogueActs(polite=("danke",), yes=("ja|gern",), no=("nein",)),
    asks=re.compile(r"^(?:wann|wo|haben)\b"),
    about_the_agent=re.compile(r"\bwie geht es ihnen\b"),
    figure_words={"neun": "9", "montag": "montag"},
    unfinished=frozenset(["und", "weil"]),
    closed=frozenset(["ja", "nein"]),
    digits=frozenset(["zwei", "zwo"]),
    backchannels=("mhm", "ach so"),
    questions=QuestionWords(
        synonyms={"telefon": "fernsprecher"},
        pairs={"auf machen": "öffnen"},
        frames=re.compile(r"\bsagen sie mir\b(?= \w)"),
        weights={"bitte": 0.01},
    ),
)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    canonical.cache_clear()
    monkeypatch.setitem(LANGUAGES, SPOKEN, TEST)
    yield
    canonical.cache_clear()


def agent(language: str, **values: object) -> Agent:
    given = {
        "name": "desk",
        "language": language,
        "persona": "x",
        "greeting": "x",
        "unknown_if_yes": "person",
        "knowledge": [
            {"id": "person", "questions": ["verbinden"], "answer": "gut", "action": "transfer"},
            {"id": "open", "questions": ["wann öffnen sie"], "answer": "um neun"},
        ],
    }
    return Agent.model_validate(given | values)


def after_the_offer(said: str, language: str) -> FixedReply | ModelReply:
    desk = agent(language)
    offer = FixedReply(desk.phrases.unknown, expect="yes_no", if_yes="person")
    return asyncio.run(react(said, desk, Knowledge(desk.knowledge, language), offer))


@pytest.mark.parametrize("code", ["en", "en-GB", "en-IE"])
def test_every_english_is_english(code: str) -> None:
    assert language_of(code) is ENGLISH


def test_american_english_differs_in_nothing_but_how_figures_are_read() -> None:
    american = language_of("en-US")
    assert american is language_of("en-us")
    assert replace(american, code="en", in_words=ENGLISH.in_words).acts is ENGLISH.acts
    assert american.in_words("3/5/2026") == "March fifth twenty twenty six"
    assert ENGLISH.in_words("3/5/2026") == "the third of May twenty twenty six"


def test_a_region_may_have_a_value_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LANGUAGES, "zz-ZZ", TEST)
    assert language_of("zz-ZZ") is TEST
    assert language_of("zz") is not TEST


def test_a_language_without_a_value_has_nothing_english_but_the_phrases() -> None:
    unknown = language_of("sv-FI")
    assert unknown.code == "sv-FI"
    assert unknown.phrases == ENGLISH.phrases
    assert unknown is language_of("sv-FI")
    for words in ("yes please", "no", "what time is it", "how are you", "tell me the time"):
        assert act_of(words, unknown, asked=True).kind == "other"
        for pattern in (unknown.asks, unknown.about_the_agent):
            assert not pattern.search(words)
    assert not unknown.unfinished | unknown.closed | unknown.digits
    assert set(unknown.backchannels) == {"mhm", "mm", "hm", "ah", "oh"}
    assert unknown.in_words("3,5") == "tre komma fem"
    assert language_of("xx").in_words("3,5") == "3,5"


def test_an_english_yes_takes_no_offer_in_another_language() -> None:
    assert isinstance(after_the_offer("yes please", "en"), FixedReply)
    assert after_the_offer("yes please", "sv") == ModelReply("yes please")
    assert after_the_offer("no", "sv") == ModelReply("no")


def test_english_words_do_not_hold_a_turn_of_another_language() -> None:
    for words in ("was ist the", "zwei one two", "hello"):
        assert judgement(words, "sv") is Judgement.COMPLETE
    assert judgement("we are the", "en") is Judgement.INCOMPLETE


def test_english_backchannels_take_the_floor_in_another_language() -> None:
    floor = BargeIn(agent("sv").barge_in, "sv")
    floor.push(0.2, "")
    assert floor.paused("mhm") is Verdict.RESUME
    floor.push(0.2, "")
    assert floor.paused("i see") is Verdict.TAKE


def test_english_days_and_numbers_are_no_figures_of_another_language() -> None:
    assert is_grounded("Im November um nine.", [], "sv")
    assert not is_grounded("Um 9 Uhr.", [], "sv")


@pytest.mark.usefixtures("known")
def test_a_yes_and_a_no_of_the_language_answer_the_offer() -> None:
    for accepted in ("ja", "Ja, gern.", "jawoll"):
        answer = after_the_offer(accepted, SPOKEN)
        assert isinstance(answer, FixedReply)
        assert answer.action == "transfer"
    declined = after_the_offer("nein danke", SPOKEN)
    assert declined == FixedReply("Gut. Noch etwas?")


@pytest.mark.usefixtures("known")
def test_its_questions_are_admitted_when_nobody_wrote_an_answer() -> None:
    desk = agent(SPOKEN)
    knowledge = Knowledge(desk.knowledge, SPOKEN)
    planned = plan_answer("Haben Sie Fahrräder?", desk, knowledge)
    assert isinstance(planned, FixedReply)
    assert planned.text == "Das weiß ich nicht. Soll ich Sie verbinden?"
    assert plan_answer("wie geht es ihnen", desk, knowledge) == ModelReply("wie geht es ihnen")


@pytest.mark.usefixtures("known")
def test_its_words_decide_how_long_to_wait() -> None:
    number = progress("meine nummer ist zwei zwo", SPOKEN, today=date(2026, 1, 2))
    assert number is Progress.GOING_ON
    assert judgement("ich komme weil", SPOKEN) is Judgement.INCOMPLETE
    assert judgement("ja", SPOKEN, expect="yes_no") is Judgement.OVER
    assert judgement("meine nummer ist zwei zwo", SPOKEN, dictating=number) is Judgement.DIGITS


@pytest.mark.usefixtures("known")
def test_its_backchannels_leave_the_agent_the_floor() -> None:
    floor = BargeIn(agent(SPOKEN).barge_in, SPOKEN)
    floor.push(0.2, "")
    assert floor.paused("ach so") is Verdict.RESUME
    floor.push(0.2, "")
    assert floor.paused("i see") is Verdict.TAKE


@pytest.mark.usefixtures("known")
def test_what_the_agent_says_itself_is_of_its_language() -> None:
    assert agent(SPOKEN).phrases.no_input == ("Sind Sie noch da?",)
    assert agent(SPOKEN).phrases.filler == ("Einen Moment.",)


@pytest.mark.usefixtures("known")
def test_the_agents_own_keys_come_before_the_languages() -> None:
    own = agent(
        SPOKEN,
        phrases={"goodbye": "Tschüss."},
        barge_in={"backchannels": ["so so"], "voice_ms": 64},
    )
    assert own.phrases.goodbye == "Tschüss."
    assert own.phrases.transfer == "Ich verbinde."
    assert own.barge_in.backchannels == ("so so",)
    assert agent(SPOKEN, barge_in={"voice_ms": 64}).barge_in.backchannels == ("mhm", "ach so")


@pytest.mark.usefixtures("known")
def test_its_forms_are_made_one() -> None:
    assert canonical("Na ja, gibt's 2?", SPOKEN) == "naja gibt es zwei"
    assert speakable("um 9:30", SPOKEN) == "um neun Uhr dreißig"


@pytest.mark.usefixtures("known")
def test_its_figures_are_looked_for() -> None:
    assert is_grounded("Montag um neun.", ["montag 9"], SPOKEN)
    assert not is_grounded("Montag um neun.", ["montag"], SPOKEN)


@pytest.mark.usefixtures("known")
def test_its_politeness_weighs_little_in_a_question() -> None:
    knowledge = Knowledge(agent(SPOKEN).knowledge, SPOKEN)
    match = knowledge.match("sagen Sie mir bitte wann auf machen Sie")
    assert match.entry is not None
    assert match.entry.id == "open"
    assert match.verdict == "confident"


COMPLETE = sorted(LANGUAGES)


@pytest.mark.parametrize("code", COMPLETE)
def test_a_language_is_complete(code: str) -> None:
    known = LANGUAGES[code]
    for name in (
        *("amounts", "spellings", "asks", "about_the_agent", "figure_words"),
        *("closed", "digits", "backchannels"),
    ):
        assert getattr(known, name) not in ((), {}, frozenset(), NEVER), name
    assert known.unfinished or known.ends.incomplete is not NEVER
    assert "{topics}" in known.phrases.help_with


@pytest.mark.parametrize("code", [code for code in COMPLETE if code[:2] != "en"])
def test_what_an_agent_says_itself_is_not_english(code: str) -> None:
    english, own = asdict(ENGLISH.phrases), asdict(LANGUAGES[code].phrases)
    assert [key for key in english if own[key] == english[key]] == []
    for phrase in own.values():
        for text in phrase if isinstance(phrase, tuple) else [phrase]:
            assert speakable(text, code)


@pytest.mark.parametrize("code", COMPLETE)
def test_the_words_of_a_language_are_in_its_own_canonical_form(code: str) -> None:
    known = LANGUAGES[code]
    single = known.unfinished | known.closed | known.digits | set(known.backchannels)
    forms = {word for word in single if canonical(word, code) == word}
    assert len(forms) >= 0.9 * len(single), sorted(single - forms)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Ähm, lassen Sie mich überlegen"),
        ("fr", "Euh, comment dire"),
        ("es", "Eh, déjeme pensar"),
        ("it", "Ehm, mi faccia pensare"),
        ("nl", "Eh, even denken"),
        ("pt", "Hum, deixe-me pensar"),
    ],
)
def test_who_is_thinking_hesitates_in_their_own_language(code: str, text: str) -> None:
    assert LANGUAGES[code].hesitations.fullmatch(canonical(text, code))
    for other in ("um let me think", "wait a minute"):
        assert not LANGUAGES[code].hesitations.fullmatch(other)


@pytest.mark.parametrize("code", COMPLETE)
def test_its_canonical_form_is_its_own_form(code: str) -> None:
    known = LANGUAGES[code]
    for text in [*known.spellings, *known.contractions, *map(str, asdict(known.phrases).values())]:
        once = canonical(text, code)
        assert canonical(once, code) == once


@pytest.mark.parametrize("code", [code for code in COMPLETE if code[:2] != "en"])
def test_english_questions_are_none_of_another_language(code: str) -> None:
    for words in ("where are you", "when do you open", "what does it cost", "can you tell me"):
        assert not LANGUAGES[code].asks.search(words)
