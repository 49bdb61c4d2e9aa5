"""Thoughts and markup."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appliance.text.markup import ThinkFilter, plain

pytestmark = pytest.mark.unit


def shown(*deltas: str) -> str:
    thoughts = ThinkFilter()
    return "".join([*map(thoughts.push, deltas), thoughts.flush()])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<", "<th", "a", " b", ">"])).map("".join),
    st.integers(1, 9),
)
def test_thoughts_are_dropped_wherever_the_deltas_are_cut(text: str, step: int) -> None:
    deltas = [text[at : at + step] for at in range(0, len(text), step)]
    assert shown(*deltas) == shown(text)


def test_an_unfinished_thought_is_dropped_and_the_rest_stays() -> None:
    assert shown("<thi", "nk>hm</th", "ink>Yes.", " <think>but") == "Yes. "
    assert shown("a <", "b") == "a <b"


def test_words_are_shown_at_once() -> None:
    assert ThinkFilter().push("Hello <b") == "Hello <b"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Hello** _you_ `x`", "Hello you x"),
        ("# Hours\n\n- Monday\n- Sunday.", "Hours. Monday. Sunday."),
        ("1. one\n2. two", "one. two"),
        ("[our site](https://a.example/b) is new", "our site is new"),
        ("Look at <https://a.example/b?c=1> now", "Look at <https://a.example/b?c=1> now"),
        ("Yes【4:2†source】. No[1].", "Yes. No."),
        ("Fine 😀👍🏽!", "Fine !"),
        ("<think>hm\nhm</think>Yes", "Yes"),
        ("Yes <think>hm", "Yes"),
        ("a<br/>b <|im_end|>", "a b"),
        ("| a | b |\n|---|---|\n| c | d |", "a, b. c, d"),
        ("```python\nx\n```", "x"),
        ("snake_case stays", "snake_case stays"),
        ("***", ""),
    ],
)
def test_only_words_are_left(text: str, expected: str) -> None:
    assert plain(text) == expected
