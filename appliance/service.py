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
from functools import partial
from typing import Any, Final
from uuid import UUID

import aiohttp

from appliance.agent_defaults import ignored_variables, with_defaults
from appliance.agents_file import read_agents
from appliance.ami import AmiError
from appliance.audiosocket.server import AudioSocketServer
from appliance.call.afterwards import FAREWELLS, Afterwards, afterwards
from appliance.call.announced import Announcement, Announcements
from appliance.call.call import Call
from appliance.call.equipped import EquippedAgent
from appliance.call.events import CallEvent, Listener, nobody
from appliance.call.instructions import fetch_persona
from appliance.call.line import Line
from appliance.call.record import CallLog, CallRecord
from appliance.clock import MonotonicClock
from appliance.control import Control, Manager, manager_of
from appliance.engines.registry import Engines
from appliance.errors import CallRefused, EngineError, RemoteError
from appliance.http.app import SERVICES, build_app, build_service
from appliance.http.backend import Announced, Readiness
from appliance.http.server import HttpServer, start_http
from appliance.logs import CALL_ID
from appliance.metrics import Metrics
from appliance.settings import Settings, env_name, make_state_dirs
from appliance.stages.admission import Admission
from appliance.stages.farewells import Farewells
from appliance.stages.offered import Stages
from appliance.store.calls import CallStore
from appliance.store.database import FILE_NAME, open_database
from appliance.store.outbox import Outbox
from appliance.store.writer import open_writer
from appliance.sts.bridge import BridgedCall
from appliance.sts.line import StsLine
from appliance.sts.server import StsServer
from appliance.sts.wishes import choose
from appliance.tools.toolbox import Workshop
from appliance.turns.pacer import Pacer
from appliance.turns.vad import SileroVad
from appliance.url import with_query
from appliance.watchdog import Notifier
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.webhooks import Webhooks, open_webhooks

