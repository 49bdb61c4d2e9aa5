"""systemd hears of the service only what has been proven."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import threading
from collections.abc import AsyncIterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio

from appliance.engines.worker import EngineThread, running_threads
from appliance.systemd import Notifier, SystemdSocket, watchdog_s

pytestmark = pytest.mark.unit


@pytest_asyncio.fixture
async def thread() -> AsyncIterator[EngineThread]:
    engine = EngineThread("watched", max_queue=2, nice=0)
    yield engine
    await engine.close()


def notifier(*threads: EngineThread, environ: dict[str, str] | None = None) -> Notifier:
    return Notifier(environ or {}, lambda: threads)


async def test_engines_that_do_their_job_answer(thread: EngineThread) -> None:
    assert await notifier(thread).engines_answer(5.0)


async def test_a_service_without_engines_has_only_its_loop_to_prove() -> None:
    assert await notifier().engines_answer(5.0)


async def test_a_stuck_engine_does_not_answer_and_is_asked_once_only(thread: EngineThread) -> None:
    begun, stuck = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        stuck.wait()

    job = thread.submit(work)
    assert begun.wait(10)
    watch = notifier(thread)
    for _ in range(4):  # more often than its queue has room
        assert not await watch.engines_answer(0.01)
    stuck.set()
    await job
    assert await watch.engines_answer(5.0)


async def test_an_engine_whose_queue_is_full_does_not_answer(thread: EngineThread) -> None:
    stuck = threading.Event()
    begun = asyncio.Event()
    tell = partial(asyncio.get_running_loop().call_soon_threadsafe, begun.set)
    jobs = [thread.submit(lambda: (tell(), stuck.wait()))]
    await begun.wait()  # it has left the queue
    jobs += [thread.submit(lambda: (stuck.wait(),)) for _ in range(2)]
    assert not await notifier(thread).engines_answer(5.0)
    stuck.set()
    await asyncio.gather(*jobs)


async def test_a_closed_thread_is_not_watched() -> None:
    engine = EngineThread("short", nice=0)
    assert engine in running_threads()
    await engine.close()
    assert engine not in running_threads()


async def test_it_beats_for_as_long_as_the_engines_answer(thread: EngineThread) -> None:
    told: asyncio.Queue[str] = asyncio.Queue()
    environ = {"WATCHDOG_USEC": "40000"}
    watch = asyncio.create_task(Notifier(environ, lambda: [thread], told.put_nowait).watch())
    assert {await told.get() for _ in range(3)} == {"WATCHDOG=1"}
    watch.cancel()


async def test_without_a_watchdog_there_is_no_beat() -> None:
    async with asyncio.timeout(5):
        await notifier().watch()


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "60000000"}, 60.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}, 60.0),
        ({"WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_period_is_the_one_that_systemd_tells_this_process(
    environ: dict[str, str], wanted: float | None
) -> None:
    assert watchdog_s(environ) == wanted


@pytest.mark.parametrize("abstract", [False, True])
def test_a_message_arrives_at_the_socket_of_systemd(tmp_path: Path, abstract: bool) -> None:
    name = f"appliance-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(f"\0{name}" if abstract else str(tmp_path / name))
        with closing(SystemdSocket(f"@{name}" if abstract else str(tmp_path / name))) as sender:
            sender.send("READY=1")
        assert systemd.recv(100) == b"READY=1"


def test_no_systemd_is_no_fault(tmp_path: Path) -> None:
    for address in ("", str(tmp_path / "nobody")):
        with closing(SystemdSocket(address)) as sender:
            sender.send("READY=1")


def test_systemd_is_told_when_no_file_can_be_opened_any_more(tmp_path: Path) -> None:
    with ExitStack() as stack:
        systemd = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        systemd.bind(str(tmp_path / "systemd"))
        systemd.settimeout(5.0)
        environ = {"NOTIFY_SOCKET": str(tmp_path / "systemd")}
        watch = stack.enter_context(closing(Notifier(environ)))
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            with pytest.raises(OSError, match="Too many open files"):
                socket.socket()
            watch.ready()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        assert systemd.recv(100) == b"READY=1"
