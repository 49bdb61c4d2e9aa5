"""Which of an agent's stages are services elsewhere: what the agent names, else what the site
does."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.agent import Agent
from appliance.settings import Settings


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


def addresses(agent: Agent, settings: Settings) -> Addresses:
    """An agent's own address for the language model, of either kind, goes before the site's; of
    two in one place the AVR service's is taken."""
    return Addresses(
        agent.asr_url or settings.asr_url,
        agent.llm_url
        or _openai(agent.openai_url, agent.openai_model)
        or settings.llm_url
        or _openai(settings.openai_url, agent.openai_model or settings.openai_model),
        agent.tts_url or settings.tts_url,
    )


def _openai(url: str | None, model: str | None) -> OpenAiAddress | None:
    return None if url is None else OpenAiAddress(url, model)
