"""An agent with everything it needs loaded. Shared by all its calls."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.agent import Agent
from appliance.call.voice import Voice
from appliance.engines.base import LanguageModel, Recognizer
from appliance.knowledge.matcher import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class EquippedAgent:
    """An Agent, its engines, its voice and what it knows."""

    agent: Agent
    recognizer: Recognizer
    language_model: LanguageModel
    voice: Voice
    knowledge: Knowledge

    def fixed_texts(self) -> list[str]:
        """Everything it says by itself, the most urgent first, so that its sound can be made
        ahead."""
        phrases = self.agent.phrases
        return [
            self.agent.greeting,
            phrases.apology,
            *phrases.filler,
            phrases.not_understood,
            phrases.unknown,
            phrases.no_input,
            phrases.no_input_goodbye,
            phrases.time_over,
            *(entry.answer for entry in self.agent.knowledge),
        ]
