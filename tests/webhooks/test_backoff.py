"""Ever longer waits, not all the same."""

import pytest

from appliance.webhooks.backoff import delay_s

pytestmark = pytest.mark.unit


def test_each_wait_is_twice_the_one_before_it() -> None:
    assert [delay_s(n, 0.5) for n in range(1, 7)] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0]


def test_no_wait_is_longer_than_five_minutes_and_a_quarter() -> None:
    assert delay_s(1000, 0.5) == 300.0
    assert delay_s(1000, 1.0) == 375.0


def test_chance_moves_a_wait_by_a_quarter_at_most() -> None:
    assert (delay_s(1, 0.0), delay_s(1, 1.0)) == (0.375, 0.625)
