"""Tells systemd that the service is ready, and from then on that it is able to work.

A process that exists is no proof: an event loop stuck in one function, or an engine's thread stuck
in its C code, leaves callers in silence for as long as nobody looks. So each beat goes the way that
a call goes: the loop wakes, every engine thread does a small job, and only when all of them have
answered is systemd told. When that stays away for ``WatchdogSec``, systemd kills and restarts.

Outside of systemd (no ``$NOTIFY_SOCKET``) nothing of it happens.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Final

from appliance.engines.worker import EngineThread, running_threads
from appliance.errors import EngineError

BEATS: Final = 4
"""Beats in one WatchdogSec: one or two may be late on a busy machine."""

_KEY: Final = "watchdog"


class Notifier:
    """What systemd is told. Event loop only."""

    def __init__(
        self,
        environ: Mapping[str, str] = os.environ,
        threads: Callable[[], Iterable[EngineThread]] = running_threads,
        send: Callable[[str], None] | None = None,
    ) -> None:
        self._systemd = SystemdSocket(environ.get("NOTIFY_SOCKET", ""))
        self._send = send or self._systemd.send
        self._threads = threads
        self._period_s = watchdog_s(environ)
        self._asked: dict[EngineThread, asyncio.Future[None]] = {}

    def close(self) -> None:
        """Nothing more is told. Idempotent."""
        self._systemd.close()

    def ready(self) -> None:
        """The sockets are open."""
        self._send("READY=1")

    def stopping(self) -> None:
        """No new calls from here on."""
        self._send("STOPPING=1")

    async def watch(self) -> None:
        """Beat until cancelled; returns at once where no watchdog is asked for."""
        while self._period_s is not None:
            if await self.engines_answer(self._period_s / BEATS):
                self._send("WATCHDOG=1")
            await asyncio.sleep(self._period_s / BEATS)

    async def engines_answer(self, within_s: float) -> bool:
        """Whether every engine thread does a job in that time. What has not been done stays asked,
        so that a slow thread is not given one job after the other."""
        self._asked = {thread: self._ask(thread) for thread in self._threads()}
        if not self._asked:
            return True
        done, late = await asyncio.wait(self._asked.values(), timeout=within_s)
        return not late and all(each.exception() is None for each in done)

    def _ask(self, thread: EngineThread) -> asyncio.Future[None]:
        asked = self._asked.get(thread)
        if asked is not None and not asked.done():
            return asked
        try:
            return thread.submit(_nothing, key=_KEY, urgent=True)
        except EngineError as error:  # its queue is full, or it is closed
            failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            failed.set_exception(error)
            failed.exception()  # counts as fetched, also when nobody looks
            return failed


class SystemdSocket:
    """Sends datagrams to systemd (man sd_notify); ``address`` is $NOTIFY_SOCKET, or empty.

    The socket is opened once: when no file can be opened any more, the watchdog must still be told.
    A systemd that does not take a message is no reason to end calls.
    """

    def __init__(self, address: str) -> None:
        self._path = "\0" + address[1:] if address.startswith("@") else address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) if address else None

    def send(self, message: str) -> None:
        if self._socket is not None:
            with suppress(OSError):
                self._socket.sendto(message.encode(), self._path)

    def close(self) -> None:
        """Idempotent."""
        if self._socket is not None:
            self._socket.close()


def watchdog_s(environ: Mapping[str, str]) -> float | None:
    """``WatchdogSec`` of the unit, as systemd tells this process; None: nobody watches."""
    if environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    period = environ.get("WATCHDOG_USEC", "")
    return int(period) / 1e6 if period.isdigit() and int(period) else None


def _nothing() -> None:
    """The job that a thread proves itself with."""
