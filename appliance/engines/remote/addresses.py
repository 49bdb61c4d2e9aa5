"""Which of an agent's stages are services elsewhere. What the settings say of agents that name none
has been put into them before (``agent_defaults.py``)."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.agent import Agent


@dataclass(frozen=True, slots=True)
class OpenAiAddress:
    """An OpenAI-compatible server and the model to ask for; None: the only one it has."""

    url: str
    model: str | None


@dataclass(frozen=True, slots=True)
class Addresses:
    """None: the stage is done here."""

    asr: str | None
    llm: str | OpenAiAddress | None
    """An AVR service's address, or the other kind."""
    tts: str | None


def addresses(agent: Agent) -> Addresses:
    """Of two kinds of address for the language model the AVR service's is taken."""
    mind = agent.llm_url or _openai(agent.openai_url, agent.openai_model)
    return Addresses(agent.asr_url, mind, agent.tts_url)


def _openai(url: str | None, model: str | None) -> OpenAiAddress | None:
    return None if url is None else OpenAiAddress(url, model)
