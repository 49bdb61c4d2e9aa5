"""The composition root: settings, engines, servers; start, serve, drain, stop.

READY means able: the sockets open only after every engine has run once and every greeting has its
sound. Stopping has an order and a deadline: refuse new calls, let the running ones end, hang up
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
from typing import Final

import aiohttp

from appliance.agents.addresses import engines_of
from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.loader import Engines
from appliance.asterisk.manager import manager_of
from appliance.audiosocket.server import AudioSocketServer
from appliance.background import Background
from appliance.clock import MonotonicClock
from appliance.config.agent_defaults import ignored_variables, site_agents, told_of
from appliance.config.settings import Settings, env_name, make_state_dirs
from appliance.engines.memory import give_back, share_arenas
from appliance.errors import EngineError, RemoteError
from appliance.http.app import SERVICES, build_app, build_service
from appliance.http.server import HttpServer, start_http
from appliance.metrics import Metrics
from appliance.services.admission import Admission
from appliance.services.call_endings import CallEndings
from appliance.services.offered import Stages
from appliance.store.calls import CallStore
from appliance.store.database import FILE_NAME, open_database
from appliance.store.outbox import Outbox
from appliance.store.writer import open_writer
from appliance.sts.server import StsServer
from appliance.switchboard.call_control import Control
from appliance.switchboard.switchboard import Equipment, Switchboard
from appliance.systemd import Notifier
from appliance.tools.toolbox import Workshop
from appliance.turns.pacer import Pacer
from appliance.turns.vad import SileroVad
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.webhooks import Webhooks, open_webhooks

SWITCH_INTERVAL_S: Final = 0.001
"""How long a busy thread may keep the interpreter from the event loop; Python's default of 5 ms is
a quarter of a Frame."""
LAG_PROBE_S: Final = 0.5
GIVE_BACK_S: Final = 60.0
"""How often memory is given back to the system, unless there is a call."""
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
        self._agents = site_agents(settings)
        self._loaded: Mapping[str, LoadedAgent] = {}
        self._metrics = Metrics()
        self._clock = MonotonicClock()
        self._systemd = Notifier()
        self._stop = asyncio.Event()
        self._detectors: SileroVad
        self._server: AudioSocketServer
        self.calls: Switchboard
        self.control: Control
        self.sts: StsServer
        self.stages: Stages
        self._http: HttpServer

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, drain, stop. Raises SettingsError, EngineError."""
        async with AsyncExitStack() as stack:
            await self._start(stack)
            await self._stop.wait()
            await self._drain()

    def metrics_text(self) -> bytes:
        """The Prometheus exposition."""
        return self._metrics.render()

    # -- life

    async def _start(self, stack: AsyncExitStack) -> None:
        began = self._clock.now()
        stack.callback(self._systemd.close)
        share_arenas()
        for name in ignored_variables(os.environ):
            log.warning("%s is of AVR's voice detection and does nothing here (docs/avr.md)", name)
        if self._agents.stand_ins:
            log.warning(told_of(self._agents.stand_ins))
        client = await stack.enter_async_context(aiohttp.ClientSession(trust_env=False))
        self.control = Control(manager_of(self._settings, client))
        stored, webhooks = await self._open_store(stack)
        sys.setswitchinterval(SWITCH_INTERVAL_S)
        self._detectors = SileroVad.load()
        engines = Engines(self._settings, self._metrics, Workshop(self._settings, client))
        stack.push_async_callback(engines.close)
        self._loaded = await engines.load(self._agents.by_name.values())
        for name, agent in self._agents.by_name.items():
            default = name == self._agents.default.name
            self._metrics.agent_runs(name, engines_of(agent), default=default)
        self.calls = board = self._open_board(stored, webhooks, client)
        pacer = Pacer(on_lateness=self._metrics.playout_late)
        self.sts = StsServer(pacer=pacer, on_call=board.answer_session, admit=board.admit)
        self._server = AudioSocketServer(
            self._settings.host,
            self._settings.port,
            pacer=pacer,
            on_call=board.answer,
            admit=board.admit,
        )
        stack.push_async_callback(self._server.close)
        gc.collect()
        gc.freeze()  # what is loaded stays: collections need not look at it again
        give_back()
        await self._server.start()
        call_endings = CallEndings(self.control)
        stack.push_async_callback(call_endings.close)
        self.stages = self._open_stages(call_endings)
        await self._start_http(stack)
        stack.push_async_callback(self.sts.close)  # before the sockets it talks over
        self._watch_signals(stack)
        background = await stack.enter_async_context(Background())
        background.keep_up(self._probe_lag)
        background.keep_up(self._prepare_answers)
        background.keep_up(self._give_back_memory)
        background.keep_up(self._systemd.watch)
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

    async def _open_store(self, stack: AsyncExitStack) -> tuple[CallStore, Webhooks | None]:
        """The database's calls, and the webhooks that live in it; closed after the last call."""
        settings, figures = self._settings, WebhookFigures(self._metrics.registry)
        database = await stack.enter_async_context(open_database(settings.state_dir / FILE_NAME))
        writer = await stack.enter_async_context(open_writer(database, self._metrics.changes_lost))
        stored = CallStore(database, writer, settings.keep_calls, words=settings.keep_words)
        await stored.settle()
        webhooks = await stack.enter_async_context(
            open_webhooks(settings, Outbox(database), writer, figures)
        )
        if webhooks is not None:
            stack.push_async_callback(webhooks.drain, min(LAST_LETTERS_S, settings.drain_s))
        return stored, webhooks

    def _open_board(
        self, stored: CallStore, webhooks: Webhooks | None, client: aiohttp.ClientSession
    ) -> Switchboard:
        """Who answers calls, with all that is loaded by now."""
        equipment = Equipment(
            self._agents,
            self._loaded,
            self._detectors.open,
            self.control,
            stored,
            webhooks,
            client,
            self._clock,
            self._metrics,
        )
        return Switchboard(self._settings, equipment, lambda: self._active)

    def _open_stages(self, call_endings: CallEndings) -> Stages:
        """The engines as services of their own, for what calls leave of the host."""
        settings = self._settings
        admission = Admission(
            max_calls=settings.max_calls,
            tts_threads=settings.tts_threads,
            refusal=self.calls.refusal,
            calls=lambda: self._active,
            clock=self._clock,
            metrics=self._metrics,
        )
        return Stages(
            self._loaded,
            self._loaded[self._agents.default.name],
            self._detectors.open,
            admission,
            call_endings,
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
        if self.calls.draining:
            self._server.hang_up_all()
            self.sts.hang_up_all()
            self.stages.admission.stop_waiting()
        self.calls.draining = True
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

    @property
    def _active(self) -> int:
        return self._server.calls + self.sts.calls

    async def _probe_lag(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LAG_PROBE_S
            await asyncio.sleep(LAG_PROBE_S)
            self._metrics.loop_lag(max(0.0, loop.time() - due))

    async def _give_back_memory(self) -> None:
        while True:
            await asyncio.sleep(GIVE_BACK_S)
            if not self._active:
                give_back()

    async def _prepare_answers(self) -> None:
        """Make the sound of what the agents say and know, so that the first to ask need not wait. A
        voice that is a service elsewhere may not be there yet."""
        owed, wait_s = list(self._loaded.values()), PREPARE_AGAIN_S
        while owed := [each for each in owed if not await self._prepared(each)]:
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, PREPARE_RARELY_S)

    async def _prepared(self, loaded: LoadedAgent) -> bool:
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
