"""The composition root: settings, engines, servers; start, serve, drain, stop.

READY means able: the sockets open only after every engine has run once and every fixed phrase has
its sound. Stopping has an order and a deadline: refuse new calls, let the running ones end, hang up
the rest, free the engines.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import Any, Final
from uuid import UUID

import aiohttp
from aiohttp import web

from appliance.agent_defaults import ignored_variables, with_defaults
from appliance.agents_file import read_agents
from appliance.ami import Account
from appliance.audiosocket.server import AudioSocketServer
from appliance.call.afterwards import Afterwards, afterwards
from appliance.call.announced import Announcement, Announcements
from appliance.call.call import Call
from appliance.call.equipped import EquippedAgent
from appliance.call.instructions import fetch_persona
from appliance.call.line import Line
from appliance.call.record import CallLog, CallRecord
from appliance.clock import MonotonicClock
from appliance.engines.registry import Engines
from appliance.errors import CallRefused, EngineError
from appliance.http.app import build_app
from appliance.http.backend import Readiness
from appliance.http.server import start_http
from appliance.logs import CALL_ID
from appliance.metrics import Metrics
from appliance.settings import Settings, make_state_dirs
from appliance.turns.pacer import Pacer
from appliance.turns.vad import SileroVad

SWITCH_INTERVAL_S: Final = 0.001
"""How long a busy thread may keep the interpreter from the event loop; Python's default of 5 ms is
a quarter of a Frame."""
LAG_PROBE_S: Final = 0.5

log = logging.getLogger(__name__)


class Service:
    """The appliance. ``run()`` it once, on the event loop."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError when the agents file is wrong or a directory cannot be made."""
        make_state_dirs(settings)
        self._settings = settings
        self._agents = with_defaults(read_agents(settings.agents_file), settings)
        self._equipped: Mapping[str, EquippedAgent] = {}
        self._metrics = Metrics()
        self._clock = MonotonicClock()
        self._calls = CallLog(settings.keep_calls)
        self._announced = Announcements(settings.call_metadata_s)
        self._manager = _manager(settings)
        self._draining = False
        self._stop = asyncio.Event()
        self._client: aiohttp.ClientSession
        self._detectors: SileroVad
        self._server: AudioSocketServer
        self._runner: web.AppRunner

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, drain, stop. Raises SettingsError, EngineError."""
        async with AsyncExitStack() as stack:
            await self._start(stack)
            await self._stop.wait()
            await self._drain()

    # -- what the HTTP interface asks (http/backend.py)

    def announce(self, uuid: UUID, payload: Mapping[str, Any]) -> None:
        self._check_room()
        self._announced.put(uuid, Announcement(payload), self._clock.now())

    def readiness(self) -> Readiness:
        active = self._server.calls
        reason = self._refusal()
        return Readiness(reason is None, active, self._settings.max_calls, reason)

    def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        record = self._calls.find(uuid)
        return None if record is None else record.as_json()

    def afterwards(self, uuid: UUID) -> Afterwards | None:
        record = self._calls.find(uuid)
        return None if record is None else afterwards(record.outcome, record.transfer_to)

    def metrics_text(self) -> bytes:
        return self._metrics.render()

    # -- life

    async def _start(self, stack: AsyncExitStack) -> None:
        began = self._clock.now()
        for name in ignored_variables(os.environ):
            log.warning("%s is of AVR's voice detection and does nothing here (README.md)", name)
        self._client = await stack.enter_async_context(aiohttp.ClientSession(trust_env=False))
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._detectors = SileroVad.load()
        engines = Engines(self._settings, self._metrics)
        stack.push_async_callback(engines.close)
        self._equipped = await engines.load(self._agents.by_name.values())
        self._server = AudioSocketServer(
            self._settings.host,
            self._settings.port,
            pacer=Pacer(on_lateness=self._metrics.playout_late),
            on_call=self._answer,
            admit=self._admit,
        )
        stack.push_async_callback(self._server.close)
        gc.collect()
        gc.freeze()  # what is loaded stays: collections need not look at it again
        await self._server.start()
        self._runner = await start_http(
            build_app(self), self._settings.http_host, self._settings.http_port
        )
        stack.push_async_callback(self._runner.cleanup)
        self._watch_signals(stack)
        for work in (self._probe_lag(), self._prepare_answers()):
            task = asyncio.create_task(work)
            stack.callback(task.cancel)
        log.info(
            "ready after %.1f s: AudioSocket on %s:%d, HTTP on %s:%d, at most %d calls",
            self._clock.now() - began,
            self._settings.host,
            self._server.port,
            self._settings.http_host,
            self._runner.addresses[0][1],
            self._settings.max_calls,
        )

    def _watch_signals(self, stack: AsyncExitStack) -> None:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, self._signalled)
            stack.callback(loop.remove_signal_handler, each)

    def _signalled(self) -> None:
        """The first signal drains, a second one does not wait for the calls."""
        if self._draining:
            self._server.hang_up_all()
        self._draining = True
        self._stop.set()

    async def _drain(self) -> None:
        log.info("draining: %d calls, at most %.0f s", self._server.calls, self._settings.drain_s)
        try:
            async with asyncio.timeout(self._settings.drain_s):
                await self._server.drained()
        except TimeoutError:
            log.warning("hanging up %d calls that were still going on", self._server.calls)

    async def _probe_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_PROBE_S
            await asyncio.sleep(LAG_PROBE_S)
            self._metrics.loop_lag(max(0.0, loop.time() - due))

    async def _prepare_answers(self) -> None:
        """Make the sound of what the agents know, so that the first to ask need not wait."""
        for equipped in self._equipped.values():
            try:
                await equipped.voice.prepare(equipped.answers())
            except EngineError as error:
                log.error("%s: an answer could not be made ahead: %s", error.code, error)

    # -- calls

    def _refusal(self) -> str | None:
        if self._draining:
            return "draining"
        return "full" if self._server.calls >= self._settings.max_calls else None

    def _check_room(self) -> None:
        reason = self._refusal()
        if reason is not None:
            self._metrics.call_refused(reason)
            raise CallRefused(
                reason,
                "the service is shutting down"
                if reason == "draining"
                else f"all {self._settings.max_calls} lines are busy (setting max_calls)",
            )

    def _admit(self, uuid: UUID) -> None:
        self._check_room()
        record = self._calls.find(uuid)
        if record is not None and record.ended is None:
            self._metrics.call_refused("uuid_in_use")
            raise CallRefused("uuid_in_use", "a call with this UUID is going on already")

    async def _answer(self, line: Line) -> None:
        uuid = line.uuid
        CALL_ID.set(str(uuid))
        announcement = self._announced.take(uuid, self._clock.now())
        agent = self._agents.for_extension(announcement.extension)
        persona = None
        if agent.persona_url is not None:
            persona = await fetch_persona(self._client, agent.persona_url, uuid)
        call = Call(
            line,
            self._equipped[agent.name].for_caller(announcement.payload, persona=persona),
            self._detectors.open,
            record=self._calls.open(uuid, agent.name),
            clock=self._clock,
            metrics=self._metrics,
            transfer=None if self._manager is None else self._transfer,
        )
        await call.run()

    async def _transfer(self, record: CallRecord) -> None:
        """Send a caller to where the agent wants him, when that names a context too."""
        place = afterwards("transfer", record.transfer_to)
        if self._manager is not None and place.extension and place.context:
            await self._manager.transfer(record.uuid, place.extension, place.context)


def _manager(settings: Settings) -> Account | None:
    """Our account at Asterisk's manager interface, where the site has given us one."""
    if settings.ami_host is None:
        return None
    return Account(
        settings.ami_host,
        settings.ami_port,
        settings.ami_user,
        settings.ami_secret.get_secret_value(),
    )
