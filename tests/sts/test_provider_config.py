"""Who answers a session that asks for somebody."""

from __future__ import annotations

from typing import Any

import pytest

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.config.agent import Agent
from appliance.engines.absent import AbsentEngine
from appliance.errors import ProtocolError
from appliance.knowledge.matcher import Knowledge
from appliance.sts.provider_config import choose

pytestmark = pytest.mark.unit


def loaded(name: str, **values: Any) -> LoadedAgent:
    agent = Agent.model_validate(
        {"name": name, "persona": f"You are {name}.", "greeting": "Hello."} | values
    )
    none = AbsentEngine(name)
    return LoadedAgent(agent, none, none, Voice(none, agent.language), Knowledge(()))


DAY = loaded("day", voice="anna")
NIGHT = loaded("night", voice="bert")
TAG = loaded("tag", language="de", voice="clara")
AGENTS = {each.agent.name: each for each in (DAY, NIGHT, TAG)}


def test_without_wishes_the_usual_agent_answers_as_it_is() -> None:
    assert choose(AGENTS, NIGHT, {}) is NIGHT


def test_an_agent_is_chosen_by_its_name() -> None:
    assert choose(AGENTS, DAY, {"agent": "night"}) is NIGHT


@pytest.mark.parametrize("language", ["de", "de-DE", "DE"])
def test_a_language_chooses_an_agent_that_speaks_it(language: str) -> None:
    assert choose(AGENTS, DAY, {"language": language}) is TAG


def test_the_usual_agent_stays_when_it_speaks_the_language() -> None:
    assert choose(AGENTS, NIGHT, {"language": "en-GB"}) is NIGHT


def test_a_voice_is_borrowed_from_the_agent_that_has_it() -> None:
    chosen = choose(AGENTS, DAY, {"voice": "bert"})
    assert chosen.agent is DAY.agent
    assert chosen.voice is NIGHT.voice


def test_instructions_and_greeting_replace_the_agents_own() -> None:
    chosen = choose(AGENTS, DAY, {"instructions": "Be a pirate.", "greeting": "Ahoy."})
    assert (chosen.agent.persona, chosen.agent.greeting) == ("Be a pirate.", "Ahoy.")
    assert chosen.agent.name == "day"
    assert DAY.agent.greeting == "Hello."


@pytest.mark.parametrize(
    ("provider_config", "told"),
    [
        ({"agent": "nigth"}, '"night"'),
        ({"language": "fr"}, "'fr'"),
        ({"agent": "day", "language": "de"}, "'day' does not speak 'de'"),
        ({"voice": "doris"}, "'doris'"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told(provider_config: dict[str, str], told: str) -> None:
    with pytest.raises(ProtocolError) as caught:
        choose(AGENTS, DAY, provider_config)
    assert told in caught.value.message
    assert caught.value.code == "wish_unmet"
