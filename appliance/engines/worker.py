"""The only threads of the product: each runs the blocking work of one engine, job after job.

An engine's C code takes milliseconds to seconds and releases the GIL meanwhile, so it belongs on a
thread of its own; everything that decides lives on the event loop. What crosses between the two
crosses here: a job goes in as a function, its result comes back as an asyncio future.

Jobs carry a ``key`` (the call). Within a key they run in order; between keys they take turns, so a
call that asks for much waits behind itself and not in front of the others. An urgent job (somebody
hears nothing until it is done) goes before all others, and work that takes long lets it pass
between two of its steps (``give_way``). The threads lower their own priority, so that a frame that
is due is written even while every core decodes. The queue and its thread are one file, because one
lock guards both.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar, TypeVarTuple
from weakref import WeakSet

from appliance.errors import EngineBusy, EngineError

log = logging.getLogger(__name__)

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

NICE: Final = 5
"""Added to the process's own niceness. Linux shares a core about 3:1 at a distance of 5: the event
loop gets in at once, and engines still use all that is left."""


def running_threads() -> list[EngineThread]:
    """Every engine thread of this process that has not been closed, for whoever watches over
    them."""
    return list(_RUNNING)


class Cancellation:
    """A flag that the event loop sets and engine code reads between tokens, pieces or windows."""

    __slots__ = ("cancelled",)

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        """Ask the work to stop at its next check. Any thread; never unset."""
        self.cancelled = True


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[], Any]
    key: str
    token: Cancellation
    future: asyncio.Future[Any]
    urgent: bool
    queued_at: float = field(default_factory=time.monotonic)

    def perform(self) -> None:
        """Do the work here and hand the outcome to the loop that asked for it."""
        if self.future.cancelled():
            return
        result, error = None, None
        try:
            result = self.work()
        except Exception as failure:
            error = failure
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            self.future.get_loop().call_soon_threadsafe(_deliver, self.future, result, error)


def _deliver(future: asyncio.Future[Any], result: object, error: Exception | None) -> None:
    if future.done():
        return  # cancelled meanwhile
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)


class EngineThread:
    """One thread with a bounded queue. Made and used on the event loop; jobs run on the thread.

    ``name`` is the engine's, as in errors and metrics. ``max_queue`` counts the jobs that wait, of
    all keys together. ``nice`` is added to the process's niceness. ``on_wait`` gets the seconds
    each job waited before it began; it is called on the engine's thread and must not fail.
    """

    def __init__(
        self,
        name: str,
        *,
        max_queue: int = 64,
        nice: int = NICE,
        on_wait: Callable[[float], None] | None = None,
    ) -> None:
        self.name = name
        self._max_queue = max_queue
        self._nice = nice
        self._on_wait = on_wait
        self._ready = threading.Condition()
        self._urgent: deque[_Job] = deque()
        self._waiting: dict[str, deque[_Job]] = {}  # keys in the order of their next turn
        self._running: list[_Job] = []  # the second is an urgent one that the first lets pass
        self._closing = False
        self._thread = threading.Thread(target=self._main, name=f"engine-{name}", daemon=True)
        self._thread.start()
        _RUNNING.add(self)

    @property
    def idle(self) -> bool:
        """Whether nothing runs here and nothing waits. A moment later it may be otherwise."""
        with self._ready:
            return not (self._running or self._urgent or self._waiting)

    def submit(
        self,
        work: Callable[[*Ts], T],
        *args: *Ts,
        key: str = "",
        token: Cancellation | None = None,
        urgent: bool = False,
    ) -> asyncio.Future[T]:
        """Queue ``work(*args)`` and return at once; the future holds its result or exception.

        Urgent jobs go before all others, in the order in which they came; there is no order between
        those and others of their key.

        Cancelling the future drops the job if it has not begun, else sets ``token``, which the work
        was given by its caller if it wants to stop early. An exception nobody fetches is logged by
        asyncio. Raises EngineBusy when the queue is full, EngineError when the thread is closed.
        """
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        job = _Job(lambda: work(*args), key, token or Cancellation(), future, urgent)
        with self._ready:
            if self._closing:
                raise EngineError(self.name, "is closed", code="engine_closed")
            if len(self._urgent) + sum(map(len, self._waiting.values())) >= self._max_queue:
                raise EngineBusy(self.name, f"{self._max_queue} requests are waiting already")
            (self._urgent if urgent else self._waiting.setdefault(key, deque())).append(job)
            self._ready.notify()
        future.add_done_callback(lambda done: self._withdraw(job) if done.cancelled() else None)
        return future

    async def run(
        self,
        work: Callable[[*Ts], T],
        *args: *Ts,
        key: str = "",
        token: Cancellation | None = None,
        urgent: bool = False,
    ) -> T:
        """Await ``work(*args)`` on the thread; as ``submit``. Cancelling returns at once: a job
        that has begun stops at its next check of ``token``, and the jobs behind it wait so long."""
        return await self.submit(work, *args, key=key, token=token, urgent=urgent)

    async def stream(
        self,
        steps: Generator[T],
        *,
        key: str = "",
        token: Cancellation | None = None,
        urgent: bool = False,
    ) -> AsyncGenerator[T]:
        """Run a generator on the thread, one job a step, so that calls take turns at every step.

        A step is begun when the item before it was taken: nothing is produced ahead of its reader.
        The generator is closed, on the thread, when it ends, fails, or its reader goes away.
        """
        end = object()
        try:
            while True:
                item = await self.run(next, steps, end, key=key, token=token, urgent=urgent)
                if item is end:
                    break
                yield item  # type: ignore[misc]  # T, since it is not ``end``
        finally:
            with contextlib.suppress(EngineError):  # closed: the thread is gone, so is its work
                self.submit(steps.close, key=key)

    def give_way(self) -> None:
        """Called by work on the thread, between two of its steps: do the urgent jobs that wait.

        Urgent work does not give way itself.
        """
        while True:
            with self._ready:
                if self._running[-1].urgent or not self._urgent:
                    return
                job = self._urgent.popleft()
                self._running.append(job)
            self._perform(job)

    async def close(self, deadline_s: float = 5.0) -> None:
        """Refuse what waits, cancel what runs and wait for the thread to end. Idempotent.

        After ``deadline_s`` the thread is left behind with a warning: it ends with its job.
        """
        farewell = _Job(lambda: None, "", Cancellation(), asyncio.Future(), urgent=False)
        with self._ready:
            if self._closing:
                return
            self._closing = True
            _RUNNING.discard(self)
            refused = [*self._urgent, *(job for jobs in self._waiting.values() for job in jobs)]
            self._urgent.clear()
            self._waiting = {"": deque([farewell])}
            for running in self._running:
                running.token.cancel()
            self._ready.notify()
        for job in (job for job in refused if not job.future.done()):
            job.future.set_exception(EngineError(self.name, "is closed", code="engine_closed"))
            job.future.exception()  # counts as fetched: nobody may be waiting any more
        done, _ = await asyncio.wait({farewell.future}, timeout=deadline_s)
        if done:
            self._thread.join()
        else:
            log.warning("%s: still busy %.1f s after it was closed", self.name, deadline_s)

    def _withdraw(self, job: _Job) -> None:
        job.token.cancel()
        with self._ready:
            if job in self._urgent:
                self._urgent.remove(job)
            jobs = self._waiting.get(job.key)
            if jobs is not None and job in jobs:
                jobs.remove(job)
                if not jobs:
                    del self._waiting[job.key]

    def _main(self) -> None:
        _lower_priority(self._nice)
        while self._serve_one():
            pass

    def _serve_one(self) -> bool:
        """Wait for a job and do it; False when closed and done. A frame of its own, so that no
        finished job (and the audio in it) is kept alive while waiting for the next."""
        with self._ready:
            self._ready.wait_for(lambda: self._closing or self._urgent or self._waiting)
            if not self._urgent and not self._waiting:
                return False
            job = self._next()
            self._running.append(job)
        self._perform(job)
        return True

    def _perform(self, job: _Job) -> None:
        if self._on_wait is not None:
            self._on_wait(time.monotonic() - job.queued_at)
        job.perform()
        with self._ready:
            self._running.remove(job)

    def _next(self) -> _Job:
        """An urgent job, or the oldest of the key whose turn it is; that key goes to the end of the
        round."""
        if self._urgent:
            return self._urgent.popleft()
        key = next(iter(self._waiting))
        jobs = self._waiting.pop(key)
        job = jobs.popleft()
        if jobs:
            self._waiting[key] = jobs
        return job


_RUNNING: Final[WeakSet[EngineThread]] = WeakSet()


class EnginePool:
    """Threads that work on the same weights. A session stays on one of them, so that its jobs run
    in order; it gets the one that the fewest sessions use."""

    def __init__(
        self, name: str, size: int, *, on_wait: Callable[[float], None] | None = None
    ) -> None:
        self.threads = [EngineThread(name, on_wait=on_wait) for _ in range(size)]
        self._users = dict.fromkeys(self.threads, 0)

    def join(self) -> EngineThread:
        """The thread for a new session."""
        thread = min(self.threads, key=self._users.__getitem__)
        self._users[thread] += 1
        return thread

    def leave(self, thread: EngineThread) -> None:
        """A session on ``thread`` has ended."""
        self._users[thread] -= 1

    async def close(self) -> None:
        """End all threads. Idempotent."""
        await asyncio.gather(*(thread.close() for thread in self.threads))


def _lower_priority(nice: int) -> None:
    """Linux has a niceness per thread: ``setpriority`` with a native thread id changes this one."""
    thread = threading.get_native_id()
    own = os.getpriority(os.PRIO_PROCESS, thread)
    os.setpriority(os.PRIO_PROCESS, thread, min(19, own + nice))
