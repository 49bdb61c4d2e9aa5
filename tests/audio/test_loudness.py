"""Every sentence as loud as the others, and nothing made loud that is no voice."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import soxr

from appliance.audio.loudness import SPEECH_DBFS, levelled
from appliance.audio.voiced import speech_rms

pytestmark = pytest.mark.unit

RATE_HZ = 22050
Floats = npt.NDArray[np.float32]


def voice(seconds: float, level_dbfs: float, *, crest: int = 1) -> Floats:
    """A tone of that RMS, in bursts of 100 ms, one in ``crest`` 12 dB louder than the others."""
    at = np.arange(int(seconds * RATE_HZ))
    tone = np.sqrt(2.0) * np.sin(2 * np.pi * 300 / RATE_HZ * at)
    burst = at // (RATE_HZ // 10)
    loud = np.where(burst % (2 * crest) == 0, 4.0 if crest > 1 else 1.0, 1.0)
    sound = np.where(burst % 2 == 0, tone * loud, 0.0)
    return (sound * 10 ** (level_dbfs / 20)).astype(np.float32)


def carried_dbfs(sound: Floats) -> float:
    """Of its voice, at 8 kHz."""
    return float(20 * np.log10(speech_rms(soxr.resample(sound, RATE_HZ, 8000), 8000)))


@pytest.mark.parametrize("seconds", [0.1, 0.4, 3.0])
@pytest.mark.parametrize("level_dbfs", [-36.0, -26.0, -20.0, -10.0, -3.0])
def test_any_voice_of_any_length_is_as_loud_as_any_other(seconds: float, level_dbfs: float) -> None:
    assert carried_dbfs(levelled(voice(seconds, level_dbfs), RATE_HZ)) == pytest.approx(
        SPEECH_DBFS, abs=0.3
    )


def test_what_the_limiter_takes_is_made_up_for() -> None:
    found = levelled(voice(3.0, -20.0, crest=8), RATE_HZ)
    assert np.abs(found).max() < 1.0
    assert carried_dbfs(found) == pytest.approx(SPEECH_DBFS, abs=0.5)


def test_the_gain_is_one_for_all_of_it() -> None:
    """Two halves stay as far apart as they were, and so does what is between them."""
    quiet, loud = voice(1.0, -34.0), voice(1.0, -28.0)
    breath = voice(0.2, -60.0)
    whole = np.concatenate([quiet, breath, loud])
    gains = levelled(whole, RATE_HZ)[whole != 0.0] / whole[whole != 0.0]
    assert gains.max() == pytest.approx(gains.min(), rel=1e-5)


def test_a_breath_alone_stays_a_breath() -> None:
    noise = np.random.default_rng(1).normal(0.0, 10 ** (-45 / 20), RATE_HZ).astype(np.float32)
    assert np.array_equal(levelled(noise, RATE_HZ), noise)
    for nothing in (np.zeros(RATE_HZ, np.float32), np.zeros(0, np.float32), noise[:10]):
        assert np.array_equal(levelled(nothing, RATE_HZ), nothing)


def test_sound_above_the_telephones_band_does_not_make_the_voice_quieter() -> None:
    at = np.arange(RATE_HZ)
    hiss = (0.1 * np.sin(2 * np.pi * 7000 / RATE_HZ * at)).astype(np.float32)
    found = levelled(voice(1.0, -26.0) + hiss, RATE_HZ)
    assert carried_dbfs(found) == pytest.approx(SPEECH_DBFS, abs=0.3)
