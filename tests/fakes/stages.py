"""The stages of an agent whose engines answer by script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.voice import Voice
from appliance.clock import MonotonicClock
from appliance.config.agent import Agent, KnowledgeEntry
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import Metrics
from appliance.services.admission import Admission
from appliance.services.call_endings import CallEndings
from appliance.services.offered import Stages
from appliance.switchboard.call_control import Control
from appliance.tools.toolbox import Toolbox
from tests.fakes.conversation import ScriptedModel, ScriptedRecognition, ScriptedVoice

DESK = Agent(
    name="desk",
    persona="You are a receptionist.",
    greeting="Good day.",
    unknown_if_yes="person",
    knowledge=(
        KnowledgeEntry(
            id="hours",
            questions=("what are your opening hours",),
            answer="We are open from nine to five.",
        ),
        KnowledgeEntry(
            id="person",
            questions=("i would like to speak to a person",),
            answer="I will put you through.",
            action="transfer",
        ),
    ),
)


class ScriptedManager:
    """Gives no orders to Asterisk, but writes them down."""

    def __init__(self) -> None:
        self.orders: list[tuple[str, ...]] = []

    async def transfer(self, uuid: UUID, extension: str, context: str) -> None:
        self.orders.append(("transfer", str(uuid), extension, context))

    async def hang_up(self, uuid: UUID) -> None:
        self.orders.append(("hangup", str(uuid)))

    async def originate(
        self, channel: str, extension: str, context: str, caller_id: str
    ) -> None: ...


class ScriptedStages:
    """Stages, and the engines behind them to look at."""

    def __init__(
        self,
        lines: Sequence[str] = (),
        answer: Callable[[str], str] = lambda prompt: "I am fine, thank you.",
        *,
        max_calls: int = 4,
        agents: Sequence[Agent] = (DESK,),
        toolbox: Toolbox | None = None,
    ) -> None:
        self._toolbox = toolbox or Toolbox()
        self.recognition = ScriptedRecognition(lines, 8000)
        self.model = ScriptedModel(answer)
        self.voice = ScriptedVoice()
        self.metrics = Metrics()
        self.refusal: str | None = None
        self.calls = 0
        loaded = {agent.name: self._loaded(agent) for agent in agents}
        clock = MonotonicClock()
        self.admission = Admission(
            max_calls=max_calls,
            tts_threads=1,
            refusal=lambda: self.refusal,
            calls=lambda: self.calls,
            clock=clock,
            metrics=self.metrics,
        )
        default = loaded[agents[0].name]
        self.manager = ScriptedManager()
        self.stages = Stages(
            loaded,
            default,
            lambda: self.recognition,
            self.admission,
            CallEndings(Control(self.manager)),
            clock,
        )

    @property
    def desk(self) -> LoadedAgent:
        """The default agent."""
        return self.stages.default

    def _loaded(self, agent: Agent) -> LoadedAgent:
        voice = Voice(self.voice, agent.language)
        knowledge = Knowledge(agent.knowledge)
        return LoadedAgent(
            agent, self.recognition, self.model, voice, knowledge, toolbox=self._toolbox
        )
