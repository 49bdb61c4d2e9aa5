"""The last words of a call that cannot go on, because an engine failed.

They need no engine: their sound was made before the first call, and the turn-taking that failed
with the engine is not asked.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final

import numpy as np

from appliance.call.line import Line
from appliance.call.turn import last_words
from appliance.call.voice import Clip
from appliance.turns.playout import Playout

MARGIN_S: Final = 2.0
"""How much longer than its sound an apology may take before it is given up."""


async def apologise(line: Line, playout: Playout, clip: Clip | None) -> None:
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
