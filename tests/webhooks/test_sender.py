"""Order, back-off, dead letters and patience, in virtual time: the outbox is in memory and the
receiver follows a script."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry

from appliance.errors import StoreFault
from appliance.store.outbox import Counts, Letter
from appliance.webhooks.delivery import Delivered, Failed, Later, Outcome
from appliance.webhooks.figures import WebhookFigures
from appliance.webhooks.sender import AT_ONCE, Sender
from tests.fakes import virtual_time

pytestmark = pytest.mark.unit

ONE, TWO = UUID(int=1), UUID(int=2)


class MemoryOutbox:
    """An outbox that forgets at the end of the test."""

    def __init__(self) -> None:
        self.rows: dict[int, Letter] = {}
        self.broken = False
        self.too_many = 0
        self.grown_s: list[float] = []

    def put(self, call: UUID, event_type: str = "transcription") -> Letter:
        number = len(self.rows) + 1
        letter = Letter(call, event_type, "desk", "{}", number, 0.0)
        self.rows[number] = letter
        return letter

    @property
    def dead(self) -> list[int]:
        return [each.id for each in self.rows.values() if each.dead]

    def _waiting(self) -> list[Letter]:
        if self.broken:
            raise StoreFault("the database failed: disk full")
        return [each for each in self.rows.values() if not each.dead]

    async def head(self, call: UUID) -> Letter | None:
        return next((each for each in self._waiting() if each.call == call), None)

    async def calls(self) -> list[UUID]:
        return list(dict.fromkeys(each.call for each in self._waiting()))

    async def counts(self) -> Counts:
        return Counts(len(self._waiting()), len(self.dead))

    async def delivered(self, letter: Letter) -> bool:
        self._waiting()
        del self.rows[letter.id]
        return any(each.call == letter.call for each in self._waiting())

    async def failed(self, letter: Letter, error: str, *, dead: bool) -> None:
        self.rows[letter.id] = replace(letter, attempts=letter.attempts + 1, error=error, dead=dead)

    async def grow_older(self, seconds: float) -> None:
        self.grown_s.append(seconds)

    async def prune(self) -> int:
        dropped, self.too_many = self.too_many, 0
        return dropped


class World:
    """A sender, its outbox, and what the receiver was sent when."""

    def __init__(self, answer: Callable[[Letter], Outcome | Awaitable[Outcome]]) -> None:
        self.outbox = MemoryOutbox()
        self.registry = CollectorRegistry()
        self.sent: list[tuple[float, int]] = []
        self._answer = answer

    def run(self, seconds: float, act: Callable[[Sender], Awaitable[None]] | None = None) -> None:
        virtual_time.run(self._run(seconds, act))

    def figure(self, result: str) -> float:
        labels = {"result": result}
        return self.registry.get_sample_value("appliance_webhook_letters_total", labels) or 0.0

    async def _run(self, seconds: float, act: Callable[[Sender], Awaitable[None]] | None) -> None:
        figures = WebhookFigures(self.registry)
        sender = Sender(self.outbox, self._post, 5, figures, chance=lambda: 0.5)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(sender.run())
            if act is not None:
                tasks.create_task(act(sender))  # type: ignore[arg-type]
            await asyncio.sleep(seconds)
            sender.stop()

    async def _post(self, letter: Letter) -> Outcome:
        self.sent.append((round(asyncio.get_running_loop().time(), 3), letter.id))
        outcome = self._answer(letter)
        return outcome if isinstance(outcome, Delivered | Failed | Later) else await outcome


def test_the_letters_of_a_call_arrive_in_their_order() -> None:
    world = World(lambda _: Delivered())
    for _ in range(20):
        world.outbox.put(ONE)
    world.run(1.0)
    assert [number for _, number in world.sent] == list(range(1, 21))
    assert world.outbox.rows == {}


def test_a_failed_letter_is_tried_again_ever_later_and_then_set_aside() -> None:
    world = World(lambda _: Failed("status 502"))
    world.outbox.put(ONE)
    world.run(60.0)
    # 0.5, 1, 2, 4 and 8 s after one another
    assert [at for at, _ in world.sent] == [0.0, 0.5, 1.5, 3.5, 7.5, 15.5]
    assert world.outbox.dead == [1]
    assert world.outbox.rows[1].error == "status 502"
    assert (world.figure("failed"), world.figure("dead")) == (6, 1)


def test_an_answer_that_does_not_change_is_believed_at_the_third_time() -> None:
    world = World(lambda _: Failed("status 500", answered=True))
    world.outbox.put(ONE)
    world.run(60.0)
    assert [at for at, _ in world.sent] == [0.0, 0.5, 1.5]
    assert world.outbox.dead == [1]


def test_a_receiver_that_knows_nothing_of_call_initiated_holds_up_nothing() -> None:
    """AVR's own answers 500 to it: every later event of the call came 18 seconds late."""
    world = World(
        lambda letter: Failed("status 500", answered=True) if letter.id == 1 else Delivered()
    )
    world.outbox.put(ONE, "call_initiated")
    world.outbox.put(ONE, "call_started")
    world.run(1.0)
    assert world.sent == [(0.0, 1), (0.0, 2)]


