"""The agents that are shipped in other languages: each question finds its own entry."""

from pathlib import Path

import pytest

from appliance.call.answer import plan_answer
from appliance.call.reply import FixedReply
from appliance.config.agents_file import read_agents
from appliance.config.settings import SHIPPED_AGENTS
from appliance.knowledge.matcher import Knowledge
from appliance.weights.catalogue import load_catalogue

pytestmark = pytest.mark.unit

FILES = sorted(SHIPPED_AGENTS.parent.glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_question_of_an_entry_finds_that_entry(path: Path) -> None:
    agent = read_agents(path).default
    knowledge = Knowledge(agent.knowledge, agent.language)
    astray = [
        (question, found.entry and found.entry.id, entry.id)
        for entry in agent.knowledge
        for question in entry.questions
        if not entry.urgent
        and ((found := knowledge.match(question)).entry is not entry or found.verdict == "none")
    ]
    assert astray == []
    for entry in agent.knowledge:
        for question in entry.questions if entry.urgent else ():
            reply = plan_answer(question, agent, knowledge)
            assert isinstance(reply, FixedReply)
            assert reply.answers == (entry.id,), question


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_its_models_are_in_the_catalogue_and_speak_its_language(path: Path) -> None:
    agent = read_agents(path).default
    for name in {agent.voice, agent.recognizer} - {"default"}:
        assert load_catalogue().find(name).language in (agent.language, "many")


def test_no_two_of_them_answer_one_extension() -> None:
    extensions = [each for path in FILES for each in read_agents(path).by_extension]
    assert len(extensions) == len(set(extensions))
