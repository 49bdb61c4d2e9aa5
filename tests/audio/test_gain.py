import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES, Pcm, rms_dbfs
from appliance.audio.gain import MAX_GAIN_DB, TARGET_DBFS, InputGain

pytestmark = pytest.mark.unit


def voice(level_dbfs: float) -> Pcm:
    sound = np.random.default_rng(1).normal(size=FRAME_SAMPLES)
    return (sound / np.sqrt(np.mean(sound**2)) * 32768 * 10 ** (level_dbfs / 20)).astype(np.int16)


def test_a_caller_of_normal_loudness_is_left_alone() -> None:
    gain = InputGain()
    assert gain.lift(voice(-20)) is not None
    quiet_syllable = voice(-23.5)
    assert gain.lift(quiet_syllable) is quiet_syllable


def test_a_quiet_caller_is_lifted_to_the_target() -> None:
    assert rms_dbfs(InputGain().lift(voice(-42))) == pytest.approx(TARGET_DBFS, abs=0.5)


def test_the_lift_has_an_end() -> None:
    assert rms_dbfs(InputGain().lift(voice(-70))) == pytest.approx(-70 + MAX_GAIN_DB, abs=3)


def test_soft_syllables_stay_soft_beside_loud_ones() -> None:
    gain = InputGain()
    gain.lift(voice(-40))
    assert rms_dbfs(gain.lift(voice(-50))) == pytest.approx(-34, abs=1)


def test_a_louder_word_lowers_the_gain_at_once() -> None:
    gain = InputGain()
    gain.lift(voice(-45))
    assert rms_dbfs(gain.lift(voice(-30))) == pytest.approx(TARGET_DBFS, abs=0.5)


def test_a_caller_who_moves_away_is_followed() -> None:
    gain = InputGain()
    gain.lift(voice(-20))
    for _ in range(50 * 12):
        last = gain.lift(voice(-45))
    assert rms_dbfs(last) > -28


def test_the_level_can_be_learned_before() -> None:
    gain = InputGain()
    gain.expect([voice(-50), voice(-40)])
    assert rms_dbfs(gain.lift(voice(-50))) == pytest.approx(-34, abs=1)


def test_nothing_is_clipped_into_another_sign() -> None:
    gain = InputGain()
    frame = voice(-45)
    frame[0] = 32000
    assert gain.lift(frame)[0] > 0
