"""What the service does beside its calls: watch its own lateness, give memory back, and make the
sound of what agents say and know before the first caller asks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.background import Background
from appliance.engines.memory import give_back
from appliance.errors import EngineError, RemoteError
from appliance.metrics import Metrics
from appliance.running import Lines

LAG_PROBE_S: Final = 0.5
GIVE_BACK_S: Final = 60.0
"""How often memory is given back to the system, unless there is a call."""
PREPARE_AGAIN_S: Final = 10.0
PREPARE_RARELY_S: Final = 600.0
"""The wait doubles up to this: nobody listens to a log line every ten seconds for a night."""

log = logging.getLogger(__name__)


class Upkeep:
    """Of one service. Event loop only."""

    def __init__(self, loaded: Iterable[LoadedAgent], lines: Lines, metrics: Metrics) -> None:
        self._loaded = tuple(loaded)
        self._lines = lines
        self._metrics = metrics

    def begin(self, background: Background) -> None:
        """Do all of it for as long as ``background`` lasts."""
        background.keep_up(self._probe_lag)
        background.keep_up(self._prepare_answers)
        background.keep_up(self._give_back_memory)

    async def _probe_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_PROBE_S
            await asyncio.sleep(LAG_PROBE_S)
            self._metrics.loop_lag(max(0.0, loop.time() - due))

    async def _give_back_memory(self) -> None:
        while True:
            await asyncio.sleep(GIVE_BACK_S)
            if not self._lines.active:
                give_back()

    async def _prepare_answers(self) -> None:
        """Make the sound of what the agents say and know, so that the first to ask need not wait. A
        voice that is a service elsewhere may not be there yet."""
        owed, wait_s = list(self._loaded), PREPARE_AGAIN_S
        while owed := [each for each in owed if not await _prepared(each)]:
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, PREPARE_RARELY_S)


async def _prepared(loaded: LoadedAgent) -> bool:
    """False when it is worth another try."""
    try:
        texts = [*loaded.first_words(), *loaded.phrases(), *loaded.answers()]
        await loaded.voice.prepare(texts)
    except RemoteError as error:
        log.warning("%s: phrases of agent %s are made later", error, loaded.agent.name)
        return False
    except EngineError as error:
        log.error("%s: an answer could not be made ahead: %s", error.code, error)
    return True
