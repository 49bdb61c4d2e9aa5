"""Which engines the site's agents need, each loaded once and shared by all that name it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from appliance.agent import Agent
from appliance.call.ambience import Ambience, read_ambience
from appliance.call.equipped import EquippedAgent
from appliance.call.voice import Voice
from appliance.engines.base import LanguageModel, Recognizer
from appliance.engines.load import load_recognizer, load_voice, locate_kind
from appliance.errors import WeightsError
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import LanguageModelMetrics, Metrics
from appliance.settings import Settings

if TYPE_CHECKING:
    from appliance.engines.piper import PiperSynthesizer


class Engines:
    """All engines of the service and the agents that use them. Event loop only."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._recognizers: dict[tuple[str, str], Recognizer] = {}
        self._language_models: dict[str, LanguageModel] = {}
        self._voices: dict[str, PiperSynthesizer] = {}

    async def load(self, agents: Iterable[Agent]) -> dict[str, EquippedAgent]:
        """The ``agents`` by name with their engines loaded and run once, and the sound of their
        phrases made. Raises WeightsError, EngineError; then call ``close()`` all the same."""
        equipped = {agent.name: await self._equip(agent) for agent in agents}
        await asyncio.gather(
            *(engine.warm_up() for engine in self._recognizers.values()),
            *(self._warm_up_model(name, equipped.values()) for name in self._language_models),
            *(agent.voice.prepare(agent.phrases()) for agent in equipped.values()),
        )
        return equipped

    async def close(self) -> None:
        """End all threads and free the weights."""
        await asyncio.gather(
            *(engine.close() for engine in self._recognizers.values()),
            *(engine.close() for engine in self._language_models.values()),
            *(engine.close() for engine in self._voices.values()),
        )

    async def _equip(self, agent: Agent) -> EquippedAgent:
        try:
            return EquippedAgent(
                agent,
                await self._recognizer(agent),
                await self._language_model(agent),
                Voice(await self._voice(agent), agent.language),
                Knowledge(agent.knowledge, agent.language),
                self._ambience(agent),
            )
        except WeightsError as error:
            raise WeightsError(f"agent {agent.name}: {error.message}", code=error.code) from error

    def _ambience(self, agent: Agent) -> Ambience | None:
        file = agent.ambient_noise_file
        return None if file is None else read_ambience(file, agent.ambient_noise_level)

    async def _recognizer(self, agent: Agent) -> Recognizer:
        key = (agent.recognizer, agent.language)
        if key not in self._recognizers:
            self._recognizers[key] = await load_recognizer(
                agent.recognizer,
                self._settings.models,
                language=agent.language,
                threads=self._settings.asr_threads,
                on_wait=self._waits,
            )
        return self._recognizers[key]

    async def _voice(self, agent: Agent) -> PiperSynthesizer:
        if agent.voice not in self._voices:
            self._voices[agent.voice] = await load_voice(
                agent.voice,
                self._settings.models,
                threads=self._settings.tts_threads,
                on_wait=self._waits,
            )
        return self._voices[agent.voice].at_rate(agent.speaking_rate)

    async def _language_model(self, agent: Agent) -> LanguageModel:
        from appliance.engines.llama import Llama, LlamaOptions

        name = agent.language_model
        if name not in self._language_models:
            options = LlamaOptions(
                path=locate_kind(name, self._settings.models, ("gguf",)).path,
                max_sessions=self._settings.max_calls,
                context_tokens=self._settings.llm_context_tokens,
                lanes=self._settings.llm_lanes,
                threads=self._settings.llm_threads,
            )
            observer = LanguageModelMetrics(self._metrics, Llama.name)
            self._language_models[name] = await Llama.load(options, observer=observer)
        return self._language_models[name]

    async def _warm_up_model(self, name: str, agents: Iterable[EquippedAgent]) -> None:
        openings = [each.opening() for each in agents if each.agent.language_model == name]
        await self._language_models[name].warm_up(openings)

    def _waits(self, engine: str) -> Callable[[float], None]:
        return partial(self._metrics.engine_wait, engine)
