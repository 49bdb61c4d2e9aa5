"""What the shipped receptionist does about what callers do with their words."""

import asyncio

import pytest

from appliance.call.reaction import react
from appliance.call.reply import FixedReply, ModelReply, Reply
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.knowledge.matcher import Knowledge

pytestmark = pytest.mark.unit

AGENT = read_agents(SHIPPED_AGENTS).default
KNOWLEDGE = Knowledge(AGENT.knowledge, AGENT.language)
GREETING = FixedReply(AGENT.greeting)


def reaction(text: str, previous: Reply | None = GREETING, said: str = "") -> Reply:
    return asyncio.run(react(text, AGENT, KNOWLEDGE, previous, said))


def fixed(text: str, previous: Reply | None = GREETING, said: str = "") -> FixedReply:
    reply = reaction(text, previous, said)
    assert isinstance(reply, FixedReply)
    return reply


OFFER = fixed("do you sell bicycles")


@pytest.mark.parametrize(
    "text", ["yes please", "absolutely", "go ahead", "well yes", "why not", "please", "okay then"]
)
def test_whatever_takes_an_offer_is_a_yes(text: str) -> None:
    assert fixed(text, OFFER).action == "transfer"


@pytest.mark.parametrize(
    "text",
    [
        "no thank you",
        "please don't",
        "of course not",
        "yes but not now",
        "okay no",
        "not really",
        "I don't think so",
        "please do not put me through to a person",
        "no don't connect me to reception",
        "I don't want to speak to a person",
    ],
)
def test_nobody_is_put_through_against_their_will(text: str) -> None:
    assert fixed(text, OFFER) == FixedReply(AGENT.phrases.anything_else)


def test_a_yes_with_words_that_nobody_knows_has_the_question_asked_again() -> None:
    again = fixed("yes the kids being in bed", OFFER)
    assert (again.text, again.if_yes, again.action) == (OFFER.text, OFFER.if_yes, None)
    assert fixed("yes", again).action == "transfer"


@pytest.mark.parametrize("text", ["okay but first where are you", "no but where are you"])
def test_a_question_behind_a_yes_or_no_is_answered(text: str) -> None:
    assert "Quay Street" in fixed(text, OFFER).text


def test_another_wish_behind_a_no_is_granted() -> None:
    assert fixed("no thank you goodbye", OFFER).action == "hangup"
    assert "booking desk" in fixed("no I want to cancel my appointment", OFFER).text


def test_a_bare_yes_without_a_question_is_asked_what_it_is_for() -> None:
    assert fixed("yes please").text == AGENT.phrases.what_for


def test_an_okay_after_an_answer_asks_for_nothing() -> None:
    answer = fixed("what time do you open")
    assert fixed("okay", answer).text == AGENT.phrases.anything_else


def test_a_no_to_anything_else_is_the_end() -> None:
    declined = fixed("no", OFFER)
    assert fixed("no thanks", declined) == FixedReply(AGENT.phrases.goodbye, action="hangup")
    assert fixed("yes", declined).text == AGENT.phrases.what_for
    assert fixed("no where are you", declined).action is None


@pytest.mark.parametrize("text", ["pardon", "can you repeat that", "what did you say", "sorry"])
def test_the_last_words_are_said_again_and_then_slower(text: str) -> None:
    once = fixed(text, OFFER)
    assert (once.text, once.if_yes, once.slower) == (OFFER.text, OFFER.if_yes, False)
    assert fixed(text, once).slower


def test_a_repeated_offer_is_still_an_offer() -> None:
    assert fixed("yes", fixed("pardon", OFFER)).action == "transfer"


def test_slower_is_slower_at_once_and_stays_so() -> None:
    once = fixed("can you speak more slowly", OFFER)
    assert once.slower
    assert fixed("pardon", once).slower


def test_words_of_the_model_are_said_again_too() -> None:
    again = fixed("pardon", ModelReply("how are you"), "Very well, thank you.")
    assert again.text == "Very well, thank you."


def test_a_caller_who_has_heard_nothing_hears_the_greeting_again() -> None:
    assert fixed("pardon", None).text == AGENT.greeting


def test_a_yes_to_the_models_own_question_is_the_models() -> None:
    asked = ModelReply("my back hurts")
    assert reaction("yes please", asked, "Would you like an appointment?") == ModelReply(
        "yes please"
    )
    assert fixed("yes please", asked, "I am sorry to hear that.").text == AGENT.phrases.what_for


def test_help_names_what_the_entries_are_about() -> None:
    unnamed = tuple(e.model_copy(update={"asks": None}) for e in AGENT.knowledge[:2])
    plain = AGENT.model_copy(update={"knowledge": unnamed})
    knowledge = Knowledge(plain.knowledge, plain.language)
    asked = asyncio.run(react("what can I ask", plain, knowledge))
    assert asked == FixedReply(AGENT.phrases.help)
    told = [
        entry.model_copy(update={"asks": about})
        for entry, about in zip(plain.knowledge, ("our opening hours", "the weekend"), strict=True)
    ]
    telling = plain.model_copy(update={"knowledge": tuple(told)})
    said = asyncio.run(react("what can I ask", telling, knowledge))
    assert said == FixedReply("You can ask me, for example, about our opening hours, the weekend.")


def test_talk_and_wishes_are_left_to_the_plan() -> None:
    assert reaction("my name is david") == ModelReply("my name is david")
    assert fixed("where are you").source == "knowledge"
    assert fixed("I want to cancel my appointment", OFFER).action == "transfer"


def test_a_goodbye_behind_a_question_of_the_models_is_the_sites_goodbye() -> None:
    asked = ModelReply("hello how are you today")
    goodbye = fixed("okay goodbye", asked, "I am doing well. How can I help you today?")
    assert (goodbye.source, goodbye.action) == ("knowledge", "hangup")
    assert reaction("yes it is", asked, "Is it nice there?") == ModelReply("yes it is")
