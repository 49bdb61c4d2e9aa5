"""Which stages are done elsewhere, and at which address."""

from __future__ import annotations

import pytest

from appliance.agents.addresses import (
    Addresses,
    OpenAiAddress,
    addresses,
    engines_of,
)
from appliance.config.agent import Agent
from appliance.config.agent_defaults import with_defaults
from appliance.config.agents_file import Agents
from appliance.config.settings import Settings
from appliance.engines.base import Message
from appliance.engines.remote.history import MAX_TURNS, recent
from appliance.engines.remote.openai_chat import base_url
from appliance.engines.remote.sse import SseData

pytestmark = pytest.mark.unit


def found(agent: dict[str, str], **site: str) -> Addresses:
    person = {"name": "a", "persona": "p", "greeting": "g"}
    one = Agent.model_validate(person | agent)
    agents = Agents({"a": one}, one, {})
    return addresses(with_defaults(agents, Settings.model_validate(site)).default)


def test_without_an_address_everything_is_done_here() -> None:
    assert found({}) == Addresses(None, None, None)


def test_an_agents_address_goes_before_the_sites() -> None:
    site = {"asr_url": "http://site:1", "tts_url": "http://site:2"}
    own = {"asr_url": "http://agent:1", "llm_url": "http://agent:3"}
    assert found(own, **site) == Addresses("http://agent:1", "http://agent:3", "http://site:2")


def test_an_agents_openai_server_goes_before_the_sites_avr_service() -> None:
    own = {"openai_url": "http://agent:8000", "openai_model": "big"}
    there = OpenAiAddress("http://agent:8000", "big")
    assert found(own, llm_url="http://site:6002").llm == there


def test_the_model_of_the_sites_server_is_not_asked_of_an_agents() -> None:
    site = {"openai_url": "http://site:8000", "openai_model": "small"}
    own = {"openai_url": "http://agent:8000"}
    assert found(own, **site).llm == OpenAiAddress("http://agent:8000", None)
    assert found({}, **site).llm == OpenAiAddress("http://site:8000", "small")
    assert found({"openai_model": "big"}, **site).llm == OpenAiAddress("http://site:8000", "big")


def told(**agent: str) -> list[str]:
    person = {"name": "a", "persona": "p", "greeting": "g", "recognizer": "ear", "voice": "v"}
    return list(engines_of(Agent.model_validate(person | {"language_model": "m"} | agent)).values())


def test_what_does_an_agents_work_is_told_without_secrets() -> None:
    assert told() == ["ear", "m", "v"]
    assert told(partial_recognizer="quick") == ["ear + quick", "m", "v"]
    assert told(asr_url="http://user:word@box:6010/a?key=1", tts_url="http://box:6012") == [
        "http://box:6010/a",
        "m",
        "http://box:6012",
    ]
    assert told(openai_url="http://box:8000", openai_model="big")[1] == "http://box:8000 big"
    assert told(llm_url="http://box:6002")[1] == "http://box:6002"
    assert told(sts_url="ws://box:6030/?key=1") == ["ws://box:6030/"] * 3


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("http://box:8000", "http://box:8000/v1"),
        ("http://box:8000/", "http://box:8000/v1"),
        ("http://box:8000/v1", "http://box:8000/v1"),
        ("http://box:8000/v1/", "http://box:8000/v1"),
        ("http://box/openai/v1/chat/completions", "http://box/openai/v1"),
        ("http://box/api", "http://box/api"),
    ],
)
def test_an_openai_address_is_taken_with_and_without_its_version(given: str, base: str) -> None:
    assert base_url(given) == base


def test_a_long_history_keeps_its_opening_and_its_last_turns() -> None:
    opening = [Message("system", "s"), Message("user", "Hello.")]
    turns = [Message("assistant" if n % 2 == 0 else "user", str(n)) for n in range(100)]
    kept = recent([*opening, *turns], len(opening))
    assert kept[:2] == opening
    assert len(kept) == 2 + 2 * MAX_TURNS
    assert kept[2].role == "assistant"
    assert kept[-1] == turns[-1]


def test_events_of_several_lines_and_comments_are_read() -> None:
    events = SseData()
    assert events.feed(b": hi\nevent: x\ndata: a\nda") == []
    assert events.feed(b"ta: b\r\n\r\ndata:c") == ["a\nb"]
    assert events.flush() == ["c"]
