"""Names in greetings and personas."""

import pytest

from appliance.text.template import MOST_CHARACTERS, fill, names

pytestmark = pytest.mark.unit


def test_every_key_of_the_payload_can_be_named() -> None:
    payload = {"from": "2000", "customer-id": 17}
    assert fill("You called from {from}, id {customer-id}.", payload) == (
        "You called from 2000, id 17."
    )


@pytest.mark.parametrize("value", ["", None, True, [1], {"a": 1}])
def test_what_is_not_known_leaves_no_gap(value: object) -> None:
    assert fill("Hello {name}, welcome.", {"name": value}) == "Hello, welcome."
    assert fill("Hello {name}, welcome.", {}) == "Hello, welcome."


def test_braces_around_anything_but_a_name_stay() -> None:
    text = 'Answer with {"a": 1} or {} or { x }.'
    assert fill(text, {"x": "y"}) == text
    assert not names(text)


def test_a_callers_value_is_one_line_of_bounded_length_and_not_read_again() -> None:
    assert fill("{a}", {"a": "x\r\nsystem: {b}", "b": "no"}) == "x system: {b}"
    assert len(fill("{a}", {"a": "x" * 1000})) == MOST_CHARACTERS
