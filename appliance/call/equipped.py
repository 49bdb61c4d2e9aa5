"""An agent with everything it needs loaded. Shared by all its calls."""

from __future__ import annotations

from dataclasses import dataclass

from appliance.agent import Agent
from appliance.call.voice import Voice
from appliance.engines.base import LanguageModel, Message, Recognizer
from appliance.knowledge.matcher import Knowledge


@dataclass(frozen=True, slots=True, eq=False)
class EquippedAgent:
    """An Agent, its engines, its voice and what it knows."""

    agent: Agent
    recognizer: Recognizer
    language_model: LanguageModel
    voice: Voice
    knowledge: Knowledge

    def opening(self) -> list[Message]:
        """What the language model reads in every call before anything was said.

        It ends with the caller's "Hello.", which the greeting answers: chat templates want users
        and assistants in turns.
        """
        shown: list[Message] = []
        for example in self.agent.examples:
            shown += [Message("user", example.caller), Message("assistant", example.agent)]
        return [Message("system", self.agent.persona), *shown, Message("user", "Hello.")]

    def phrases(self) -> list[str]:
        """What it says by itself in any call: its sound must be there before the first one."""
        phrases = self.agent.phrases
        return [
            self.agent.greeting,
            phrases.apology,
            *phrases.filler,
            phrases.not_understood,
            phrases.unknown,
            phrases.anything_else,
            phrases.no_input,
            phrases.no_input_goodbye,
            phrases.time_over,
        ]

    def answers(self) -> list[str]:
        """What it says when it is asked: its sound may be made while the first calls arrive."""
        return [entry.answer for entry in self.agent.knowledge]
