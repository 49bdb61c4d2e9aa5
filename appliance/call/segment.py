"""A stretch of the caller's speech between two pauses: it has ended, and its words are on their
way."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from appliance.engines.base import Transcript
from appliance.errors import EngineError


class Segment:
    """Speech between two pauses, whose words are known soon. Compared by identity."""

    def __init__(self, work: Coroutine[Any, Any, Transcript], tasks: asyncio.TaskGroup) -> None:
        self._result = tasks.create_task(_kept(work))
        self._result.add_done_callback(lambda _: work.close())  # cancelled before it began
        self.wordless = False
        """Whether it was a hesitation or a cough: what it sounds like is no part of a turn."""

    async def words(self) -> Transcript:
        """Cancelling it loses nothing. Raises RecognizerError."""
        result = await asyncio.shield(self._result)
        if isinstance(result, EngineError):
            raise result
        return result

    def cancel(self) -> None:
        """Nobody waits for its words any more."""
        self._result.cancel()


async def _kept(work: Coroutine[Any, Any, Transcript]) -> Transcript | EngineError:
    """A failure is kept for who asks for the words: the task of a segment does not end a call."""
    try:
        return await work
    except EngineError as error:
        return error
