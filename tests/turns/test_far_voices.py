"""Whose voice it is, by its level. Windows of 32 ms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audio.frame import Pcm
from appliance.turns.far_voices import FarVoices

pytestmark = pytest.mark.unit

WINDOW_S = 0.032


class Room:
    """A line in audio time: how much of each stretch is taken for the caller's voice."""

    def __init__(self) -> None:
        self.voices = FarVoices()
        self._speaks = False

    def passes(self, seconds: float, level_dbfs: float | None, *, agent: bool = False) -> float:
        """The share of ``seconds`` of a voice (None: silence) that is the caller's."""
        windows, heard = round(seconds / WINDOW_S), 0
        for _ in range(windows):
            callers = self.voices.push(
                WINDOW_S,
                -70.0 if level_dbfs is None else level_dbfs,
                voiced=level_dbfs is not None,
                agent_speaks=agent,
                caller_speaks=self._speaks,
            )
            self._speaks = callers
            heard += callers
        return heard / windows


@given(caller=st.floats(-45, -8), below=st.floats(20, 45))
def test_a_far_voice_is_never_the_callers_who_has_spoken(caller: float, below: float) -> None:
    room = Room()
    assert room.passes(1.0, caller) == 1.0
    room.passes(0.5, None)
    assert room.passes(3.0, caller - below, agent=True) == 0.0
    assert room.passes(5.0, caller - below) == 0.0
    assert room.passes(0.5, caller) == 1.0
    assert room.passes(3.0, caller - below) < 0.15  # what is held on for behind their last word


@given(caller=st.floats(-60, -8), before_s=st.floats(0.5, 20))
def test_a_caller_is_heard_whatever_their_level_who_lets_the_agent_greet(
    caller: float, before_s: float
) -> None:
    room = Room()
    room.passes(3.0, None, agent=True)
    room.passes(before_s, None)
    assert room.passes(1.0, caller) == 1.0


@given(caller=st.floats(-30, -8))
def test_a_caller_of_usual_level_may_interrupt_the_greeting(caller: float) -> None:
    room = Room()
    room.passes(1.0, None, agent=True)
    assert room.passes(0.5, caller, agent=True) >= 0.7


@given(far=st.floats(-55, -36), above=st.floats(15, 30))
def test_a_television_under_the_greeting_is_none_and_the_caller_above_it_is(
    far: float, above: float
) -> None:
    room = Room()
    assert room.passes(3.0, far, agent=True) == 0.0
    assert room.passes(1.0, far) == 0.0
    assert room.passes(1.0, min(far + above, -6.0)) >= 0.8


def test_a_quiet_caller_who_spoke_into_the_greeting_is_heard_after_it() -> None:
    room = Room()
    assert room.passes(1.0, -45, agent=True) == 0.0
    room.passes(1.0, None, agent=True)
    room.passes(2.5, None)
    assert room.passes(1.0, -45) == 1.0


@given(caller=st.floats(-25, -10), softer=st.floats(0, 10))
def test_a_caller_may_be_10_db_softer_at_any_time(caller: float, softer: float) -> None:
    room = Room()
    room.passes(2.0, caller)
    room.passes(0.5, None)
    assert room.passes(1.0, caller - softer, agent=True) == 1.0


def test_a_caller_who_moves_away_from_the_telephone_is_heard_again_within_seconds() -> None:
    room = Room()
    room.passes(2.0, -20)
    room.passes(4.0, None, agent=True)
    assert room.passes(1.0, -38) == 0.0
    room.passes(5.0, None)
    assert room.passes(1.0, -38) == 1.0
    room.passes(0.5, None)
    assert room.passes(1.0, -38) == 1.0  # that is their level now


def test_the_room_of_a_caller_who_asked_for_a_moment_is_not_listened_to() -> None:
    room = Room()
    room.passes(2.0, -20)
    room.voices.caller_is_away = True
    room.passes(20.0, None)
    assert room.passes(5.0, -40) == 0.0


def test_a_louder_person_takes_over_and_the_softer_one_is_the_room_then() -> None:
    room = Room()
    assert room.passes(2.0, -40) == 1.0
    assert room.passes(1.5, -18) == 1.0
    room.passes(0.5, None)
    assert room.passes(2.0, -40, agent=True) == 0.0


def tone(amplitude: int) -> Pcm:
    return np.full(160, amplitude, np.int16)


def test_between_the_callers_words_the_recogniser_hears_nobody_else() -> None:
    room = Room()
    room.passes(1.0, -20)
    room.passes(2.0, -42, agent=True)
    far, near = tone(260), tone(3300)
    frames = [far] * 20 + [near] * 5 + [far] * 30 + [near] * 3
    kept = [bool(frame.any()) for frame in room.voices.without(frames)]
    assert kept == [False] * 14 + [True] * 21 + [False] * 14 + [True] * 9


def test_without_a_far_voice_the_sound_stays_as_it_is() -> None:
    frames = [tone(5), tone(3000), tone(0)]
    assert FarVoices().without(frames) is frames
