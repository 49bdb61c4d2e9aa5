"""Who gets how much of a step, and what is left of a prompt: without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.engines.llama_batch import Conversation, Request, plan

pytestmark = pytest.mark.unit


class AnySampler:
    """Only whether there is one matters to the plan."""


def reading(tokens: int, *, answers: bool = True) -> Request:
    sampler = AnySampler() if answers else None
    return Request(Conversation(0), list(range(tokens)), sampler)  # type: ignore[arg-type]


def answering() -> Request:
    request = reading(1)
    request.answering = True
    return request


def shares(requests: list[Request], budget: int) -> list[int]:
    taken = {id(request): take for request, take in plan(requests, budget)}
    return [taken.get(id(request), 0) for request in requests]


def test_nothing_to_do_makes_an_empty_step() -> None:
    assert plan([], 32) == []


def test_every_answer_under_way_gets_its_token_beside_a_long_prompt() -> None:
    assert shares([answering(), reading(1000), answering()], 32) == [1, 32, 1]


def test_a_short_prompt_is_through_at_once_beside_a_long_one() -> None:
    assert shares([reading(1000), reading(10)], 32) == [22, 10]


def test_two_long_prompts_share_the_budget() -> None:
    assert shares([reading(1000), reading(500)], 32) == [16, 16]


def test_a_guess_gets_only_what_answers_leave() -> None:
    assert shares([reading(100, answers=False), reading(100)], 32) == [0, 32]
    assert shares([reading(100, answers=False), reading(12)], 32) == [20, 12]


@given(st.lists(st.tuples(st.integers(1, 99), st.booleans(), st.booleans()), max_size=12))
def test_a_step_never_exceeds_its_budget_and_never_stands_still(
    wanted: list[tuple[int, bool, bool]],
) -> None:
    requests = [answering() if under_way else reading(n, answers=a) for n, a, under_way in wanted]
    steps = plan(requests, 32)
    assert sum(take for request, take in steps if not request.answering) <= 32
    assert all(0 < take <= len(request.pending) for request, take in steps)
    assert bool(steps) == bool(requests)
