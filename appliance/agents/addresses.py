"""Which of an agent's stages are services elsewhere. What the settings say of agents that name none
has been put into them before (``agent_defaults.py``)."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.config.agent import Agent
from appliance.config.url import shown
from appliance.metrics import STAGES


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
    model = agent.llm_url or _openai(agent.openai_url, agent.openai_model)
    return Addresses(agent.asr_url, model, agent.tts_url)


def engines_of(agent: Agent) -> dict[str, str]:
    """By stage what does its work: a model's name or path, or a service's address without
    credentials and query."""
    if agent.sts_url is not None:
        return dict.fromkeys(STAGES, shown(agent.sts_url))
    elsewhere = addresses(agent)
    model = elsewhere.llm
    if isinstance(model, OpenAiAddress):
        model = f"{shown(model.url)} {model.model or ''}".strip()
    elif model is not None:
        model = shown(model)
    return {
        "recognizer": shown(elsewhere.asr) if elsewhere.asr else _recognition(agent),
        "language_model": model or agent.language_model,
        "voice": shown(elsewhere.tts) if elsewhere.tts else agent.voice,
    }


def _recognition(agent: Agent) -> str:
    partial = agent.partial_recognizer
    return agent.recognizer if partial is None else f"{agent.recognizer} + {partial}"


def _openai(url: str | None, model: str | None) -> OpenAiAddress | None:
    return None if url is None else OpenAiAddress(url, model)
