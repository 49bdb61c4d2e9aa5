import pytest

from appliance.call.keypad import MAX_KEYS, Keypad

pytestmark = pytest.mark.unit


def test_keys_are_taken_together_after_a_pause() -> None:
    keypad = Keypad()
    assert [keypad.press(key, at) for key, at in (("4", 1.0), ("2", 2.0))] == ["", ""]
    assert keypad.passed(3.4) == ""
    assert keypad.passed(3.5) == "42"
    assert keypad.passed(9.0) == ""


def test_a_hash_ends_them_at_once_and_is_none_of_them() -> None:
    keypad = Keypad()
    keypad.press("*", 1.0)
    assert keypad.press("#", 1.1) == "*"
    assert keypad.press("#", 1.2) == ""


def test_no_string_is_endless() -> None:
    keypad = Keypad()
    taken = [keypad.press("1", 0.1 * n) for n in range(MAX_KEYS)]
    assert taken[-1] == "1" * MAX_KEYS
    assert not any(taken[:-1])
