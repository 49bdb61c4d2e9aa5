"""An agent with everything it needs loaded. Shared by all its calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from appliance.agents.ambience import Ambience
from appliance.agents.voice import Voice
from appliance.config.agent import Agent
from appliance.config.offers import silence_offer, trouble_offer
from appliance.engines.base import LanguageModel, Message, Recognizer
from appliance.engines.tool_calls import instructions
from appliance.knowledge.matcher import Knowledge
from appliance.text.template import fill, names
from appliance.tools.toolbox import Toolbox


@dataclass(frozen=True, slots=True, eq=False)
class LoadedAgent:
    """An Agent, its engines, its voice and what it knows."""

    agent: Agent
    recognizer: Recognizer
    language_model: LanguageModel
    voice: Voice
    knowledge: Knowledge
    ambience: Ambience | None = None
    toolbox: Toolbox = field(default_factory=Toolbox)

    def for_caller(self, payload: Mapping[str, Any], *, persona: str | None = None) -> LoadedAgent:
        """The agent for a call of which ``payload`` is known: ``{from}`` and other names in its
        greeting and persona (or another ``persona``, of this call) replaced. Itself when nothing
        differs."""
        persona = fill(persona or self.agent.persona, payload)
        greeting = fill(self.agent.greeting, payload)
        if (persona, greeting) == (self.agent.persona, self.agent.greeting):
            return self
        agent = self.agent.model_copy(update={"persona": persona, "greeting": greeting})
        return replace(self, agent=agent)

    def opening(self) -> list[Message]:
        """What the language model reads in every call before anything was said.

        It ends with the caller's "Hello.", which the greeting answers: chat templates want users
        and assistants in turns.
        """
        persona = self.agent.persona
        if not self.language_model.native_tools:
            persona += instructions(self.toolbox.specs)
        shown: list[Message] = []
        for example in self.agent.examples:
            shown += [Message("user", example.caller), Message("assistant", example.reply)]
        return [Message("system", persona), *shown, Message("user", "Hello.")]

    def first_words(self) -> list[str]:
        """What a caller may hear before anything else: its sound must be there before them."""
        greeting = [] if names(self.agent.greeting) else [self.agent.greeting]
        return [*greeting, self.agent.phrases.apology]

    def phrases(self) -> list[str]:
        """What else it says by itself in any call, in the order in which it may be needed."""
        phrases = self.agent.phrases
        if self.agent.sts_url is not None:
            return [phrases.time_over]  # everything else is said elsewhere
        return [
            *phrases.filler,
            phrases.not_understood,
            phrases.unknown,
            *phrases.no_input,
            *filter(None, (silence_offer(self.agent), trouble_offer(self.agent))),
            *filter(None, (phrases.hold_on, phrases.back)),
            phrases.transfer,
            phrases.goodbye,
            phrases.anything_else,
            phrases.what_for,
            phrases.tool_failed,
            phrases.no_input_goodbye,
            phrases.time_over,
            phrases.noted,
            phrases.say_it_again,
            phrases.spell_it_again,
            phrases.not_taken_down,
            phrases.tell_more,
            phrases.medical,
            phrases.legal,
            phrases.payment_card,
        ]

    def answers(self) -> list[str]:
        """What it says when it is asked, and asks back about one entry: its sound may be made while
        the first calls arrive. Emergencies first."""
        known = self.agent.knowledge
        answers = [entry.answer for entry in sorted(known, key=lambda entry: not entry.urgent)]
        return answers + [self.agent.phrases.asking([entry]) for entry in known]
