"""Never dead air: a late answer gets a filler, and one that will not come ends the call with an
apology."""

from __future__ import annotations

from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.call.record import CallRecord
from appliance.call.turn import Turn
from appliance.clock import Clock
from appliance.errors import EngineTimeout
from appliance.turns.playout import Playout

ANSWER_TIMEOUT_S: Final = 10.0
"""An answer that has no sound by then will not come; the caller gets an apology."""
NEARLY_S: Final = 0.5
"""From the caller's words to the model's first, from those to an utterance, and from an utterance
to its sound it takes less: when the last such step is no longer ago, the next is awaited."""
WITHOUT_WORDS: Final = 2
"""How many times longer a filler is put off while the caller's words are still being recognised:
what follows them is mostly there at once."""
IN_A_ROW: Final = 3
"""And behind an answer that had one already: it is no news any more, but the air must not be dead.
"""


class LateAnswer:
    """The fillers of one call. Event loop only."""

    def __init__(
        self, loaded: LoadedAgent, playout: Playout, record: CallRecord, clock: Clock
    ) -> None:
        self._phrases = loaded.agent.phrases
        self._voice = loaded.voice
        self._playout = playout
        self._record = record
        self._clock = clock
        self._told = False  # since the last answer
        self._told_before = False  # before the last answer
        self._answered: Turn | None = None

    def consider(self, turn: Turn, *, caller_speaks: bool) -> None:
        """``turn`` is the caller's to hear: is its answer late? Raises EngineTimeout."""
        if turn.answering:
            self._note_answer(turn)
            return
        late_s = self._clock.now() - turn.timeline.last_voice
        if late_s >= ANSWER_TIMEOUT_S:
            raise EngineTimeout("answer", f"no sound after {ANSWER_TIMEOUT_S:.0f} s")
        patience = 1 if turn.text else WITHOUT_WORDS
        if self._told_before:
            patience = IN_A_ROW
        late = late_s * 1000 >= patience * self._phrases.filler_after_ms
        if late and not (self._told or caller_speaks or self._nearly_there(turn)):
            self._fill(turn)

    def _note_answer(self, turn: Turn) -> None:
        if turn is not self._answered:
            self._answered = turn
            self._told_before, self._told = self._told, False

    def _nearly_there(self, turn: Turn) -> bool:
        """A filler would only delay the answer."""
        made = turn.timeline.first_pcm is not None  # it only waited for the end of the turn
        return made or self._clock.now() - turn.moved_at < NEARLY_S

    def _fill(self, turn: Turn) -> None:
        """Say that it takes a moment."""
        fillers = self._phrases.filler
        if not fillers:
            return
        filler = fillers[len(self._record.turns) % len(fillers)]
        clip = self._voice.kept(filler, self._playout.rate_hz)
        if clip is not None:
            self._told = True
            turn.fill(clip)
