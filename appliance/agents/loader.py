"""Which engines the site's agents need, each loaded once and shared by all that name it.

An engine may be a service elsewhere; then nothing of it is loaded here. A service that is not there
when the appliance starts is a warning and no reason to wait: each call tries it anew, and one that
cannot be held ends with an apology, whose sound comes from the local voice if need be.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from appliance.agents.addresses import OpenAiAddress, addresses
from appliance.agents.ambience import Ambience, read_ambience
from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.config.agent import OWN_MODEL, Agent
from appliance.config.settings import Settings
from appliance.engines.absent import AbsentEngine
from appliance.engines.base import LanguageModel, Recognizer, Synthesizer
from appliance.engines.load import (
    load_recognizer,
    load_sentences,
    load_voice,
    locate_role,
)
from appliance.engines.paired import PairedRecognizer
from appliance.engines.remote.avr_language_model import AvrLanguageModel
from appliance.engines.remote.avr_recognizer import AvrRecognizer
from appliance.engines.remote.avr_synthesizer import AvrSynthesizer
from appliance.engines.remote.openai_chat import OpenAiChat
from appliance.errors import ApplianceError, RemoteError, WeightsError
from appliance.knowledge.matcher import Knowledge
from appliance.knowledge.meaning import learn
from appliance.metrics import LanguageModelMetrics, Metrics
from appliance.tools.toolbox import Workshop

if TYPE_CHECKING:
    from appliance.engines.piper import PiperSynthesizer
    from appliance.engines.sentences import SentenceEncoder

PROMPTS_AT_ONCE: Final = 2
"""Conversations of the language model that prompts of others may hold, besides the calls'."""

SLOWER: Final = 0.8
"""Of an agent's speaking rate, for what is said again: a word is 1.25 times as long."""

log = logging.getLogger(__name__)


