"""The engine thread: order, fairness, bounds, cancellation and its end. Gates instead of sleeps."""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Generator

import pytest
import pytest_asyncio

from appliance.engines.worker import Cancellation, EnginePool, EngineThread
from appliance.errors import EngineBusy, EngineError

pytestmark = pytest.mark.unit


class Gate:
    """A job that says when it has begun and then waits to be let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.opened = threading.Event()

    def __call__(self) -> None:
        self.begun.set()
        assert self.opened.wait(10)


@pytest_asyncio.fixture
async def thread() -> AsyncIterator[EngineThread]:
    thread = EngineThread("test", max_queue=8)
    yield thread
    await thread.close()


def hold(thread: EngineThread) -> tuple[Gate, asyncio.Future[None]]:
    """Occupy ``thread`` until the gate is opened."""
    gate = Gate()
    future = thread.submit(gate, key="gate")
    assert gate.begun.wait(10)
    return gate, future


async def test_a_job_runs_on_the_thread_and_its_result_comes_back(thread: EngineThread) -> None:
    name = await thread.run(lambda: threading.current_thread().name)
    assert name == "engine-test"
    assert await thread.run(divmod, 7, 2) == (3, 1)


async def test_an_exception_comes_back_and_the_thread_lives_on(thread: EngineThread) -> None:
    with pytest.raises(ZeroDivisionError):
        await thread.run(divmod, 7, 0)
    assert await thread.run(divmod, 7, 2) == (3, 1)


async def test_keys_take_turns_and_keep_their_own_order(thread: EngineThread) -> None:
    gate, held = hold(thread)
    order: list[str] = []
    jobs = [
        thread.submit(order.append, f"{key}{number}", key=key)
        for key, number in [("a", 1), ("a", 2), ("a", 3), ("b", 1), ("c", 1), ("b", 2)]
    ]
    gate.opened.set()
    await asyncio.gather(held, *jobs)
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3"]


async def test_an_urgent_job_goes_before_those_that_wait_and_urgent_ones_keep_their_order(
    thread: EngineThread,
) -> None:
    gate, held = hold(thread)
    order: list[str] = []
    jobs = [
        thread.submit(order.append, name, key=name, urgent=name.isupper()) for name in "abCdEcC"
    ]
    gate.opened.set()
    await asyncio.gather(held, *jobs)
    assert order == ["C", "E", "C", "a", "b", "d", "c"]


async def test_work_that_gives_way_lets_urgent_jobs_pass_and_no_others(
    thread: EngineThread,
) -> None:
    order: list[str] = []
    gate = Gate()

    def long(name: str) -> None:
        gate()
        for step in range(2):
            thread.give_way()
            order.append(f"{name}{step}")

    def urgent(name: str) -> None:
        thread.give_way()
        order.append(name)

    running = thread.submit(long, "long", key="a")
    assert gate.begun.wait(10)
    jobs = [thread.submit(order.append, "other", key="b")]
    jobs += [thread.submit(urgent, name, key="c", urgent=True) for name in ("one", "two")]
    gate.opened.set()
    await asyncio.gather(running, *jobs)
    assert order == ["one", "two", "long0", "long1", "other"]


async def test_an_urgent_job_that_fails_is_no_failure_of_what_let_it_pass(
    thread: EngineThread,
) -> None:
    gate = Gate()

    def long() -> str:
        gate()
        thread.give_way()
        return "done"

    running = thread.submit(long)
    assert gate.begun.wait(10)
    failing = thread.submit(divmod, 1, 0, urgent=True)
    dropped = thread.submit(divmod, 1, 0, urgent=True)
    dropped.cancel()
    await asyncio.sleep(0)
    gate.opened.set()
    with pytest.raises(ZeroDivisionError):
        await failing
    assert await running == "done"


async def test_closing_refuses_urgent_jobs_that_wait() -> None:
    thread = EngineThread("test")
    gate, held = hold(thread)
    waiting = thread.submit(abs, 1, urgent=True)
    closing = asyncio.create_task(thread.close())
    with pytest.raises(EngineError, match="closed"):
        await waiting
    gate.opened.set()
    await asyncio.gather(held, closing)


async def test_a_full_queue_is_busy_and_has_room_again_later(thread: EngineThread) -> None:
    gate, held = hold(thread)
    jobs = [thread.submit(abs, number) for number in range(8)]
    with pytest.raises(EngineBusy):
        await thread.run(abs, 1)
    gate.opened.set()
    await asyncio.gather(held, *jobs)
    assert await thread.run(abs, -1) == 1


async def test_a_job_cancelled_before_it_began_never_runs(thread: EngineThread) -> None:
    gate, held = hold(thread)
    ran: list[int] = []
    waiting = asyncio.ensure_future(thread.run(ran.append, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.opened.set()
    await held
    await thread.run(abs, 1)
    assert ran == []


async def test_cancelled_jobs_give_their_places_in_the_queue_back(thread: EngineThread) -> None:
    gate, held = hold(thread)
    for job in [thread.submit(abs, number) for number in range(8)]:
        job.cancel()
    await asyncio.sleep(0)
    jobs = [thread.submit(abs, number) for number in range(8)]
    gate.opened.set()
    await asyncio.gather(held, *jobs)


async def test_cancelling_a_running_job_sets_its_token(thread: EngineThread) -> None:
    token = Cancellation()
    begun, seen = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        while not token.cancelled:
            pass
        seen.set()

    running = asyncio.ensure_future(thread.run(work, token=token))
    await asyncio.sleep(0)
    assert begun.wait(10)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert await thread.run(seen.wait, 10)


async def test_the_wait_of_each_job_is_reported() -> None:
    waits: list[float] = []
    thread = EngineThread("test", on_wait=waits.append)
    await thread.run(abs, 1)
    await thread.close()
    assert all(wait >= 0.0 for wait in waits)
    assert waits


async def test_the_thread_gives_way_to_the_event_loop() -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    thread = EngineThread("test", nice=3)
    before = niceness()
    assert await thread.run(niceness) == min(19, before + 3)
    assert niceness() == before
    await thread.close()


def numbers(until: int, closed: threading.Event) -> Generator[int]:
    try:
        yield from range(until)
    finally:
        closed.set()


async def test_a_stream_hands_over_every_item_and_ends(thread: EngineThread) -> None:
    closed = threading.Event()
    assert [item async for item in thread.stream(numbers(4, closed))] == [0, 1, 2, 3]
    assert closed.is_set()


async def test_streams_of_two_calls_take_turns(thread: EngineThread) -> None:
    order: list[str] = []

    def steps(name: str) -> Generator[None]:
        for number in range(3):
            order.append(f"{name}{number}")
            yield

    async def read(name: str) -> None:
        async for _ in thread.stream(steps(name), key=name):
            pass

    await asyncio.gather(read("a"), read("b"))
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]


async def test_a_stream_whose_reader_goes_away_is_closed(thread: EngineThread) -> None:
    closed = threading.Event()
    stream = thread.stream(numbers(1000, closed))
    assert await anext(stream) == 0
    await stream.aclose()
    assert await thread.run(closed.wait, 10)


async def test_a_stream_fails_with_its_generator(thread: EngineThread) -> None:
    def steps() -> Generator[int]:
        yield 1
        raise KeyError("broken")

    stream = thread.stream(steps())
    assert await anext(stream) == 1
    with pytest.raises(KeyError):
        await anext(stream)


async def test_closing_ends_the_thread_and_refuses_what_waits() -> None:
    before = set(threading.enumerate())
    thread = EngineThread("test")
    gate, held = hold(thread)
    waiting = thread.submit(abs, 1)
    closing = asyncio.ensure_future(thread.close())
    await asyncio.sleep(0)
    with pytest.raises(EngineError, match="test: is closed"):
        await waiting
    gate.opened.set()
    await closing
    await held
    assert set(threading.enumerate()) <= before
    with pytest.raises(EngineError, match="is closed"):
        await thread.run(abs, 1)
    await thread.close()


async def test_closing_cancels_what_runs() -> None:
    thread = EngineThread("test")
    token = Cancellation()
    begun = threading.Event()

    def work() -> str:
        begun.set()
        while not token.cancelled:
            pass
        return "stopped early"

    running = thread.submit(work, token=token)
    assert begun.wait(10)
    await thread.close()
    assert await running == "stopped early"


async def test_closing_gives_up_at_its_deadline(caplog: pytest.LogCaptureFixture) -> None:
    thread = EngineThread("test")
    gate, _held = hold(thread)
    with caplog.at_level(logging.WARNING):
        await thread.close(deadline_s=0.0)
    assert "still busy" in caplog.text
    gate.opened.set()


def test_a_result_for_a_closed_loop_is_dropped() -> None:
    gate = Gate()

    async def leave_a_job_behind() -> EngineThread:
        thread = EngineThread("test")
        thread.submit(gate)
        return thread

    thread = asyncio.run(leave_a_job_behind())
    gate.opened.set()

    async def use_it_again() -> None:
        assert await thread.run(abs, -1) == 1
        await thread.close()

    asyncio.run(use_it_again())


async def test_a_pool_gives_each_session_the_thread_with_the_fewest() -> None:
    before = set(threading.enumerate())
    pool = EnginePool("test", 2)
    first, second, third = pool.join(), pool.join(), pool.join()
    assert {first, second} == set(pool.threads)
    assert third is first
    pool.leave(second)
    pool.leave(third)
    assert pool.join() is second
    await pool.close()
    assert set(threading.enumerate()) <= before
