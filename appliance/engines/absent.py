"""The engines of an agent that needs none: a speech-to-speech service holds its conversations.

They take no memory and start nothing; whoever asks them for work is told where it is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from appliance.audio.frame import WIRE_RATE_HZ
from appliance.engines.base import Message
from appliance.errors import EngineError


class AbsentEngine:
    """Recognizer, LanguageModel and Synthesizer in one (engines/base.py)."""

    name = "elsewhere"
    rate_hz = WIRE_RATE_HZ
    native_tools = False

    def __init__(self, agent: str) -> None:
        self._agent = agent

    async def open(self, *_: Sequence[Message], **__: object) -> NoReturn:
        """Raises EngineError."""
        self._refuse()

    async def synthesize(self, *_: str, **__: object) -> NoReturn:
        """Raises EngineError."""
        self._refuse()

    async def warm_up(self, *_: Sequence[Sequence[Message]]) -> None:
        """Nothing is cold."""

    async def close(self) -> None:
        """Nothing is held."""

    def _refuse(self) -> NoReturn:
        raise EngineError(
            self.name, f"agent {self._agent} has no engines here: its sts_url does its work"
        )
