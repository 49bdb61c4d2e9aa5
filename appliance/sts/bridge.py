"""A call whose conversation is held by a speech-to-speech service elsewhere.

The caller's Frames go there, its sound comes back through a bounded queue, and what it tells (an
interruption, transcripts) is told on. When it cannot be reached or fails, the caller hears the
agent's apology and the dialplan gets him back; when it ends the session, he hears what is still
waiting, and then the call is over.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import aclosing
from typing import Final

from appliance.agents.loaded_agent import EquippedAgent
from appliance.audio.frame import WIRE_RATE_HZ, pcm_from_bytes, pcm_to_bytes
from appliance.audio.resample import Stream, stream
from appliance.audiosocket.protocol import Digit
from appliance.call.closing import close_with
from appliance.call.events import (
    AgentSaid,
    CallerSaid,
    DigitPressed,
    Interrupted,
    Listener,
    nobody,
)
from appliance.call.lifecycle import Lifecycle, Transfer
from appliance.call.line import QUIET_LINE_S, Line, events
from appliance.call.record import CallRecord
from appliance.config.agent import Action
from appliance.errors import RemoteError
from appliance.metrics import Metrics
from appliance.sts.messages import Fault, Interruption, Message, Sound, Spoken
from appliance.sts.playback import MOST_S, Playback
from appliance.sts.remote import Remote, open_remote
from appliance.sts.transcripts import Words
from appliance.turns.playout import Playout

WATCH_S: Final = 0.1
QUIET: Final = Sound(bytes(2 * round(QUIET_LINE_S * WIRE_RATE_HZ)))
"""Sent while a phone that suppresses silence sends nothing: the service finds the end of a turn in
silence."""
JITTER_S: Final = 0.2
"""What a telephone's jitter buffer may still hold when the last Frame has been written."""

log = logging.getLogger(__name__)


class BridgedCall:
    """A caller talking with a service. Made once the call is admitted; ``run()`` it once."""

    def __init__(
        self,
        line: Line,
        equipped: EquippedAgent,
        url: str,
        *,
        record: CallRecord,
        metrics: Metrics,
        timeout_s: float,
        transfer: Transfer | None = None,
        on_event: Listener = nobody,
    ) -> None:
        """``url`` holds what the service is to know of the caller in its query; ``timeout_s`` is
        how long it may keep us waiting."""
        self._line = line
        self._equipped = equipped
        self._agent = equipped.agent
        self._url = url
        self._record = record
        self._timeout_s = timeout_s
        self._lifecycle = Lifecycle(
            line, equipped.agent, record, metrics, transfer=transfer, tell=on_event
        )
        self._tell = on_event
        self._wish: tuple[Action, str | None] | None = None
        self._words = Words(record)
        self._faulty_s: float | None = None
        """Since when: the service has told of a fault, and said nothing since."""
        self._spoke = False
        self._excused = False
        self._odd = b""
        self._down: Stream
        self._playback: Playback

    async def run(self) -> None:
        """From the connection to the end of the line. A fault of the service ends in an apology."""
        self._lifecycle.started(", held by a service elsewhere")
        rate_hz = await self._line.rate()
        self._down, self._playback = stream(WIRE_RATE_HZ, rate_hz), Playback(rate_hz)
        self._play(rate_hz)
        try:
            async with (
                asyncio.timeout(self._agent.max_call_s),
                open_remote(self._url, self._line.uuid, timeout_s=self._timeout_s) as remote,
            ):
                await _until_one_ends(
                    self._speak(remote, rate_hz),
                    self._listen(remote),
                    self._watch(remote),
                )
        except RemoteError as error:
            await self._fail(error, rate_hz)
        except TimeoutError:
            self._record.outcome = "time_over"
            await self._close_with(self._agent.phrases.time_over, rate_hz)
        finally:
            await self._end()

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up or transfer (to ``extension`` or ``extension@context``) on somebody else's wish,
        when what the service has said has been heard."""
        self._wish = (action, transfer_to)

    def _play(self, rate_hz: int) -> None:
        room = self._equipped.ambience
        voice = self._playback.next_frame
        self._line.play_from(voice if room is None else room.under(voice, rate_hz))

    # -- the caller's side

    async def _speak(self, remote: Remote, rate_hz: int) -> None:
        """What the caller says and keys, to the service; ends with the line."""
        up = stream(rate_hz, WIRE_RATE_HZ)
        async for event in events(self._line):
            if event is None:
                await remote.send(QUIET)
            elif isinstance(event, Digit):
                self._tell(DigitPressed(event.digit))
                await remote.send(event)
            else:
                await remote.send(Sound(pcm_to_bytes(up(event))))

    # -- the service's side

    async def _listen(self, remote: Remote) -> None:
        """What the service says; ends when the last of it has been heard."""
        async with aclosing(remote.messages()) as messages:
            async for message in messages:
                self._take(message, remote)
        if self._faulty_s is not None:
            raise remote.fault("ended the session after an error")
        if not self._spoke:
            raise remote.fault("ended the session without a word")
        await self._heard_out()
        self._record.outcome = "agent_hangup"

    def _take(self, message: Message, remote: Remote) -> None:
        match message:
            case Sound(data):
                self._put(data)
                if self._playback.waiting_s > MOST_S:
                    raise remote.fault(f"is more than {MOST_S:.0f} s of sound ahead of its caller")
            case Interruption():
                self._playback.clear()
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
        self._playback.put(self._down(pcm_from_bytes(whole[:cut])))
        self._spoke = True
        if self._faulty_s is not None:
            self._faulty_s, self._excused = None, True

    async def _watch(self, remote: Remote) -> None:
        """Ends on somebody's wish. Raises RemoteError when nothing follows an error."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(WATCH_S)
            if self._faulty_s is not None and loop.time() - self._faulty_s > self._timeout_s:
                raise remote.fault("has said nothing since its error")
            if self._wish is not None:
                await self._heard_out()
                if self._lifecycle.part(*self._wish):
                    await self._lifecycle.put_through()
                return

    # -- the end

    async def _heard_out(self) -> None:
        """Wait until what the service has said is heard."""
        self._playback.finish()
        while True:
            left_s = self._playback.waiting_s
            await asyncio.sleep(left_s + JITTER_S)
            if not left_s:
                return

    async def _fail(self, error: RemoteError, rate_hz: int) -> None:
        """Apologise, unless the service has said something after its error."""
        self._lifecycle.failed(error)
        if self._excused:
            await self._heard_out()
            return
        await self._close_with(self._agent.phrases.apology, rate_hz)

    async def _close_with(self, phrase: str, rate_hz: int) -> None:
        clip = self._equipped.voice.kept(phrase, rate_hz)
        await close_with(self._line, Playout(rate_hz), clip)

    async def _end(self) -> None:
        self._words.close()
        await self._lifecycle.ended(underruns=0)


async def _until_one_ends(*works: Coroutine[None, None, None]) -> None:
    """Run all at once until one ends, cancel the others; what ended it is raised."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in ended:
        task.result()
