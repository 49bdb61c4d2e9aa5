"""When the caller takes the floor from the agent, in two stages.

Voice alone only *holds* the agent (silence on the line, nothing lost): coughs, "mhm" and a slammed
door are voice too. Words, or voice that goes on, *take* the floor; a backchannel or nothing gives
it back. Pure and driven by audio time.
"""

from __future__ import annotations

from enum import Enum

from appliance.config.agent import BargeInOptions
from appliance.language.language import any_of
from appliance.text.canonical import canonical


class Verdict(Enum):
    """What to do with the agent's speech."""

    NOTHING = "nothing"
    HOLD = "hold"
    TAKE = "take"
    RESUME = "resume"


class BargeIn:
    """One call's barge-in. ``push`` every Frame while the caller speaks into the agent's words."""

    def __init__(self, options: BargeInOptions, language: str) -> None:
        self._options = options
        self._backchannel = any_of(canonical(each, language) for each in options.backchannels)
        self.holding = False
        """Whether the agent was held and nothing is decided yet."""

    def reset(self) -> None:
        """The agent has fallen silent, or has begun something new."""
        self.holding = False

    def push(self, voiced_s: float, partial: str) -> Verdict:
        """``voiced_s``: the caller's voice since they began; ``partial``: their words so far,
        canonical."""
        if not self._options.enabled:
            return Verdict.NOTHING
        if not self.holding:
            if voiced_s * 1000 < self._options.voice_ms - 1e-6:
                return Verdict.NOTHING
            self.holding = True
            return Verdict.HOLD
        long_enough = voiced_s * 1000 >= self._options.confirm_voice_ms
        return self._take() if long_enough or self._wants_floor(partial) else Verdict.NOTHING

    def paused(self, said: str) -> Verdict:
        """The caller paused after saying ``said`` (canonical): the words decide."""
        if not self.holding:
            return Verdict.NOTHING
        if self._wants_floor(said):
            return self._take()
        self.reset()
        return Verdict.RESUME

    def _take(self) -> Verdict:
        self.reset()
        return Verdict.TAKE

    def _wants_floor(self, said: str) -> bool:
        return len(self._backchannel.sub(" ", said).split()) >= self._options.confirm_words
