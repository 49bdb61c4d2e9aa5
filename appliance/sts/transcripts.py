"""What was said in a call that a service elsewhere held, as its transcripts tell it.

The appliance has not heard it itself: what stands in the record as said is what the service says it
said, also where an interruption cut it off.
"""

from __future__ import annotations

from typing import Final

from appliance.call.record import CallRecord, TurnRecord

SOURCE: Final = "speech_to_speech"
MOST_TURNS: Final = 1000
MOST_CHARACTERS: Final = 4000
"""Of one turn and side."""


class Words:
    """Makes turns of transcripts: the caller's words, then the agent's until the caller's next."""

    def __init__(self, record: CallRecord) -> None:
        self._record = record
        self._heard = ""
        self._said = ""

    def of_the_caller(self, text: str) -> None:
        """The caller said ``text``."""
        if self._said:
            self.close()
        self._heard = f"{self._heard} {text}".strip()[:MOST_CHARACTERS]

    def of_the_agent(self, text: str) -> None:
        """The agent said ``text``."""
        self._said = f"{self._said} {text}".strip()[:MOST_CHARACTERS]

    def close(self) -> None:
        """What was said so far is a turn; so it is at the end of the call."""
        heard, said, self._heard, self._said = self._heard, self._said, "", ""
        if not heard and not self._record.turns:
            self._record.greeting = said
        elif (heard or said) and len(self._record.turns) < MOST_TURNS:
            self._record.turns.append(TurnRecord(heard, said, SOURCE, False, {}))
