"""The last words of a call that nobody conducts any more: an engine failed, or a service elsewhere
held it.

They need no engine: their sound was made before the first call, and no turn-taking is asked.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

import numpy as np

from appliance.agents.voice import Clip
from appliance.call.line import Line
from appliance.call.turn import last_words
from appliance.turns.playout import Playout

MARGIN_S: Final = 2.0
"""How much longer than their sound they may take before they are given up."""


async def close_with(line: Line, playout: Playout, clip: Clip | None) -> None:
    """Say ``clip`` and return when it was heard, or the caller has hung up."""
    if clip is None or line.end is not None:
        return
    said = asyncio.Event()
    playout.clear()
    sink = playout.open_sink(on_done=said.set)
    sink.add(np.concatenate([clip.pcm, last_words(clip.rate_hz)]))
    sink.finish()
    line.play_from(playout.next_frame)
    with contextlib.suppress(TimeoutError):  # the caller has hung up meanwhile
        async with asyncio.timeout(clip.duration_s + MARGIN_S):
            await said.wait()