def test_call_initiated_waits_for_a_receiver_that_is_not_there_yet() -> None:
    world = World(lambda letter: Failed("no connection") if not letter.attempts else Delivered())
    world.outbox.put(ONE, "call_initiated")
    world.run(1.0)
    assert (world.sent, world.outbox.dead) == ([(0.0, 1), (0.5, 1)], [])


def test_a_letter_waits_for_the_one_before_it_and_not_for_other_calls() -> None:
    failures = {1: 2}

    def answer(letter: Letter) -> Outcome:
        failures[letter.id] = failures.get(letter.id, 0) - 1
        return Failed("timeout") if failures[letter.id] >= 0 else Delivered()

    world = World(answer)
    for call in (ONE, ONE, TWO, TWO):
        world.outbox.put(call)
    world.run(10.0)
    assert [number for _, number in world.sent] == [1, 3, 4, 1, 1, 2]


def test_a_letter_that_the_receiver_will_never_take_is_set_aside_at_once() -> None:
    world = World(
        lambda letter: Failed("status 400", final=True) if letter.id == 1 else Delivered()
    )
    world.outbox.put(ONE)
    world.outbox.put(ONE)
    world.run(1.0)
    assert world.outbox.dead == [1]
    assert [number for _, number in world.sent] == [1, 2]


def test_a_receiver_that_asks_for_patience_is_left_alone_by_all_calls() -> None:
    asked = [True]

    def answer(_: Letter) -> Outcome:
        return Later(30.0) if asked and asked.pop() else Delivered()

    world = World(answer)
    world.outbox.put(ONE)
    world.run(40.0, act=_add_later(world, TWO, 5.0))
    assert world.sent[0] == (0.0, 1)
    assert {at for at, _ in world.sent[1:]} == {30.0}
    assert world.outbox.rows == {}
    assert world.figure("failed") == 0


def _add_later(world: World, call: UUID, at_s: float) -> Callable[[Sender], Awaitable[None]]:
    async def act(sender: Sender) -> None:
        await asyncio.sleep(at_s)
        world.outbox.put(call)
        sender.wake(call)

    return act


@pytest.mark.parametrize("failures", [0, 1])
def test_a_slow_receiver_gets_no_more_than_so_many_letters_at_once(failures: int) -> None:
    on_their_way, most = 0, 0

    async def slow(letter: Letter) -> Outcome:
        nonlocal on_their_way, most
        on_their_way += 1
        most = max(most, on_their_way)
        await asyncio.sleep(3.0)
        on_their_way -= 1
        return Failed("status 500") if letter.attempts < failures else Delivered()

    world = World(slow)
    for number in range(30):
        world.outbox.put(UUID(int=number))
    world.run(30.0)
    assert most == AT_ONCE
    assert world.outbox.rows == {}


def test_a_letter_that_is_put_back_on_the_disk_is_found_there() -> None:
    world = World(lambda _: Delivered())

    async def put_back(_: Sender) -> None:
        await asyncio.sleep(5.0)
        world.outbox.put(ONE)  # as another process does it: nobody tells the sender

    world.run(10.0, act=put_back)
    assert [at for at, _ in world.sent] == [6.0]


def test_stopping_leaves_what_is_on_its_way_for_the_next_start() -> None:
    async def never(_: Letter) -> Outcome:
        await asyncio.sleep(3600.0)
        return Delivered()

    world = World(never)
    world.outbox.put(ONE)
    world.run(1.0)
    assert world.outbox.rows[1].attempts == 0


def test_a_full_disk_does_not_end_the_sender() -> None:
    world = World(lambda _: Delivered())
    world.outbox.put(ONE)
    world.outbox.broken = True

    async def mend(_: Sender) -> None:
        await asyncio.sleep(10.0)
        world.outbox.broken = False

    world.run(20.0, act=mend)
    assert world.outbox.rows == {}


def test_what_was_dropped_is_counted_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    world = World(lambda _: Delivered())
    world.outbox.too_many = 7
    world.run(1.0)
    assert world.figure("dropped") == 7
    assert "7 webhooks were dropped" in caplog.text


def test_idle_means_that_nothing_is_left_to_deliver() -> None:
    world = World(lambda _: Delivered())
    world.outbox.put(ONE)
    world.outbox.put(TWO)
    left: list[int] = []

    async def wait(sender: Sender) -> None:
        sender.wake(ONE)
        sender.wake(TWO)
        await sender.idle()
        left.append(len(world.outbox.rows))

    world.run(1.0, act=wait)
    assert left == [0]


def test_letters_grow_older_by_the_clock_that_does_not_jump() -> None:
    world = World(lambda _: Later(900.0))
    world.outbox.put(ONE)
    world.run(3600.0)
    assert len(world.outbox.grown_s) == 5
    assert 3000.0 <= sum(world.outbox.grown_s) <= 3600.0


def test_time_in_which_the_store_failed_counts_too() -> None:
    world = World(lambda _: Later(900.0))
    world.outbox.put(ONE)
    fine = world.outbox.grow_older

    async def failing(seconds: float) -> None:
        if asyncio.get_running_loop().time() < 2000.0:
            raise StoreFault("the database failed: disk full")
        await fine(seconds)

    world.outbox.grow_older = failing  # type: ignore[method-assign]
    world.run(2500.0)
    assert sum(world.outbox.grown_s) >= 2000.0
