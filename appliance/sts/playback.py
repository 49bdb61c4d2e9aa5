"""What a speech-to-speech service has said and the caller has not heard yet.

Services send pieces of any length, and faster than they can be spoken. They wait here, up to a
bound, and leave as Frames. Pure: time is the number of Frames asked for.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from appliance.audio.frame import FRAME_S, Pcm, frame_samples, pcm_to_bytes
from appliance.audio.framing import Framer

MOST_S: Final = 60.0
"""More waiting sound than this is a service that does not know when to stop."""
START_FRAMES: Final = 2
"""Speech begins when so many Frames are there, or one has waited for as long: a service that sends
in real time may be late by that much without tearing its words."""
REST_FRAMES: Final = 5
"""Less than a Frame that has waited for so long is the end of what was said."""


class Playback:
    """The queue of one call. Event loop only."""

    def __init__(self, rate_hz: int) -> None:
        self._size = frame_samples(rate_hz)
        self._framer = Framer(rate_hz)
        self._frames: deque[Pcm] = deque()
        self._flowing = False
        self._held = 0
        self._idle = 0

    @property
    def waiting_s(self) -> float:
        """How much is to be heard yet."""
        return len(self._frames) * FRAME_S

    def put(self, pcm: Pcm) -> None:
        """More to say, of any length."""
        self._idle = 0
        self._frames.extend(self._framer.feed(pcm))

    def finish(self) -> None:
        """Nothing more comes: what is less than a Frame is filled up."""
        self._frames.extend(self._framer.flush())

    def clear(self) -> None:
        """Drop everything; a Frame that fades out is left, so that it does not click."""
        fading = [self._fade(self._frames[0])] if self._flowing and self._frames else []
        self._framer.flush()
        self._frames = deque(fading)

    def next_frame(self) -> bytes | None:
        """The next Frame, or None for silence."""
        if not self._frames:
            self._flowing = False
            self._idle += 1
            if self._idle == REST_FRAMES:
                self.finish()
            return None
        if not self._flowing and len(self._frames) < START_FRAMES and self._held < START_FRAMES:
            self._held += 1
            return None
        self._flowing, self._held = True, 0
        return pcm_to_bytes(self._frames.popleft())

    def _fade(self, frame: Pcm) -> Pcm:
        return (frame * np.linspace(1.0, 0.0, self._size)).astype(np.int16)
