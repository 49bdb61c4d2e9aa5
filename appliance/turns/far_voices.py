"""Which voice on the line is the caller's, and which is a television's or somebody's in the room.

Both are voices to the detector, and both become words. What parts them is their level, in relation
to each other: a caller holds the telephone, the other voice is metres away. So the caller's level
is followed, and a voice far below it is none of theirs. Before the caller has spoken there is
nothing to compare with, but one thing tells: a caller listens while the agent speaks, and a
television does not. A caller who is quiet from the start is therefore heard, and so is one who
moves away from the telephone, after some seconds of waiting for them. Pure; in audio time.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Final

import numpy as np

from appliance.audio.frame import Pcm, rms_dbfs

BELOW_DB: Final = 13.0
"""A voice so far below the caller's is not theirs. Callers vary by 10 dB within a call; their soft
syllables are covered by the loud ones around them."""
ABOVE_DB: Final = 8.0
"""A voice so far above the one in the background is the caller's, if the caller is not known."""
NEAR_DBFS: Final = -33.0
"""While the agent speaks and nobody knows the caller's level, a softer voice does not interrupt."""
STAY_DB: Final = 3.0
"""What counts as the caller's goes on so much further down."""
STAY_WINDOWS: Final = 8
"""A soft window behind a loud one is the same voice for 256 ms."""
LEVEL_WINDOWS: Final = 94
"""Of voice, 3 s: what the caller's level is taken from. Most of the louder half counts, so a louder
voice is followed within a second, a softer one within three."""
KNOWN_WINDOWS: Final = 10
LOUD_PERCENTILE: Final = 80
FAR_S: Final = 8.0
"""How long a voice in the background is remembered."""
FAR_WINDOWS: Final = 156
"""So many of it, 5 s, are in the background although the agent was silent: nobody talks so much
without being answered."""
CLEAN_S: Final = 3.0
"""When the agent has spoken so long altogether and no far voice with it, there is none."""
QUIET_S: Final = 2.0
"""Likewise behind so much silence, before the caller is known."""
WAITED_S: Final = 3.0
DECAY_DB_PER_S: Final = 3.0
MOST_DECAY_DB: Final = 25.0
"""When the caller has not been heard for WAITED_S of the agent's silence, softer voices pass."""
ONSET_FRAMES: Final = 6
HOLD_FRAMES: Final = 10
"""Frames before and behind a loud one that are heard with it: soft consonants."""
NOBODY_DBFS: Final = -200.0


@dataclass(frozen=True, slots=True)
class _Window:
    """One of somebody else's voice."""

    at_s: float
    level_dbfs: float
    with_agent: bool
    """Whether it was heard while the agent spoke."""


