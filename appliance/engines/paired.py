"""Two recognisers for one agent: one for the words while they are spoken, one for what was said.

Whisper hears a turn as a whole and best; it has no words before the caller pauses. A Vosk model
beside it has them within a third of a second: a barge-in is confirmed by words, and the language
model reads along. What the caller said is the first one's alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Coroutine, Sequence
from typing import Any

from appliance.audio.frame import Pcm
from appliance.audio.resample import stream
from appliance.engines.base import Recognizer, RecognizerSession, Transcript
from appliance.errors import EngineBusy

log = logging.getLogger(__name__)


class PairedRecognizer:
    """Two recognisers that are somebody else's to load and close; implements ``base.Recognizer``.

    ``finals`` gives the final transcripts and its name and rate, ``partials`` the partial ones.
    """

    def __init__(self, finals: Recognizer, partials: Recognizer) -> None:
        self.name = finals.name
        self.rate_hz = finals.rate_hz
        self._finals = finals
        self._partials = partials

    async def open(
        self,
        *,
        grammar: Sequence[str] | None = None,
        hotwords: Sequence[str] = (),
        call_id: str = "",
    ) -> PairedSession:
        """As ``base.Recognizer``."""
        finals = await self._finals.open(grammar=grammar, hotwords=hotwords, call_id=call_id)
        try:
            partials = await self._partials.open(grammar=grammar, call_id=call_id)
        except BaseException:
            await finals.close()
            raise
        return PairedSession(finals, partials, (self._finals.rate_hz, self._partials.rate_hz))

    async def warm_up(self) -> None:
        """As ``base.Recognizer``."""
        await asyncio.gather(self._finals.warm_up(), self._partials.warm_up())

    async def close(self) -> None:
        """As ``base.Recognizer``; both stay with their owner."""


class PairedSession:
    """What one call holds of both; implements ``base.RecognizerSession``. Event loop only."""

    def __init__(
        self, finals: RecognizerSession, partials: RecognizerSession, rates_hz: tuple[int, int]
    ) -> None:
        self.redecodes = finals.redecodes
        self.again_s = finals.again_s
        self._finals = finals
        self._partials = partials
        self._rates_hz = rates_hz
        self._resampled = stream(*rates_hz)
        self._late = False

    def expect(self, hint: str) -> None:
        """As ``base.RecognizerSession``."""
        self._finals.expect(hint)

    def feed(self, pcm: Pcm) -> None:
        """As ``base.RecognizerSession``. Partials that cannot keep up end for this segment."""
        self._finals.feed(pcm)
        if not self._late:
            try:
                self._partials.feed(self._resampled(pcm))
            except EngineBusy as error:
                self._late = True
                log.warning("%s: no partial transcripts until the next pause", error)

    def prepare(self) -> None:
        """As ``base.RecognizerSession``."""
        self._finals.prepare()

    @property
    def partial(self) -> Transcript:
        """What the second recogniser makes of the segment so far."""
        return self._partials.partial

    def finish(self) -> Coroutine[Any, Any, Transcript]:
        """As ``base.RecognizerSession``: the first one's words."""
        self._resampled = stream(*self._rates_hz)
        self._late = False
        return _first(asyncio.gather(self._finals.finish(), self._partials.finish()))

    async def close(self) -> None:
        """As ``base.RecognizerSession``."""
        await asyncio.gather(self._finals.close(), self._partials.close())


async def _first(both: Awaitable[tuple[Transcript, Transcript]]) -> Transcript:
    words, _ = await both
    return words
