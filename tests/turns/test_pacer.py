import asyncio
import selectors
from collections.abc import Callable, Coroutine

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from appliance.turns.pacer import Cadence, Due, Pacer

pytestmark = pytest.mark.unit


def test_a_deadline_is_served_once_and_not_before_its_time() -> None:
    cadence = Cadence(start_s=10.0)
    assert cadence.due(9.99).frames == 0
    assert cadence.due(10.001) == Due(1, 0, pytest.approx(0.001))
    assert cadence.due(10.019).frames == 0
    assert cadence.due(10.020).frames == 1


def test_lateness_does_not_move_the_next_deadline() -> None:
    cadence = Cadence(start_s=0.0)
    for n in range(1000):
        assert cadence.due(n * 0.02 + 0.013).frames == 1
    assert cadence.deadline_s == pytest.approx(20.0)


def test_after_a_stall_three_frames_are_caught_up_and_the_rest_is_given_up() -> None:
    cadence = Cadence(start_s=0.0)
    assert cadence.due(0.045) == Due(3, 0, pytest.approx(0.045))
    assert cadence.due(1.06) == Due(3, 48, pytest.approx(1.0))
    assert cadence.due(1.06).frames == 0


@given(st.lists(st.floats(0.0, 0.5), min_size=1, max_size=50))
@example([0.03, 0.03])  # the second moment is a deadline, and its distance to the last is rounded
def test_frames_and_skipped_deadlines_are_all_the_deadlines_there_were(steps: list[float]) -> None:
    cadence, now_s, counted = Cadence(start_s=0.0), 0.0, 0
    for step in steps:
        now_s += step
        due = cadence.due(now_s)
        assert due.frames <= 3
        assert cadence.deadline_s > now_s
        counted += due.frames + due.skipped
    assert counted == round(cadence.deadline_s / 0.02)


class JumpingLoop(asyncio.SelectorEventLoop):
    """Time is what the timers say: waiting for one takes no time."""

    def __init__(self) -> None:
        super().__init__(selectors.SelectSelector())
        self.now_s = 100.0
        wait = self._selector.select  # type: ignore[attr-defined]

        def select(timeout: float | None = None) -> object:
            ready = wait(0)
            if not ready and timeout:
                self.now_s += timeout
            return ready

        self._selector.select = select  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.now_s


def in_virtual_time(test: Callable[[], Coroutine[None, None, None]]) -> Callable[[], None]:
    def run() -> None:
        with asyncio.Runner(loop_factory=JumpingLoop) as runner:
            runner.run(test())

    return run


@in_virtual_time
async def test_every_member_is_asked_every_20_ms() -> None:
    pacer, loop = Pacer(), asyncio.get_running_loop()
    moments: dict[int, list[float]] = {n: [] for n in range(10)}
    for n, times in moments.items():
        pacer.join(lambda now_s, times=times: times.append(now_s))
        await asyncio.sleep(0.0013 * n)
    joined_s = loop.time()
    await asyncio.sleep(1.0)
    for times in moments.values():
        settled = [t for t in times if t > joined_s]
        assert len(settled) in (49, 50, 51)
        gaps = [b - a for a, b in zip(settled, settled[1:], strict=False)]
        assert gaps == pytest.approx([0.02] * len(gaps), abs=1e-4)


@in_virtual_time
async def test_a_member_is_asked_within_20_ms_of_joining_and_never_after_leaving() -> None:
    pacer, moments = Pacer(), list[float]()
    beat = moments.append
    await asyncio.sleep(3.333)
    joined_s = asyncio.get_running_loop().time()
    pacer.join(beat)
    await asyncio.sleep(0.1)
    assert moments[0] - joined_s <= 0.02
    assert pacer.skipped == 0
    pacer.leave(beat)
    pacer.leave(beat)
    count = len(moments)
    await asyncio.sleep(1.0)
    assert len(moments) == count


@in_virtual_time
async def test_members_are_spread_over_the_phases() -> None:
    pacer, by_moment = Pacer(), dict[float, int]()

    def beat(now_s: float) -> None:
        by_moment[round(now_s, 3)] = by_moment.get(round(now_s, 3), 0) + 1

    for _ in range(40):
        pacer.join(lambda now_s: beat(now_s))
    await asyncio.sleep(0.0201)
    assert sorted(by_moment.values()) == [10, 10, 10, 10]


@in_virtual_time
async def test_a_beat_may_make_itself_and_others_leave() -> None:
    pacer, asked = Pacer(), list[str]()

    def first(now_s: float) -> None:
        asked.append("first")
        pacer.leave(first)
        pacer.leave(second)

    def second(now_s: float) -> None:
        asked.append("second")

    pacer.join(first)
    for _ in range(3):  # fill the other phases, so that `second` comes behind `first`
        pacer.join(lambda now_s: None)
    pacer.join(second)
    await asyncio.sleep(0.2)
    assert asked == ["first"]


@in_virtual_time
async def test_a_stall_is_measured_caught_up_and_counted() -> None:
    loop = asyncio.get_running_loop()
    assert isinstance(loop, JumpingLoop)
    lateness, frames = list[float](), list[float]()
    pacer = Pacer(on_lateness=lateness.append)
    pacer.join(frames.append)
    await asyncio.sleep(0.1)
    before = len(frames)
    loop.now_s += 0.2  # something held the loop
    await asyncio.sleep(0.001)
    assert len(frames) - before == 3
    assert pacer.skipped in (6, 7)
    assert max(lateness) > 0.15
    assert sorted(lateness)[-2] < 0.005
