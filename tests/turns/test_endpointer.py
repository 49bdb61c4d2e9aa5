"""A conversation is a few lines of (seconds, probability)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.config.agent import Endpointing
from appliance.turns.endpointer import (
    Endpointer,
    Floor,
    FloorEvent,
    Judgement,
    NoInput,
    SpeechPaused,
    SpeechResumed,
    SpeechStarted,
    TurnEnded,
)

pytestmark = pytest.mark.unit

WINDOW_S = 0.032
OPTIONS = Endpointing(
    pause_ms=160,
    answered_ms=256,
    complete_ms=320,
    doubtful_ms=640,
    incomplete_ms=1120,
    digits_ms=5000,
    cap_ms=1500,
    min_speech_ms=64,
    no_input_s=5.0,
    max_turn_s=10.0,
)
VOICE, QUIET = 0.9, 0.02


def play(
    ears: Endpointer,
    *parts: tuple[float, float],
    agent: bool = False,
    judged: Judgement | None = Judgement.COMPLETE,
) -> list[FloorEvent]:
    """The words are judged at once, at each pause; None leaves the turn open."""
    events: list[FloorEvent] = []
    for seconds, probability in parts:
        for _ in range(round(seconds / WINDOW_S)):
            new = ears.push(WINDOW_S, probability, agent_speaking=agent, agent_audible=agent)
            if judged is not None and any(isinstance(event, SpeechPaused) for event in new):
                ears.judge(judged)
            events += new
    return events


def kinds(events: list[FloorEvent]) -> list[str]:
    return [type(event).__name__ for event in events]


def test_speech_and_silence_make_one_turn() -> None:
    ears = Endpointer(OPTIONS)
    events = play(ears, (0.96, QUIET), (1.6, VOICE), (0.64, QUIET))
    assert kinds(events) == ["SpeechStarted", "SpeechPaused", "TurnEnded"]
    started, paused, ended = events
    assert isinstance(started, SpeechStarted)
    assert isinstance(paused, SpeechPaused)
    assert isinstance(ended, TurnEnded)
    assert started.at_s == pytest.approx(0.96)
    assert paused.last_voice_s == ended.last_voice_s == pytest.approx(2.56)


def test_the_pause_comes_after_pause_ms_and_the_end_after_its_wait() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE))
    assert kinds(play(ears, (0.128, QUIET))) == []
    assert kinds(play(ears, (0.032, QUIET))) == ["SpeechPaused"]
    assert kinds(play(ears, (0.128, QUIET))) == []
    assert kinds(play(ears, (0.032, QUIET))) == ["TurnEnded"]


def test_words_that_sound_unfinished_are_waited_for() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    ears.judge(Judgement.INCOMPLETE)
    assert kinds(play(ears, (0.928, QUIET))) == []
    assert kinds(play(ears, (0.16, QUIET))) == ["TurnEnded"]


def test_a_turn_stays_open_until_its_words_are_known() -> None:
    ears = Endpointer(OPTIONS)
    assert kinds(play(ears, (0.64, VOICE), (0.96, QUIET), judged=None))[-1] == "SpeechPaused"
    ears.judge(Judgement.COMPLETE)
    assert kinds(play(ears, (0.032, QUIET))) == ["TurnEnded"]


def test_no_wait_is_longer_than_the_cap() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    ears.judge(Judgement.DIGITS)
    assert kinds(play(ears, (1.504 - 0.16, QUIET))) == ["TurnEnded"]


def test_a_turn_goes_on_after_a_pause() -> None:
    ears = Endpointer(OPTIONS)
    events = play(ears, (0.64, VOICE), (0.224, QUIET), (0.64, VOICE), (0.16, QUIET))
    assert kinds(events) == ["SpeechStarted", "SpeechPaused", "SpeechResumed", "SpeechPaused"]
    resumed = events[2]
    assert isinstance(resumed, SpeechResumed)
    assert resumed.at_s == pytest.approx(0.864)


def test_a_judgement_of_one_pause_does_not_hold_for_the_next() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    ears.judge(Judgement.INCOMPLETE)
    assert kinds(play(ears, (0.64, VOICE), (0.32, QUIET)))[-1] == "TurnEnded"


def test_a_click_is_no_speech_and_does_not_stretch_a_pause() -> None:
    ears = Endpointer(OPTIONS)
    assert play(ears, (0.32, QUIET), (0.032, VOICE), (0.32, QUIET)) == []
    play(ears, (0.64, VOICE), (0.192, QUIET), (0.032, VOICE))
    assert kinds(play(ears, (0.096, QUIET))) == ["TurnEnded"]


def test_speech_goes_on_at_a_lower_probability_than_it_begins() -> None:
    ears = Endpointer(OPTIONS)
    assert play(ears, (0.64, 0.4)) == []
    assert kinds(play(ears, (0.32, VOICE), (0.64, 0.4))) == ["SpeechStarted"]
    assert ears.floor is Floor.SPEECH


def test_silence_is_reported_again_and_again_but_not_while_the_agent_speaks() -> None:
    ears = Endpointer(OPTIONS)
    assert play(ears, (20.0, QUIET), agent=True) == []
    events = play(ears, (10.1, QUIET))
    assert [type(event) for event in events] == [NoInput, NoInput]


def test_the_silence_before_no_input_counts_anew_after_a_turn() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (4.8, QUIET), (0.64, VOICE))
    assert kinds(play(ears, (4.8, QUIET))) == ["SpeechPaused", "TurnEnded"]


def test_an_endless_turn_is_taken_as_it_is() -> None:
    ears = Endpointer(OPTIONS)
    assert kinds(play(ears, (10.1, VOICE)))[:3] == ["SpeechStarted", "SpeechPaused", "TurnEnded"]


def test_the_wait_follows_the_judgement() -> None:
    waits = []
    for judged in Judgement:
        ears = Endpointer(OPTIONS)
        play(ears, (0.64, VOICE), (0.16, QUIET), judged=None)
        ears.judge(judged)
        waits.append(ears.wait_ms)
    assert waits == [0, 256, 320, 640, 1120, 1500]


def test_a_judgement_means_nothing_while_the_caller_speaks() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE))
    ears.judge(Judgement.NO_TURN)
    assert kinds(play(ears, (0.288, QUIET))) == ["SpeechPaused"]


def test_what_was_no_turn_ends_at_once() -> None:
    ears = Endpointer(OPTIONS)
    events = play(ears, (0.64, VOICE), (0.192, QUIET), judged=Judgement.NO_TURN)
    assert kinds(events) == ["SpeechStarted", "SpeechPaused", "TurnEnded"]


def test_silence_counts_from_where_the_sound_fell_silent() -> None:
    """The detector is sure of the silence only 96 ms later."""
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE))
    for window in range(1, 4):
        ears.push(WINDOW_S, VOICE, quiet_s=window * WINDOW_S)
    assert ears.last_voice_s == pytest.approx(0.64)
    assert ears.silence_s == pytest.approx(0.096)
    assert kinds(ears.push(WINDOW_S, QUIET, quiet_s=0.128)) == []
    assert kinds(ears.push(WINDOW_S, QUIET, quiet_s=0.16)) == ["SpeechPaused"]


def test_a_detector_that_hears_a_voice_for_long_is_believed_against_the_level() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE))
    for window in range(1, 20):
        assert ears.push(WINDOW_S, VOICE, quiet_s=window * WINDOW_S) == []
    assert ears.last_voice_s == ears.now_s


@pytest.mark.parametrize(("probability", "then"), [(VOICE, "SpeechResumed"), (QUIET, "TurnEnded")])
def test_a_sound_after_silence_puts_off_the_end_until_it_is_a_voice_or_none(
    probability: float, then: str
) -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    for window in range(6, 10):
        ears.push(WINDOW_S, QUIET, quiet_s=window * WINDOW_S)
    assert ears.push(WINDOW_S, QUIET, quiet_s=0.0) == []  # due now, and something sounds
    later = [ears.push(WINDOW_S, probability, quiet_s=0.0) for _ in range(3)]
    assert [name for events in later for name in kinds(events)] == [then]


def test_the_noise_of_a_line_that_was_never_silent_puts_off_nothing() -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    for _ in range(4):
        assert ears.push(WINDOW_S, QUIET, quiet_s=0.0) == []
    assert kinds(ears.push(WINDOW_S, QUIET, quiet_s=0.0)) == ["TurnEnded"]


@pytest.mark.parametrize(("after_s", "goes_on"), [(0.32, True), (1.28, True), (1.92, False)])
def test_who_speaks_into_the_first_words_of_an_answer_goes_on(
    after_s: float, goes_on: bool
) -> None:
    ears = Endpointer(OPTIONS)
    play(ears, (0.64, VOICE), (0.416, QUIET))
    play(ears, (after_s, QUIET), agent=True)
    (started,) = play(ears, (0.064, VOICE), agent=True)
    assert isinstance(started, SpeechStarted)
    assert started.goes_on is goes_on


def test_who_speaks_into_a_greeting_or_a_prompt_begins() -> None:
    ears = Endpointer(OPTIONS)
    (greeted,) = play(ears, (0.32, QUIET), (0.32, VOICE), agent=True)
    assert isinstance(greeted, SpeechStarted)
    assert not greeted.goes_on
    assert kinds(play(ears, (6.4, QUIET)))[-1] == "NoInput"
    (prompted,) = play(ears, (0.32, QUIET), (0.32, VOICE), agent=True)
    assert isinstance(prompted, SpeechStarted)
    assert not prompted.goes_on


def test_a_caller_who_pauses_often_is_waited_for_longer() -> None:
    ears = Endpointer(OPTIONS)
    for _ in range(2):
        play(ears, (0.64, VOICE), (0.48, QUIET), judged=Judgement.INCOMPLETE)
    play(ears, (0.64, VOICE), (0.16, QUIET))
    assert ears.wait_ms == pytest.approx(600)
    ears.judge(Judgement.OVER)
    assert ears.wait_ms == 256


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.none() | st.floats(0, 2),
            st.booleans(),
            st.none() | st.sampled_from(Judgement),
        ),
        max_size=300,
    )
)
def test_events_come_in_the_order_of_the_table(
    windows: list[tuple[float, float | None, bool, Judgement | None]],
) -> None:
    ears, floor = Endpointer(OPTIONS), Floor.OPEN
    moves = {
        (Floor.OPEN, "SpeechStarted"): Floor.SPEECH,
        (Floor.SPEECH, "SpeechPaused"): Floor.PAUSE,
        (Floor.PAUSE, "SpeechResumed"): Floor.SPEECH,
        (Floor.PAUSE, "TurnEnded"): Floor.OPEN,
        (Floor.OPEN, "NoInput"): Floor.OPEN,
    }
    for probability, quiet_s, audible, judged in windows:
        for name in kinds(ears.push(WINDOW_S, probability, quiet_s=quiet_s, agent_audible=audible)):
            floor = moves[floor, name]
        assert ears.floor is floor
        assert 0 <= ears.last_voice_s <= ears.now_s
        assert 0 <= ears.wait_ms <= OPTIONS.cap_ms
        if judged is not None:
            ears.judge(judged)
