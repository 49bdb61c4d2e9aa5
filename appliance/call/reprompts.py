"""What a caller is told who says nothing: never twice the same in a row, at last how they can be
helped all the same."""

from __future__ import annotations

from appliance.call.reply import FixedReply
from appliance.config.agent import Agent
from appliance.config.offers import silence_offer


class Reprompts:
    """The prompts of one call. Pure."""

    def __init__(self, agent: Agent) -> None:
        self._agent = agent
        self._asked = 0

    def reset(self) -> None:
        """The caller has said something."""
        self._asked = 0

    def ask(self) -> FixedReply | None:
        """The next prompt; None when it was said often enough, and goodbye is left."""
        most, phrases = self._agent.endpointing.no_input_prompts, self._agent.phrases
        if self._asked >= most:
            return None
        self._asked += 1
        offer = silence_offer(self._agent)
        if self._asked == most > 1 and offer:
            return FixedReply(offer, expect="yes_no", if_yes=self._agent.unknown_if_yes)
        return FixedReply(phrases.no_input[(self._asked - 1) % len(phrases.no_input)])
