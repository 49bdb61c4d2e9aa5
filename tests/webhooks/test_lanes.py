"""One letter of a call at a time; nobody waits for another call."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.webhooks.lanes import Lanes

pytestmark = pytest.mark.unit

ONE, TWO = UUID(int=1), UUID(int=2)


def test_a_call_is_not_served_twice_at_once() -> None:
    lanes = Lanes()
    lanes.add(ONE)
    lanes.add(ONE)
    assert lanes.take(0.0) == ONE
    assert lanes.take(0.0) is None
    lanes.give_back(ONE, 0.0)
    assert lanes.take(0.0) == ONE


def test_a_call_that_waits_for_its_next_attempt_holds_up_no_other() -> None:
    lanes = Lanes()
    lanes.add(ONE)
    lanes.add(TWO)
    lanes.take(0.0)
    lanes.give_back(ONE, due_s=5.0)
    assert lanes.take(0.0) == TWO
    assert lanes.next_due_s == 5.0
    assert lanes.take(4.9) is None
    assert lanes.take(5.0) == ONE


def test_a_new_letter_does_not_shorten_the_wait_of_its_call() -> None:
    lanes = Lanes()
    lanes.add(ONE)
    lanes.take(0.0)
    lanes.give_back(ONE, due_s=5.0)
    lanes.add(ONE)
    assert lanes.take(1.0) is None


def test_a_letter_that_came_while_the_lane_was_looked_at_is_not_forgotten() -> None:
    lanes = Lanes()
    lanes.add(ONE)
    lanes.take(0.0)
    lanes.add(ONE)
    lanes.finish(ONE)
    assert lanes.take(0.0) == ONE
    lanes.finish(ONE)
    assert len(lanes) == 0


def test_a_lane_taken_before_its_first_letter_is_not_served_by_others() -> None:
    lanes = Lanes()
    assert lanes.take_for(ONE)
    assert not lanes.take_for(ONE)
    lanes.add(ONE)
    assert lanes.take(0.0) is None
    lanes.give_back(ONE, 0.0)
    assert lanes.take(0.0) == ONE


def test_calls_take_turns() -> None:
    lanes = Lanes()
    served = []
    lanes.add(ONE)
    lanes.add(TWO)
    for _ in range(4):
        call = lanes.take(0.0)
        assert call is not None
        served.append(call)
        lanes.give_back(call, 0.0)
    assert served == [ONE, TWO, ONE, TWO]


@given(st.lists(st.sampled_from(["add", "take", "again", "later", "finish"]), max_size=60))
def test_whatever_happens_a_call_that_was_added_is_served_in_the_end(steps: list[str]) -> None:
    lanes, taken, added = Lanes(), False, False
    for now_s, step in enumerate(steps):
        if step == "add":
            lanes.add(ONE)
            added = True
        elif step == "take" and not taken:
            taken = lanes.take(float(now_s)) == ONE
            added = added and not taken
        elif taken and step in ("again", "later", "finish"):
            taken = False
            if step == "finish":
                lanes.finish(ONE)
            else:
                added = True
                lanes.give_back(ONE, now_s + 3.0 if step == "later" else 0.0)
    if taken:
        lanes.finish(ONE)
    if added:
        assert lanes.take(1000.0) == ONE
    assert lanes.take(1000.0) is None


def test_what_is_over_leaves_nothing_behind() -> None:
    lanes = Lanes()
    for call in [uuid4() for _ in range(100)]:
        lanes.add(call)
        lanes.take(0.0)
        lanes.finish(call)
    assert (len(lanes), lanes.taken, lanes.next_due_s) == (0, 0, None)
