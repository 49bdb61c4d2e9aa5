"""The composition root: settings, engines, servers; start, serve, drain, stop.

READY means able: the sockets open only after every engine has run once and every greeting has its
sound. Stopping has an order and a deadline: refuse new calls, let the running ones end, hang up
the rest, free the engines.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

import aiohttp

from appliance.access.certificate import certificate_of
from appliance.access.gate import Gate
from appliance.agents.addresses import engines_of
from appliance.agents.loaded_agent import LoadedAgent
from appliance.agents.loader import Engines
from appliance.asterisk.manager import manager_of
from appliance.at_start import refuse_open_door, tell_what_is_odd
from appliance.audio.frame import WIRE_RATE_HZ
from appliance.audiosocket.server import AudioSocketServer
from appliance.background import Background
from appliance.clock import MonotonicClock
from appliance.config.agent_defaults import site_agents
from appliance.config.named_hosts import sts_hosts
from appliance.config.settings import (
    Settings,
    env_name,
    make_state_dirs,
    names_of_this_machine,
)
from appliance.engines.memory import give_back, share_arenas
from appliance.http.app import SERVICES, build_app, build_service
from appliance.http.server import start_http
from appliance.metrics import Metrics
from appliance.running import Lines, RunningService
from appliance.services.admission import Admission
from appliance.services.call_endings import CallEndings
from appliance.services.offered import Stages
from appliance.store.calls import LOST, CallStore
from appliance.store.database import FILE_NAME, Database, open_database
from appliance.store.keys import KeyStore
from appliance.store.outbox import Outbox
from appliance.store.probe import StoreProbe
from appliance.store.writer import open_writer
from appliance.sts.server import StsServer
from appliance.switchboard.call_control import Control
from appliance.switchboard.switchboard import Equipment, Switchboard
from appliance.systemd import Notifier
from appliance.tools.toolbox import Workshop
from appliance.turns.pacer import Pacer
from appliance.turns.vad import SileroVad
from appliance.upkeep import Upkeep
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.webhooks import Webhooks, open_webhooks
from appliance.weights.whole import REMEMBERED, check_whole

SWITCH_INTERVAL_S: Final = 0.001
"""How long a busy thread may keep the interpreter from the event loop; Python's default of 5 ms is
a quarter of a Frame."""
LAST_LETTERS_S: Final = 5.0
"""How long the end of the program waits for webhooks; the rest is delivered after the next
start."""

log = logging.getLogger(__name__)


class Service:
    """The appliance. ``run()`` it once, on the event loop."""

    def __init__(self, settings: Settings) -> None:
        """Raises SettingsError when the agents file or the certificate is wrong or a directory
        cannot be made."""
        make_state_dirs(settings)
        self._settings = settings
        self._agents = site_agents(settings)
        self._tls = certificate_of(settings.http_tls_certificate, settings.http_tls_key)
        self._metrics = Metrics()
        self._clock = MonotonicClock()
        self._systemd = Notifier()

    async def run(self) -> None:
        """Start, serve until SIGTERM or SIGINT, drain, stop. Raises SettingsError, EngineError."""
        began, stop = self._clock.now(), asyncio.Event()
        async with AsyncExitStack() as stack:
            stack.callback(self._systemd.close)
            tell_what_is_odd(self._settings, self._agents)
            share_arenas()
            sys.setswitchinterval(SWITCH_INTERVAL_S)
            running = await self._start(stack)
            port = await self._open_http(running, stack)
            stack.push_async_callback(running.sts.close)  # before the sockets it talks over
            _watch_signals(running, stop, stack)
            background = await stack.enter_async_context(Background())
            background.keep_up(self._systemd.watch)
            background.keep_up(running.probe.watch)
            if self._tls is not None:
                background.keep_up(self._tls.watch)
            Upkeep(running.loaded.values(), running.lines, self._metrics).begin(background)
            self._ready(running, port, self._clock.now() - began)
            await stop.wait()
            await self._drain(running)

    # -- life

    async def _start(self, stack: AsyncExitStack) -> RunningService:
        """Load the engines, then take calls; what was opened is closed with ``stack``."""
        client = await stack.enter_async_context(aiohttp.ClientSession(trust_env=False))
        control = Control(manager_of(self._settings, client))
        database = await stack.enter_async_context(
            open_database(self._settings.state_dir / FILE_NAME)
        )
        keys = KeyStore(database)
        await refuse_open_door(self._settings, keys)
        stored, webhooks = await self._open_store(database, stack)
        detectors = SileroVad.load()
        loaded = await self._load(client, stack)
        equipment = Equipment(
            self._agents,
            loaded,
            detectors.open,
            control,
            stored,
            webhooks,
            client,
            self._clock,
            self._metrics,
            StoreProbe(database, self._settings.state_dir, self._metrics.disk),
        )
        lines = self._open_lines(equipment)
        stack.push_async_callback(lines.audiosocket.close)
        gc.collect()
        gc.freeze()  # what is loaded stays: collections need not look at it again
        give_back()
        await lines.audiosocket.start()
        call_endings = CallEndings(control)
        stack.push_async_callback(call_endings.close)
        stages = self._open_stages(equipment, lines, call_endings)
        return RunningService(
            lines,
            control,
            stages,
            loaded,
            self._metrics,
            Gate(names_of_this_machine(self._settings), self._settings.trusted_networks),
            keys,
            self._clock,
            equipment.probe,
        )

    def _ready(self, running: RunningService, http_port: int, took_s: float) -> None:
        log.info(
            "ready after %.1f s: AudioSocket on %s:%d, HTTP on %s:%d, at most %d calls",
            took_s,
            self._settings.host,
            running.lines.audiosocket.port,
            self._settings.http_host,
            http_port,
            self._settings.max_calls,
        )
        self._systemd.ready()

    async def _drain(self, running: RunningService) -> None:
        self._systemd.stopping()
        drain_s = self._settings.drain_s
        log.info("draining: %d calls, at most %.0f s", running.lines.active, drain_s)
        try:
            async with asyncio.timeout(drain_s):
                await running.drained()
        except TimeoutError:
            log.warning("hanging up %d calls that were still going on", running.lines.active)

    # -- its parts

    async def _open_store(
        self, database: Database, stack: AsyncExitStack
    ) -> tuple[CallStore, Webhooks | None]:
        """The database's calls, and the webhooks that live in it; closed after the last call."""
        settings, figures = self._settings, WebhookFigures(self._metrics.registry)
        writer = await stack.enter_async_context(open_writer(database, self._metrics.changes_lost))
        stored = CallStore(database, writer, settings.keep_calls, words=settings.keep_words)
        cut_off = await stored.settle()
        webhooks = await stack.enter_async_context(
            open_webhooks(
                settings, sts_hosts(settings, self._agents), Outbox(database), writer, figures
            )
        )
        if webhooks is not None:
            for uuid, agent in cut_off:
                webhooks.notify(uuid, "call_ended", {"outcome": LOST}, agent=agent)
            stack.push_async_callback(webhooks.drain, min(LAST_LETTERS_S, settings.drain_s))
        return stored, webhooks

    async def _load(
        self, client: aiohttp.ClientSession, stack: AsyncExitStack
    ) -> Mapping[str, LoadedAgent]:
        """Every agent with its engines, whose files are whole, each tried once. Raises
        WeightsError, EngineError."""
        checked = self._settings.state_dir / REMEMBERED
        await asyncio.to_thread(check_whole, self._agents.models(), self._settings.models, checked)
        engines = Engines(self._settings, self._metrics, Workshop(self._settings, client))
        stack.push_async_callback(engines.close)
        loaded = await engines.load(self._agents.by_name.values())
        for name, agent in self._agents.by_name.items():
            default = name == self._agents.default.name
            self._metrics.agent_runs(name, engines_of(agent), default=default)
        return loaded

    def _open_lines(self, equipment: Equipment) -> Lines:
        """Who answers calls, and both ways in which they come."""

        def active() -> int:
            return lines.active

        calls = Switchboard(self._settings, equipment, active)
        pacer = Pacer(on_lateness=self._metrics.playout_late)
        lines = Lines(
            AudioSocketServer(
                self._settings.host,
                self._settings.port,
                pacer=pacer,
                on_call=calls.answer,
                admit=calls.admit,
            ),
            StsServer(pacer=pacer, on_call=calls.answer_session, admit=calls.admit),
            calls,
        )
        return lines

    def _open_stages(self, equipment: Equipment, lines: Lines, call_endings: CallEndings) -> Stages:
        """The engines as services of their own, for what calls leave of the host."""
        settings = self._settings
        admission = Admission(
            max_calls=settings.max_calls,
            tts_threads=settings.tts_threads,
            refusal=lines.calls.refusal,
            calls=lambda: lines.active,
            clock=self._clock,
            metrics=self._metrics,
        )
        return Stages(
            equipment.loaded,
            equipment.loaded[self._agents.default.name],
            partial(equipment.open_detector, WIRE_RATE_HZ),
            admission,
            call_endings,
            self._clock,
            asr_delimiter="" if settings.asr_delimiter == "none" else settings.asr_delimiter,
            stt_assume_rate_hz=settings.stt_assume_rate_hz,
        )

    async def _open_http(self, running: RunningService, stack: AsyncExitStack) -> int:
        """Everything on the common port, which is returned, and services on ports of their own."""
        host, tls = self._settings.http_host, None if self._tls is None else self._tls.context
        common = await start_http(
            build_app(running), host, self._settings.http_port, env_name("http_port"), tls
        )
        stack.push_async_callback(common.close)
        for name in SERVICES:
            key = "ami_http_port" if name == "ami" else f"{name}_port"
            port = getattr(self._settings, key)
            if port is not None:
                app = build_service(running, name)
                server = await start_http(app, host, port, env_name(key), tls)
                stack.push_async_callback(server.close)
                log.info("%s on %s:%d as well", name, host, server.port)
        return common.port


def _watch_signals(running: RunningService, stop: asyncio.Event, stack: AsyncExitStack) -> None:
    """The first signal drains, a second one does not wait for the calls."""

    def signalled() -> None:
        running.refuse_calls()
        stop.set()

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, signalled)
        stack.callback(loop.remove_signal_handler, each)