SWITCH_INTERVAL_S: Final = 0.001
"""How long a busy thread may keep the interpreter from the event loop; Python's default of 5 ms is
a quarter of a Frame."""
LAG_PROBE_S: Final = 0.5
PREPARE_AGAIN_S: Final = 10.0
PREPARE_RARELY_S: Final = 600.0
"""The wait doubles up to this: nobody listens to a log line every ten seconds for a night."""
LAST_LETTERS_S: Final = 5.0
"""How long the end of the program waits for webhooks; the rest is delivered after the next
start."""

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
        self.control: Control
        self._draining = False
        self._systemd = Notifier()
        self._stop = asyncio.Event()
        self._stored: CallStore
        self._webhooks: Webhooks | None = None
        self._client: aiohttp.ClientSession
        self._detectors: SileroVad
        self._server: AudioSocketServer
        self.sts: StsServer
        self.stages: Stages
        self._http: HttpServer

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, drain, stop. Raises SettingsError, EngineError."""
        async with AsyncExitStack() as stack:
            await self._start(stack)
            await self._stop.wait()
            await self._drain()

    # -- what the HTTP interface asks (http/backend.py)

    async def announce(self, uuid: UUID, payload: Mapping[str, Any]) -> Announced:
        self._check_room()
        agent = self._agents.for_extension(Announcement(payload).extension)
        own = None if agent.sts_url is None else with_query(agent.sts_url, payload)
        self._announced.put(uuid, Announcement(payload, own), self._clock.now())
        if self._webhooks is None:
            return Announced(own)
        given = await self._webhooks.initiated(uuid, payload, agent=agent.name)
        if given is None:
            return Announced(own)
        chosen = with_query(given, payload)
        self._announced.put(uuid, Announcement(payload, chosen), self._clock.now())
        return Announced(chosen, override=True)

    def readiness(self) -> Readiness:
        active = self._active
        reason = self._refusal()
        return Readiness(reason is None, active, self._settings.max_calls, reason)

    async def call_record(self, uuid: UUID) -> Mapping[str, Any] | None:
        record = self._calls.find(uuid)
        return await self._stored.find(uuid) if record is None else record.as_json()

    async def afterwards(self, uuid: UUID) -> Afterwards | None:
        record = await self.call_record(uuid)
        return None if record is None else afterwards(record["outcome"], record["transfer_to"])

    def metrics_text(self) -> bytes:
        return self._metrics.render()

    # -- life

    async def _start(self, stack: AsyncExitStack) -> None:
        began = self._clock.now()
        for name in ignored_variables(os.environ):
            log.warning("%s is of AVR's voice detection and does nothing here (README.md)", name)
        self._client = await stack.enter_async_context(aiohttp.ClientSession(trust_env=False))
        self.control = Control(manager_of(self._settings, self._client))
        await self._open_store(stack)
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._detectors = SileroVad.load()
        engines = Engines(self._settings, self._metrics, Workshop(self._settings, self._client))
        stack.push_async_callback(engines.close)
        self._equipped = await engines.load(self._agents.by_name.values())
        pacer = Pacer(on_lateness=self._metrics.playout_late)
        self.sts = StsServer(pacer=pacer, on_call=self._answer_session, admit=self._admit)
        self._server = AudioSocketServer(
            self._settings.host,
            self._settings.port,
            pacer=pacer,
            on_call=self._answer,
            admit=self._admit,
        )
        stack.push_async_callback(self._server.close)
        gc.collect()
        gc.freeze()  # what is loaded stays: collections need not look at it again
        await self._server.start()
        farewells = Farewells(self.control)
        stack.push_async_callback(farewells.close)
        self.stages = self._open_stages(farewells)
        await self._start_http(stack)
        stack.push_async_callback(self.sts.close)  # before the sockets it talks over
        self._watch_signals(stack)
        for work in (self._probe_lag(), self._prepare_answers(), self._systemd.watch()):
            task = asyncio.create_task(work)
            stack.callback(task.cancel)
        log.info(
            "ready after %.1f s: AudioSocket on %s:%d, HTTP on %s:%d, at most %d calls",
            self._clock.now() - began,
            self._settings.host,
            self._server.port,
            self._settings.http_host,
            self._http.port,
            self._settings.max_calls,
        )
        self._systemd.ready()

    async def _open_store(self, stack: AsyncExitStack) -> None:
        """The database, and the webhooks that live in it; closed after the last call."""
        settings, figures = self._settings, WebhookFigures(self._metrics.registry)
        database = await stack.enter_async_context(open_database(settings.state_dir / FILE_NAME))
        writer = await stack.enter_async_context(open_writer(database, self._metrics.changes_lost))
        self._stored = CallStore(database, writer, settings.keep_calls, words=settings.keep_words)
        await self._stored.settle()
        self._webhooks = await stack.enter_async_context(
            open_webhooks(settings, Outbox(database), writer, figures)
        )
        if self._webhooks is not None:
            stack.push_async_callback(self._webhooks.drain, min(LAST_LETTERS_S, settings.drain_s))

    def _open_stages(self, farewells: Farewells) -> Stages:
        """The engines as services of their own, for what calls leave of the host."""
        settings = self._settings
        admission = Admission(
            max_calls=settings.max_calls,
            tts_threads=settings.tts_threads,
            refusal=self._refusal,
            calls=lambda: self._active,
            clock=self._clock,
            metrics=self._metrics,
        )
        return Stages(
            self._equipped,
            self._equipped[self._agents.default.name],
            self._detectors.open,
            admission,
            farewells,
            self._clock,
            asr_delimiter="" if settings.asr_delimiter == "none" else settings.asr_delimiter,
            stt_assume_rate_hz=settings.stt_assume_rate_hz,
        )

    async def _start_http(self, stack: AsyncExitStack) -> None:
        """Everything on the common port, and services on ports of their own."""
        host = self._settings.http_host
        self._http = await start_http(build_app(self), host, self._settings.http_port)
        stack.push_async_callback(self._http.close)
        for name in SERVICES:
            key = "ami_http_port" if name == "ami" else f"{name}_port"
            port = getattr(self._settings, key)
            if port is not None:
                app = build_service(self, name)
                server = await start_http(app, host, port, env_name(key))
                stack.push_async_callback(server.close)
                log.info("%s on %s:%d as well", name, host, server.port)

    def _watch_signals(self, stack: AsyncExitStack) -> None:
        loop = asyncio.get_running_loop()
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, self._signalled)
            stack.callback(loop.remove_signal_handler, each)

    def _signalled(self) -> None:
        """The first signal drains, a second one does not wait for the calls."""
        if self._draining:
            self._server.hang_up_all()
            self.sts.hang_up_all()
            self.stages.admission.stop_waiting()
        self._draining = True
        self._stop.set()

    async def _drain(self) -> None:
        self._systemd.stopping()
        log.info("draining: %d calls, at most %.0f s", self._active, self._settings.drain_s)
        try:
            async with asyncio.timeout(self._settings.drain_s):
                await self._server.drained()
                await self.sts.drained()
                await self.stages.admission.drained()
        except TimeoutError:
            log.warning("hanging up %d calls that were still going on", self._active)

    async def _probe_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_PROBE_S
            await asyncio.sleep(LAG_PROBE_S)
            self._metrics.loop_lag(max(0.0, loop.time() - due))

    async def _prepare_answers(self) -> None:
        """Make the sound of what the agents know, so that the first to ask need not wait. A voice
        that is a service elsewhere may not be there yet."""
        owed, wait_s = list(self._equipped.values()), PREPARE_AGAIN_S
        while owed := [each for each in owed if not await self._prepared(each)]:
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, PREPARE_RARELY_S)

    async def _prepared(self, equipped: EquippedAgent) -> bool:
        """False when it is worth another try."""
        try:
            await equipped.voice.prepare([*equipped.phrases(), *equipped.answers()])
        except RemoteError as error:
            log.warning("%s: phrases of agent %s are made later", error, equipped.agent.name)
            return False
        except EngineError as error:
            log.error("%s: an answer could not be made ahead: %s", error.code, error)
        return True

    # -- calls

    @property
    def _active(self) -> int:
        return self._server.calls + self.sts.calls

    def _refusal(self) -> str | None:
        if self._draining:
            return "draining"
        return "full" if self._active >= self._settings.max_calls else None

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
        """A telephone call."""
        announcement = self._announced.take(line.uuid, self._clock.now())
        await self._hold(line, announcement, {}, nobody)

    async def _answer_session(
        self, line: StsLine, wishes: Mapping[str, str], metadata: Mapping[str, str]
    ) -> None:
        """A call by speech to speech. Raises ProtocolError for a wish that cannot be met."""
        announced = self._announced.take(line.uuid, self._clock.now())
        payload = {**announced.payload, **metadata}
        if metadata.get("agent") in self._equipped:  # as ?agent= of the other services
            wishes = {"agent": metadata["agent"], **wishes}
        await self._hold(line, Announcement(payload, announced.sts_url), wishes, line.tell)
        record, manager = self._calls.find(line.uuid), self.control.manager
        if manager is not None and record is not None and record.outcome in FAREWELLS:
            await self._put_down(manager, line.uuid)

    async def _put_down(self, manager: Manager, uuid: UUID) -> None:
        """The goodbye was said here, the caller's channel is at the other end of the session."""
        try:
            await manager.hang_up(uuid)
        except AmiError as error:
            log.error("%s: %s", error.code, error)

    async def _hold(
        self, line: Line, announcement: Announcement, wishes: Mapping[str, str], tell: Listener
    ) -> None:
        uuid = line.uuid
        CALL_ID.set(str(uuid))
        usual = self._equipped[self._agents.for_extension(announcement.extension).name]
        equipped = choose(self._equipped, usual, wishes)
        agent = equipped.agent
        sts_url = announcement.sts_url
        if sts_url is None and agent.sts_url is not None:
            sts_url = with_query(agent.sts_url, announcement.payload)
        persona = None
        if sts_url is None and agent.persona_url is not None and "instructions" not in wishes:
            persona = await fetch_persona(self._client, agent.persona_url, uuid)
        record = self._calls.open(uuid, agent.name)
        listener = self._listener(uuid, agent.name, tell)
        call: Call | BridgedCall
        if sts_url is not None:
            call = self._bridge(line, equipped, sts_url, record, listener)
        else:
            here = equipped.for_caller(announcement.payload, persona=persona)
            call = self._call(line, here, record, listener)
        self._stored.save(record)
        self.control.running[uuid] = call
        try:
            await call.run()
        finally:
            del self.control.running[uuid]
            self._stored.save(record)

    def _call(
        self, line: Line, equipped: EquippedAgent, record: CallRecord, listener: Listener
    ) -> Call:
        return Call(
            line,
            equipped,
            self._detectors.open,
            record=record,
            clock=self._clock,
            metrics=self._metrics,
            transfer=None if self.control.manager is None else self._transfer,
            on_event=listener,
        )

    def _bridge(
        self,
        line: Line,
        equipped: EquippedAgent,
        sts_url: str,
        record: CallRecord,
        listener: Listener,
    ) -> BridgedCall:
        return BridgedCall(
            line,
            equipped,
            sts_url,
            record=record,
            metrics=self._metrics,
            timeout_s=self._settings.remote_timeout_s,
            transfer=None if self.control.manager is None else self._transfer,
            on_event=listener,
        )

    def _listener(self, uuid: UUID, agent: str, tell: Listener) -> Listener:
        """Those who follow a call: ``tell``, and the webhooks' receiver."""
        if self._webhooks is None:
            return tell
        happened = partial(self._webhooks.happened, uuid, agent)

        def both(event: CallEvent) -> None:
            tell(event)
            happened(event)

        return both

    async def _transfer(self, record: CallRecord) -> None:
        """Send a caller to where the agent wants him, when that names a context too."""
        place = afterwards("transfer", record.transfer_to)
        manager = self.control.manager
        if manager is not None and place.extension and place.context:
            await manager.transfer(record.uuid, place.extension, place.context)
