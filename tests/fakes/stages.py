"""The stages of an agent whose engines answer by script."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from appliance.agent import Agent, KnowledgeEntry
from appliance.call.equipped import EquippedAgent
from appliance.call.voice import Voice
from appliance.clock import MonotonicClock
from appliance.knowledge.matcher import Knowledge
from appliance.metrics import Metrics
from appliance.stages.admission import Admission
from appliance.stages.offered import Stages
from tests.fakes.conversation import ScriptedEars, ScriptedModel, ScriptedVoice

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


class ScriptedStages:
    """Stages, and the engines behind them to look at."""

    def __init__(
        self,
        lines: Sequence[str] = (),
        answer: Callable[[str], str] = lambda prompt: "I am fine, thank you.",
        *,
        max_calls: int = 4,
        agents: Sequence[Agent] = (DESK,),
    ) -> None:
        self.ears = ScriptedEars(lines, 8000)
        self.model = ScriptedModel(answer)
        self.voice = ScriptedVoice()
        self.metrics = Metrics()
        self.refusal: str | None = None
        self.calls = 0
        equipped = {agent.name: self._equipped(agent) for agent in agents}
        clock = MonotonicClock()
        self.admission = Admission(
            max_calls=max_calls,
            tts_threads=1,
            refusal=lambda: self.refusal,
            calls=lambda: self.calls,
            clock=clock,
            metrics=self.metrics,
        )
        default = equipped[agents[0].name]
        self.stages = Stages(equipped, default, lambda: self.ears, self.admission, clock)

    @property
    def desk(self) -> EquippedAgent:
        """The default agent."""
        return self.stages.default

    def _equipped(self, agent: Agent) -> EquippedAgent:
        voice = Voice(self.voice, agent.language)
        return EquippedAgent(agent, self.ears, self.model, voice, Knowledge(agent.knowledge))
