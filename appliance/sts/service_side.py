"""What a speech-to-speech service says in a bridged call: its sound, its words, its faults.

Its sound waits to be heard in a bounded queue; its words become the call's record. A service may
tell of an error and go on: only one after which nothing comes is the end of the call.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from typing import Final

from appliance.audio.frame import WIRE_RATE_HZ, pcm_from_bytes
from appliance.audio.resample import stream
from appliance.call.events import AgentSaid, CallerSaid, Interrupted, Listener
from appliance.call.record import CallRecord
from appliance.sts.messages import Fault, Interruption, Message, Sound, Spoken
from appliance.sts.playback import MOST_S, Playback
from appliance.sts.remote import Remote
from appliance.sts.transcripts import Words

JITTER_S: Final = 0.2
"""What a telephone's jitter buffer may still hold when the last Frame has been written."""

log = logging.getLogger(__name__)


class ServiceSide:
    """Of one call, at the rate of its line. Event loop only."""

    def __init__(self, rate_hz: int, record: CallRecord, tell: Listener) -> None:
        self.playback = Playback(rate_hz)
        self.excused = False
        """Whether it has said something after an error of its own."""
        self._down = stream(WIRE_RATE_HZ, rate_hz)
        self._odd = b""
        self._tell = tell
        self._words = Words(record)
        self._spoke = False
        self._faulty_s: float | None = None
        """Since when: it has told of a fault, and said nothing since."""

    async def listen(self, remote: Remote) -> None:
        """Take in what the service says; ends when the last of it has been heard. Raises
        RemoteError."""
        async with aclosing(remote.messages()) as messages:
            async for message in messages:
                self._take(message, remote)
        if self._faulty_s is not None:
            raise remote.fault("ended the session after an error")
        if not self._spoke:
            raise remote.fault("ended the session without a word")
        await self.heard_out()

    def check(self, remote: Remote, timeout_s: float) -> None:
        """Raises RemoteError when nothing has followed an error for ``timeout_s``."""
        now_s = asyncio.get_running_loop().time()
        if self._faulty_s is not None and now_s - self._faulty_s > timeout_s:
            raise remote.fault("has said nothing since its error")

    async def heard_out(self) -> None:
        """Wait until what the service has said is heard."""
        self.playback.finish()
        while True:
            left_s = self.playback.waiting_s
            await asyncio.sleep(left_s + JITTER_S)
            if not left_s:
                return

    def close(self) -> None:
        """The call is over: what was said last is written down."""
        self._words.close()

    def _take(self, message: Message, remote: Remote) -> None:
        match message:
            case Sound(data):
                self._put(data)
                if self.playback.waiting_s > MOST_S:
                    raise remote.fault(f"is more than {MOST_S:.0f} s of sound ahead of its caller")
            case Interruption():
                self.playback.clear()
                self._tell(Interrupted())
            case Spoken("user", text) if text:
                self._words.of_the_caller(text)
                self._tell(CallerSaid(text))
            case Spoken("agent", text) if text:
                self._words.of_the_agent(text)
                self._tell(AgentSaid(text))
            case Fault(text):
                log.error("%s", remote.fault("reports an error"))
                log.debug("its words: %s", text)  # may repeat what was said in the call
                self._faulty_s = self._faulty_s or asyncio.get_running_loop().time()
            case _:
                pass

    def _put(self, data: bytes) -> None:
        """Sound of any length, cut anywhere."""
        whole = self._odd + data
        cut = len(whole) & ~1
        self._odd = whole[cut:]
        self.playback.put(self._down(pcm_from_bytes(whole[:cut])))
        self._spoke = True
        if self._faulty_s is not None:
            self._faulty_s, self.excused = None, True