class Engines:
    """All engines of the service and the agents that use them. Event loop only."""

    def __init__(self, settings: Settings, metrics: Metrics, workshop: Workshop) -> None:
        self._settings = settings
        self._workshop = workshop
        self._metrics = metrics
        self._recognizers: dict[tuple[str, str], Recognizer] = {}
        self._language_models: dict[str | OpenAiAddress, LanguageModel] = {}
        self._encoders: dict[str, SentenceEncoder] = {}
        self._voices: dict[str, PiperSynthesizer] = {}
        self._remote_voices: dict[str, AvrSynthesizer] = {}

    async def load(self, agents: Iterable[Agent]) -> dict[str, LoadedAgent]:
        """The ``agents`` by name with their engines loaded and run once, and the sound of their
        first words made. Raises WeightsError, EngineError; then call ``close()`` all the same."""
        loaded = {agent.name: await self._load_agent(agent) for agent in agents}
        await asyncio.gather(
            *(_if_there(engine.warm_up()) for engine in self._recognizers.values()),
            *(
                _if_there(self._warm_up_model(model, loaded.values()))
                for model in self._language_models.values()
            ),
            *(self._prepare(agent) for agent in loaded.values()),
        )
        return loaded

    async def close(self) -> None:
        """End all threads and free the weights."""
        await asyncio.gather(
            *(engine.close() for engine in self._recognizers.values()),
            *(engine.close() for engine in self._language_models.values()),
            *(engine.close() for engine in self._encoders.values()),
            *(engine.close() for engine in self._voices.values()),
            *(engine.close() for engine in self._remote_voices.values()),
        )

    async def _load_agent(self, agent: Agent) -> LoadedAgent:
        if agent.sts_url is not None:
            return self._bridged(agent)
        recognizer = asyncio.create_task(self._recognizer(agent))
        language_model = asyncio.create_task(self._language_model(agent))
        synthesizer = asyncio.create_task(self._synthesizer(agent))
        knowledge = asyncio.create_task(self._knowledge(agent))
        loading = (recognizer, language_model, synthesizer, knowledge)
        await asyncio.wait(loading)  # where one fails, the others are there to be closed
        for each in loading:
            each.exception()  # counts as fetched: only the first one is told
        try:
            return LoadedAgent(
                agent,
                recognizer.result(),
                language_model.result(),
                Voice(
                    synthesizer.result(),
                    agent.language,
                    agent.say,
                    agent.pause_rate,
                    await self._slower(agent),
                ),
                knowledge.result(),
                self._ambience(agent),
                self._workshop.toolbox(agent),
            )
        except WeightsError as error:
            raise WeightsError(f"agent {agent.name}: {error.message}", code=error.code) from error

    def _bridged(self, agent: Agent) -> LoadedAgent:
        """An agent whose conversations a speech-to-speech service holds: it needs nothing here but
        its apology."""
        none = AbsentEngine(agent.name)
        silent = agent.model_copy(update={"knowledge": ()})
        voice = Voice(none, agent.language, agent.say)
        return LoadedAgent(silent, none, none, voice, Knowledge(()), self._ambience(agent))

    def _ambience(self, agent: Agent) -> Ambience | None:
        file = agent.ambient_noise_file
        return None if file is None else read_ambience(file, agent.ambient_noise_level)

    async def _prepare(self, loaded: LoadedAgent) -> None:
        """The sound of an agent's first words; without its service, that of the apology at
        least."""
        phrases = loaded.agent.phrases
        if loaded.agent.sts_url is not None:
            await self._lend(loaded, [phrases.apology, *loaded.phrases()])
            return
        try:
            await loaded.voice.prepare(loaded.first_words(), "first")
        except RemoteError as error:
            log.warning("%s; calls will try it again", error)
            await self._lend(loaded, [phrases.apology])

    async def _lend(self, loaded: LoadedAgent, phrases: list[str]) -> None:
        """Have the local voice say what must be said without a service."""
        agent = loaded.agent
        try:
            voice = await self._voice(agent)
            for phrase in phrases:
                await loaded.voice.borrow(phrase, voice)
        except ApplianceError as error:
            log.warning("agent %s: no apology can be spoken: %s", agent.name, error)

    async def _recognizer(self, agent: Agent) -> Recognizer:
        url = addresses(agent).asr
        if url is not None:
            key = (url, "")
            if key not in self._recognizers:
                silence_s = self._settings.remote_timeout_s
                self._recognizers[key] = AvrRecognizer(url, silence_s=silence_s)
            return self._recognizers[key]
        finals = await self._local_recognizer(agent.recognizer, agent.language)
        if agent.partial_recognizer is None:
            return finals
        partials = await self._local_recognizer(agent.partial_recognizer, agent.language)
        return PairedRecognizer(finals, partials)

    async def _local_recognizer(self, name: str, language: str) -> Recognizer:
        key = (name, language)
        if key not in self._recognizers:
            self._recognizers[key] = await load_recognizer(
                name,
                self._settings.models,
                language=language,
                threads=self._settings.asr_threads,
                on_wait=self._waits,
            )
        return self._recognizers[key]

    async def _knowledge(self, agent: Agent) -> Knowledge:
        """What the agent knows, with its meaning where an encoder is named."""
        name = agent.embedding
        if name is None or name == OWN_MODEL:
            return Knowledge(agent.knowledge, agent.language)
        if name not in self._encoders:
            self._encoders[name] = await load_sentences(
                name, self._settings.models, on_wait=self._waits
            )
        meaning = await learn(self._encoders[name], agent.knowledge, agent.language)
        return Knowledge(agent.knowledge, agent.language, meaning)

    async def _synthesizer(self, agent: Agent) -> Synthesizer:
        url = addresses(agent).tts
        if url is None:
            return await self._voice(agent)
        if url not in self._remote_voices:
            silence_s = self._settings.remote_timeout_s
            self._remote_voices[url] = AvrSynthesizer(url, silence_s=silence_s)
        return self._remote_voices[url]

    async def _voice(self, agent: Agent) -> PiperSynthesizer:
        if agent.voice not in self._voices:
            self._voices[agent.voice] = await load_voice(
                agent.voice,
                self._settings.models,
                threads=self._settings.tts_threads,
                on_wait=self._waits,
            )
        return self._voices[agent.voice].at_rate(agent.speaking_rate, agent.pause_rate)

    async def _slower(self, agent: Agent) -> Synthesizer | None:
        """The agent's voice for what is said again; a service elsewhere has one pace."""
        if addresses(agent).tts is not None:
            return None
        return (await self._voice(agent)).at_rate(agent.speaking_rate * SLOWER, agent.pause_rate)

    async def _language_model(self, agent: Agent) -> LanguageModel:
        address = addresses(agent).llm
        key = agent.language_model if address is None else address
        if key not in self._language_models:
            self._language_models[key] = (
                await self._llama(agent.language_model)
                if address is None
                else self._remote_model(address)
            )
        return self._language_models[key]

    def _remote_model(self, address: str | OpenAiAddress) -> LanguageModel:
        silence_s = self._settings.remote_timeout_s
        if isinstance(address, str):
            on_first = partial(self._metrics.first_token, AvrLanguageModel.name)
            return AvrLanguageModel(address, silence_s=silence_s, on_first=on_first)
        key = self._settings.openai_api_key.get_secret_value()
        return OpenAiChat(
            address.url,
            model=address.model,
            api_key=key,
            silence_s=silence_s,
            on_first=partial(self._metrics.first_token, OpenAiChat.name),
        )

    async def _llama(self, name: str) -> LanguageModel:
        from appliance.engines.llama import Llama, LlamaOptions

        options = LlamaOptions(
            path=locate_role(name, self._settings.models, "language_model").path,
            max_sessions=self._settings.max_calls + PROMPTS_AT_ONCE,
            context_tokens=self._settings.llm_context_tokens,
            lanes=self._settings.llm_lanes,
            threads=self._settings.llm_threads,
        )
        observer = LanguageModelMetrics(self._metrics, Llama.name)
        return await Llama.load(options, observer=observer)

    async def _warm_up_model(self, model: LanguageModel, agents: Iterable[LoadedAgent]) -> None:
        await model.warm_up([each.opening() for each in agents if each.language_model is model])

    def _waits(self, engine: str) -> Callable[[float], None]:
        return partial(self._metrics.engine_wait, engine)


async def _if_there(warm_up: Awaitable[None]) -> None:
    """Nothing of ours waits for a service elsewhere."""
    try:
        await warm_up
    except RemoteError as error:
        log.warning("%s; calls will try it again", error)
