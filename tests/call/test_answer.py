"""Who answers what, with the shipped receptionist."""

import pytest

from appliance.call.answer import plan_answer
from appliance.call.reply import FixedReply, ModelReply, Reply
from appliance.config.agent import Agent
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.knowledge.matcher import Knowledge

pytestmark = pytest.mark.unit

AGENT = read_agents(SHIPPED_AGENTS).default
TRUSTING = AGENT.model_copy(update={"facts_from_model": True})
KNOWLEDGE = Knowledge(AGENT.knowledge, AGENT.language)


def plan(text: str, previous: Reply | None = None, agent: Agent = AGENT) -> Reply:
    return plan_answer(text, agent, KNOWLEDGE, previous)


def test_a_clear_question_gets_the_entrys_words() -> None:
    said = plan("what time do you open")
    assert isinstance(said, FixedReply)
    assert said.source == "knowledge"
    assert "nine to five" in said.text


@pytest.mark.parametrize(
    "text", ["how are you today", "hello how are you", "my name is david", "i had a bad day"]
)
def test_talk_goes_to_the_model(text: str) -> None:
    assert plan(text) == ModelReply(text)


@pytest.mark.parametrize("text", ["do you sell bicycles", "who is the president of france"])
def test_a_question_nobody_wrote_an_answer_for_is_admitted(text: str) -> None:
    said = plan(text)
    assert isinstance(said, FixedReply)
    assert said.text == AGENT.phrases.unknown
    assert said.if_yes == "person"


def test_a_trusted_model_may_answer_it() -> None:
    assert plan("do you sell bicycles", agent=TRUSTING) == ModelReply("do you sell bicycles")


def test_a_weak_match_is_a_note_for_a_trusted_model() -> None:
    text = next(t for t in WEAK_QUESTIONS if KNOWLEDGE.match(t).verdict == "weak")
    asked = plan(text, agent=TRUSTING)
    assert isinstance(asked, ModelReply)
    entry = KNOWLEDGE.match(text).entry
    assert entry is not None
    assert entry.answer in asked.prompt


def test_a_weak_match_never_does_anything() -> None:
    for text in WEAK_QUESTIONS:
        if KNOWLEDGE.match(text).verdict == "weak":
            planned = plan(text)
            assert not isinstance(planned, FixedReply) or planned.action is None


WEAK_QUESTIONS = [
    "are you open when it snows",
    "how far is the parking from the door",
    "where is the next pharmacy",
    "can my mother cancel it",
    "what does a parking ticket cost",
]