class FarVoices:
    """Tells the caller's voice from others on one line. ``push`` every window."""

    def __init__(self) -> None:
        self.caller_is_away = False
        """Whether the caller has asked for patience: then softer voices are not waited for."""
        self._near: deque[float] = deque(maxlen=LEVEL_WINDOWS)
        self._far: deque[_Window] = deque(maxlen=round(FAR_S / 0.032))
        self._recent: deque[float] = deque(maxlen=STAY_WINDOWS)
        self._now_s = 0.0
        self._waited_s = 0.0
        self._quiet_s = 0.0
        self._clean_s = 0.0  # of the agent's speech, since somebody else's was heard in it

    def push(
        self,
        seconds: float,
        level_dbfs: float,
        *,
        voiced: bool,
        agent_speaks: bool,
        caller_speaks: bool,
    ) -> bool:
        """Whether a window of ``seconds`` at ``level_dbfs`` is the caller's voice.

        ``voiced``: it is somebody's, and not the agent's echo; ``caller_speaks``: the floor is the
        caller's."""
        self._now_s += seconds
        self._recent.append(level_dbfs)
        self._pass(seconds, voiced=voiced, agent_speaks=agent_speaks)
        if not voiced:
            return False
        self._quiet_s = 0.0
        if self._is_near(level_dbfs, agent_speaks=agent_speaks, caller_speaks=caller_speaks):
            self._heard_caller(level_dbfs)
            return True
        if agent_speaks:
            self._clean_s = 0.0
        self._far.append(_Window(self._now_s, level_dbfs, agent_speaks))
        return False

    @property
    def near_dbfs(self) -> float | None:
        """The caller's level: that of their loud windows; None while it is not known."""
        known = len(self._near) >= KNOWN_WINDOWS
        return float(np.percentile(self._near, LOUD_PERCENTILE)) if known else None

    @property
    def far_dbfs(self) -> float | None:
        """The level of the voice in the background; None when there is none."""
        while self._far and self._far[0].at_s < self._now_s - FAR_S:
            self._far.popleft()
        with_agent = sum(window.with_agent for window in self._far)
        if with_agent < KNOWN_WINDOWS and len(self._far) < FAR_WINDOWS:
            return None
        return float(np.percentile([window.level_dbfs for window in self._far], LOUD_PERCENTILE))

    def least_dbfs(self, *, agent_speaks: bool) -> float:
        """What a voice must reach to be the caller's."""
        near, far = self.near_dbfs, self.far_dbfs
        if near is not None:
            if far is not None:
                return max(near - BELOW_DB, min(far + ABOVE_DB, near - ABOVE_DB))
            return near - BELOW_DB - (0.0 if agent_speaks else self._decay_db())
        if far is not None:
            return far + ABOVE_DB
        return NEAR_DBFS if agent_speaks else NOBODY_DBFS

    def without(self, frames: list[Pcm]) -> list[Pcm]:
        """``frames`` in a row, silent where only the voice in the background is heard, as far as
        these frames tell; themselves where there is none."""
        if self.far_dbfs is None:
            return frames
        least = self.least_dbfs(agent_speaks=False) - STAY_DB
        loud = [number for number, frame in enumerate(frames) if rms_dbfs(frame) >= least]
        kept = {
            number
            for at in loud
            for number in range(max(0, at - ONSET_FRAMES), at + HOLD_FRAMES + 1)
        }
        return [
            frame if number in kept else np.zeros_like(frame) for number, frame in enumerate(frames)
        ]

    def _is_near(self, level_dbfs: float, *, agent_speaks: bool, caller_speaks: bool) -> bool:
        least = self.least_dbfs(agent_speaks=agent_speaks)
        if caller_speaks:
            return max(self._recent) >= least - STAY_DB
        return (level_dbfs if self.near_dbfs is not None else self._recently()) >= least

    def _recently(self) -> float:
        """The level of all recent windows together: single ones lie 7 dB above their voice."""
        powers = [10.0 ** (level / 10.0) for level in self._recent]
        return 10.0 * math.log10(sum(powers) / len(powers))

    def _heard_caller(self, level_dbfs: float) -> None:
        near = self.near_dbfs
        if near is not None and max(self._recent) < near - BELOW_DB - STAY_DB:
            self._near.clear()  # they have moved away: their old level tells nothing any more
        self._near.append(level_dbfs)
        self._waited_s = 0.0

    def _pass(self, seconds: float, *, voiced: bool, agent_speaks: bool) -> None:
        self._quiet_s = 0.0 if voiced else self._quiet_s + seconds
        if agent_speaks:
            self._clean_s += seconds
            if self._clean_s >= CLEAN_S:
                self._far.clear()
            return
        self._waited_s += seconds
        if self._quiet_s >= QUIET_S and len(self._near) < KNOWN_WINDOWS:
            self._far.clear()

    def _decay_db(self) -> float:
        if self.caller_is_away:
            return 0.0
        over_s = max(0.0, self._waited_s - WAITED_S)
        return min(MOST_DECAY_DB, DECAY_DB_PER_S * over_s)
