"""A call whose conversation is held by a speech-to-speech service elsewhere.

The caller's Frames go there; its sound, and what it tells of the conversation, comes back by
``service_side.py``. When it cannot be reached or fails, the caller hears the agent's apology and
the dialplan gets them back; when it ends the session, they hear what is still waiting, and then the
call is over.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Final

from appliance.agents.loaded_agent import LoadedAgent
from appliance.audio.frame import WIRE_RATE_HZ, pcm_to_bytes
from appliance.audio.resample import stream
from appliance.audiosocket.protocol import Digit
from appliance.call.closing import close_with
from appliance.call.events import DigitPressed, Listener, nobody
from appliance.call.lifecycle import Lifecycle, Transfer
from appliance.call.line import QUIET_LINE_S, Line, events
from appliance.call.record import CallRecord
from appliance.config.agent import Action
from appliance.errors import RemoteError
from appliance.metrics import Metrics
from appliance.sts.messages import Sound
from appliance.sts.playback import Playback
from appliance.sts.remote import Remote, open_remote
from appliance.sts.service_side import ServiceSide
from appliance.turns.playout import Playout

WATCH_S: Final = 0.1
QUIET: Final = Sound(bytes(2 * round(QUIET_LINE_S * WIRE_RATE_HZ)))
"""Sent while a phone that suppresses silence sends nothing: the service finds the end of a turn in
silence."""


class BridgedCall:
    """A caller talking with a service. Made once the call is admitted; ``run()`` it once."""

    def __init__(
        self,
        line: Line,
        loaded: LoadedAgent,
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
        self._loaded = loaded
        self._agent = loaded.agent
        self._url = url
        self._record = record
        self._timeout_s = timeout_s
        self._lifecycle = Lifecycle(
            line, loaded.agent, record, metrics, transfer=transfer, tell=on_event
        )
        self._tell = on_event
        self._wish: tuple[Action, str | None] | None = None

    async def run(self) -> None:
        """From the connection to the end of the line. A fault of the service ends in an apology."""
        self._lifecycle.started(", held by a service elsewhere")
        rate_hz = await self._line.rate()
        service = ServiceSide(rate_hz, self._record, self._tell)
        self._play(service.playback, rate_hz)
        try:
            async with (
                asyncio.timeout(self._agent.max_call_s),
                open_remote(self._url, self._line.uuid, timeout_s=self._timeout_s) as remote,
            ):
                await _until_one_ends(
                    self._speak(remote, rate_hz),
                    self._listen(remote, service),
                    self._watch(remote, service),
                )
        except RemoteError as error:
            await self._fail(error, service, rate_hz)
        except TimeoutError:
            self._record.outcome = "time_over"
            await self._close_with(self._agent.phrases.time_over, rate_hz)
        finally:
            service.close()
            await self._lifecycle.ended(underruns=0)

    def end_with(self, action: Action, transfer_to: str | None = None) -> None:
        """Hang up or transfer (to ``extension`` or ``extension@context``) on somebody else's wish,
        when what the service has said has been heard."""
        self._wish = (action, transfer_to)

    def _play(self, playback: Playback, rate_hz: int) -> None:
        room = self._loaded.ambience
        voice = playback.next_frame
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

    async def _listen(self, remote: Remote, service: ServiceSide) -> None:
        await service.listen(remote)
        self._record.outcome = "agent_hangup"

    async def _watch(self, remote: Remote, service: ServiceSide) -> None:
        """Ends on somebody's wish. Raises RemoteError when nothing follows an error."""
        while True:
            await asyncio.sleep(WATCH_S)
            service.check(remote, self._timeout_s)
            if self._wish is not None:
                await service.heard_out()
                if self._lifecycle.part(*self._wish):
                    await self._lifecycle.put_through()
                return

    # -- the end

    async def _fail(self, error: RemoteError, service: ServiceSide, rate_hz: int) -> None:
        """Apologise, unless the service has said something after its error."""
        self._lifecycle.failed(error)
        if service.excused:
            await service.heard_out()
        else:
            await self._close_with(self._agent.phrases.apology, rate_hz)

    async def _close_with(self, phrase: str, rate_hz: int) -> None:
        clip = self._loaded.voice.kept(phrase, rate_hz)
        await close_with(self._line, Playout(rate_hz), clip)


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
