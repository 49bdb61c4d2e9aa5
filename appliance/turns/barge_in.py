"""When the caller takes the floor from the agent, in two stages.

Voice alone only *holds* the agent (silence on the line, nothing lost): coughs, "mhm" and a slammed
door are voice too. Words, or voice that goes on, *take* the floor; a backchannel or nothing gives
it back. A mere sound ("uh-huh") becomes any word in a recogniser, of which it is not sure: that is
no word. Pure and driven by audio time.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from appliance.config.agent import BargeInOptions
from appliance.language.language import any_of
from appliance.language.registry import language_of
from appliance.text.canonical import canonical

SOUND_S: Final = 0.6
SOUND_CONFIDENCE: Final = 0.65
LONG_SOUND_S: Final = 1.0
LONG_SOUND_CONFIDENCE: Final = 0.5
SOUND_WORDS: Final = 2
"""Voice that is shorter may be a sound without words in it, when the recogniser is less sure of the
few words that it found."""


def is_sound(voiced_s: float, confidence: float) -> bool:
    """Whether what lasted ``voiced_s`` is rather a sound than the words that were made of it."""
    short = voiced_s < SOUND_S and confidence < SOUND_CONFIDENCE
    return short or (voiced_s < LONG_SOUND_S and confidence < LONG_SOUND_CONFIDENCE)


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
        self._backchannels = [canonical(each, language) for each in options.backchannels]
        self._backchannel = any_of(self._backchannels)
        self._language = language_of(language)
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
        wants = self._wants_floor(partial) and not self._may_be_backchannel(partial)
        return self._take() if long_enough or wants else Verdict.NOTHING

    def paused(
        self, said: str, *, voiced_s: float = LONG_SOUND_S, confidence: float = 1.0
    ) -> Verdict:
        """The caller paused after saying ``said`` (canonical) in ``voiced_s``: the words decide, if
        the recogniser is sure enough of them (``confidence``, 0..1)."""
        if not self.holding:
            return Verdict.NOTHING
        known = self._language.takes_floor.match(said)
        few = len([word for word in self._left(said) if len(word) > 1]) <= SOUND_WORDS
        hum = self._language.hesitations.fullmatch(said)
        sound = hum or (few and is_sound(voiced_s, confidence))
        listens = sound or self._may_be_backchannel(said)
        if self._wants_floor(said) and (known or not listens):
            return self._take()
        self.reset()
        return Verdict.RESUME

    def _may_be_backchannel(self, partial: str) -> bool:
        """Whether ``partial`` ends with the beginning of one: "got", which may become "got it"."""
        rest = " ".join(self._left(partial))
        return any(each.startswith(f"{rest} ") for each in self._backchannels)

    def _take(self) -> Verdict:
        self.reset()
        return Verdict.TAKE

    def _wants_floor(self, said: str) -> bool:
        return len(self._left(said)) >= self._options.confirm_words

    def _left(self, said: str) -> list[str]:
        """The words that are no backchannel, nor only stand around one."""
        words = self._backchannel.sub(" ", said).split()
        return [] if all(word in self._language.glue for word in words) else words
