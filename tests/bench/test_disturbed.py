"""What each condition makes of a sentence, and that measuring goes by the voice."""

from __future__ import annotations

import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES
from appliance.bench.asr import Clip, load_clips
from appliance.bench.disturbed import (
    CONDITIONS,
    MEANINGS,
    after_silence,
    clean,
    in_noise,
    with_loss,
    with_pause,
)
from appliance.errors import AudioFileError

pytestmark = pytest.mark.unit

SENTENCE = max(load_clips(), key=lambda clip: clip.pcm.size)


def test_every_condition_has_a_name_for_people() -> None:
    assert set(MEANINGS) == set(CONDITIONS)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_same_sentence_gives_the_same_line(condition: str) -> None:
    first, second = CONDITIONS[condition](SENTENCE), CONDITIONS[condition](SENTENCE)
    assert first is not None
    assert second is not None
    assert np.array_equal(first.pcm, second.pcm)
    assert first.words == SENTENCE.text


def test_noise_surrounds_the_sentence_and_does_not_move_its_voice() -> None:
    plain, noisy = clean(SENTENCE), in_noise(SENTENCE)
    assert noisy.voice_end - noisy.voice_start == plain.voice_end - plain.voice_start
    assert np.abs(noisy.pcm[:1000]).mean() > 0
    assert np.abs(noisy.pcm[-1000:]).mean() > 0


def test_lost_packets_are_whole_frames_of_silence() -> None:
    lost = with_loss(Clip("long", "x", np.full(FRAME_SAMPLES * 2000, 5000, np.int16)))
    frames = lost.pcm.reshape(-1, FRAME_SAMPLES)
    silent = (frames == 0).all(axis=1)
    assert 0.02 < silent.mean() < 0.04
    assert (frames[~silent] == 5000).all()


def test_the_silence_before_a_line_is_digital() -> None:
    plain, late = clean(SENTENCE), after_silence(SENTENCE)
    assert late.voice_start - plain.voice_start == 20 * 8000
    assert not late.pcm[: 20 * 8000].any()


def test_a_pause_lies_at_the_quietest_place_of_the_middle() -> None:
    sound = np.full(24_000, 8000, np.int16)
    sound[13_000:13_400] = 10
    paused = with_pause(Clip("x", "one two three four five six", sound))
    assert paused is not None
    assert paused.pcm.size == 24_000 + 4000
    assert paused.voice_end == 28_000
    assert not paused.pcm[13_400:17_000].any()
    assert (paused.pcm[:13_000] == 8000).all()


@pytest.mark.parametrize(("seconds", "text"), [(1.0, "a b c d e f"), (3.0, "a b c")])
def test_a_short_sentence_has_no_middle_to_pause_in(seconds: float, text: str) -> None:
    assert with_pause(Clip("x", text, np.full(round(8000 * seconds), 8000, np.int16))) is None


def test_a_sound_without_voice_is_told() -> None:
    with pytest.raises(AudioFileError, match=r"hum\.wav: no voice in it .*; record it louder"):
        clean(Clip("hum.wav", "hello", np.full(8000, 20, np.int16)))
