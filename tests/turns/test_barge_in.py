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


@pytest.mark.parametrize(
    "said", ["okay", "oh right okay", "yeah yeah yeah", "mhm sure", "got it thanks", "um", "h m m"]
)
def test_all_that_listeners_say_gives_the_floor_back(said: str) -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.paused(said) is Verdict.RESUME


@pytest.mark.parametrize("said", ["stop", "no", "wait", "what was that", "pardon", "enough"])
@pytest.mark.parametrize("confidence", [0.38, 0.9])
def test_words_that_stop_people_stop_it_however_badly_they_were_heard(
    said: str, confidence: float
) -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.paused(said, voiced_s=0.3, confidence=confidence) is Verdict.TAKE


def test_a_short_sound_of_which_nobody_is_sure_is_no_word() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.paused("amir", voiced_s=0.4, confidence=0.45) is Verdict.RESUME
    floor.push(0.2, "")
    assert floor.paused("amir", voiced_s=0.4, confidence=0.8) is Verdict.TAKE
    floor.push(0.2, "")
    assert floor.paused("in my street", voiced_s=1.4, confidence=0.45) is Verdict.TAKE


def test_the_beginning_of_a_backchannel_waits_for_its_end() -> None:
    floor = barge_in()
    floor.push(0.2, "")
    assert floor.push(0.3, "got") is Verdict.NOTHING
    assert floor.push(0.4, "got it") is Verdict.NOTHING
    assert floor.push(0.5, "got it but") is Verdict.TAKE
