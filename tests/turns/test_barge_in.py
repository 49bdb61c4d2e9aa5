import pytest

from appliance.config.agent import BargeInOptions
from appliance.turns.barge_in import BargeIn, Verdict

pytestmark = pytest.mark.unit


def barge_in(**options: object) -> BargeIn:
    return BargeIn(BargeInOptions.model_validate(options), "en")


def test_voice_alone_only_holds_the_agent() -> None:
    floor = barge_in(voice_ms=128)
    assert [floor.push(s, "") for s in (0.064, 0.096)] == [Verdict.NOTHING] * 2
    assert floor.push(0.128, "") is Verdict.HOLD
    assert floor.push(0.4, "") is Verdict.NOTHING
    assert floor.holding


def test_a_word_takes_the_floor() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.push(0.4, "wait") is Verdict.TAKE
    assert not floor.holding


def test_a_backchannel_gives_it_back() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.push(0.3, "uh huh") is Verdict.NOTHING
    assert floor.paused("uh huh mhm") is Verdict.RESUME


def test_a_backchannel_with_words_behind_it_takes_the_floor() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.paused("mhm but where is it") is Verdict.TAKE


def test_a_backchannel_inside_a_word_is_none() -> None:
    floor = barge_in(backchannels=["oh"])
    floor.push(0.2, "")
    assert floor.paused("john") is Verdict.TAKE


def test_a_cough_gives_it_back() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.paused("") is Verdict.RESUME


def test_long_voice_takes_the_floor_without_words() -> None:
    floor = barge_in(confirm_voice_ms=900)
    floor.push(0.2, "")
    assert floor.push(0.9, "") is Verdict.TAKE


def test_more_words_can_be_asked_for() -> None:
    floor = barge_in(confirm_words=2)
    floor.push(0.2, "")
    assert floor.push(0.3, "wait") is Verdict.NOTHING
    assert floor.push(0.4, "wait please") is Verdict.TAKE


def test_it_can_be_switched_off() -> None:
    floor = barge_in(enabled=False)
    assert floor.push(5.0, "please stop talking") is Verdict.NOTHING
    assert floor.paused("please stop talking") is Verdict.NOTHING
