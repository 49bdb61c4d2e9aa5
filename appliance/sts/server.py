"""The speech-to-speech server: which sessions there are, and the calls that are held over them.

It knows nothing of sockets: ``websocket.py`` and ``exchange.py`` carry a session's messages.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from appliance.errors import ApplianceError, ProtocolError
from appliance.sts.line import StsLine
from appliance.sts.messages import Init
from appliance.turns.pacer import Pacer

log = logging.getLogger(__name__)

OnCall = Callable[[StsLine, Mapping[str, str], Mapping[str, str]], Awaitable[None]]
"""Holds the call of a line, given the ``provider_config`` of its ``init`` and the metadata of its
address. Raises ProtocolError for a wish that cannot be met."""


class StsServer:
    """Admits sessions and owns their calls' tasks. Event loop only."""

    def __init__(self, *, pacer: Pacer, on_call: OnCall, admit: Callable[[UUID], None]) -> None:
        """``admit`` raises CallRefused to turn a session away. ``on_call`` runs in a task of its
        own; when it returns or raises, the line is hung up."""
        self._pacer = pacer
        self._on_call = on_call
        self._admit = admit
        self._calls: dict[asyncio.Task[None], StsLine] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def calls(self) -> int:
        """Calls whose task has not ended."""
        return len(self._calls)

    def open(self, init: Init, metadata: Mapping[str, str]) -> StsLine:
        """A line with a call at its end; the carrier feeds and empties it. Raises CallRefused."""
        self._admit(init.uuid)
        line = StsLine(init.uuid, self._pacer)
        work = self._run(line, init.provider_config, metadata)
        task = asyncio.create_task(work, name=f"call {init.uuid}")
        self._calls[task] = line
        self._idle.clear()
        task.add_done_callback(self._ended)
        return line

    async def drained(self) -> None:
        """Wait until no call is left; new ones are the business of ``admit``."""
        await self._idle.wait()

    def hang_up_all(self) -> None:
        """Begin the orderly end of every session."""
        for line in tuple(self._calls.values()):
            line.begin_hang_up("hung_up")

    async def close(self, *, deadline_s: float = 3.0) -> None:
        """Hang up every call, wait for their tasks, cancel what is left after the deadline."""
        self.hang_up_all()
        if self._calls:
            _, late = await asyncio.wait(tuple(self._calls), timeout=deadline_s)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late)

    async def _run(
        self, line: StsLine, provider_config: Mapping[str, str], metadata: Mapping[str, str]
    ) -> None:
        try:
            await self._on_call(line, provider_config, metadata)
        except ProtocolError as error:
            log.warning("speech to speech: %s (%s)", error, error.code)
            line.complain(error.message)
            line.begin_hang_up("protocol_error")
        except ApplianceError as error:
            log.error("call %s failed: %s (%s)", line.uuid, error, error.code)
            line.begin_hang_up("internal_error")
        except Exception:
            log.exception("call %s failed", line.uuid)
            line.begin_hang_up("internal_error")
        finally:
            await line.hang_up()

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._calls[task]
        if not self._calls:
            self._idle.set()
