"""What is counted as a word error, and how a set of sentences is read."""

from pathlib import Path

import numpy as np
import pytest

from appliance.audio.g711 import decode, encode
from appliance.audio.wav import write_wav
from appliance.bench.asr import (
    Clip,
    Errors,
    compared,
    load_clips,
    spoken_words,
    with_noise,
)
from appliance.engines.base import Transcript
from appliance.errors import AudioFileError

pytestmark = pytest.mark.unit

TONE = (8000 * np.sin(np.arange(4000) / 5)).astype(np.int16)


def clip(words: str) -> Clip:
    return Clip("x", words, TONE)


def test_words_are_compared_without_case_and_punctuation_and_figures_as_words() -> None:
    assert spoken_words("Hello, it's 5 O'clock. [Music]") == (
        "hello",
        "it",
        "is",
        "five",
        "o'clock",
    )


def test_substitutions_omissions_and_inventions_count() -> None:
    clips = [clip("where are you"), clip("yes please"), clip("no")]
    heard = [Transcript("where are we now"), Transcript("Yes, please."), Transcript("")]
    assert compared(clips, heard) == Errors(words=6, wrong=3, sentences=3, sentences_right=1)
    assert compared(clips, heard).rate == 0.5


def test_noise_has_its_level_and_is_the_same_each_time() -> None:
    noisy = with_noise(TONE, 15.0)
    noise = noisy.astype(float) - TONE
    power = np.mean(np.square(TONE.astype(float))) / np.mean(np.square(noise))
    assert 10 * np.log10(power) == pytest.approx(15.0, abs=1.0)
    assert np.array_equal(noisy, with_noise(TONE, 15.0))


def test_a_folder_of_sounds_and_their_words_is_read_as_off_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.ulaw").write_bytes(encode(TONE, "ulaw"))
    write_wav(tmp_path / "b.wav", TONE, 16000)
    (tmp_path / "sentences.tsv").write_text("a.ulaw\tgood day\nb.wav\tGoodbye!\n")
    first, second = load_clips(tmp_path)
    assert first.words == ("good", "day")
    assert np.array_equal(first.pcm, decode(encode(TONE, "ulaw"), "ulaw"))
    assert second.words == ("goodbye",)
    assert second.pcm.size == TONE.size // 2


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        (None, "there is no WAV in it"),
        ("", "no sentence"),
        ("a.ulaw good day\n", "sentences.tsv:1: wanted a file, a tab"),
        ("missing.ulaw\tgood day\n", "missing.ulaw: No such file"),
        ("missing.wav\tgood day\n", "missing.wav"),
        ("long.ulaw\tgood day\n", "longer than 10 s"),
    ],
)
def test_a_mistake_in_such_a_folder_is_told(
    tmp_path: Path, table: str | None, complaint: str
) -> None:
    (tmp_path / "long.ulaw").write_bytes(bytes(80_001))
    if table is not None:
        (tmp_path / "sentences.tsv").write_text(table)
    with pytest.raises(AudioFileError, match=complaint):
        load_clips(tmp_path)


def test_the_shipped_sentences_are_small_and_of_held_out_voices() -> None:
    clips = load_clips()
    assert len(clips) >= 50
    assert sum(each.pcm.size for each in clips) <= 1_500_000  # a byte each
    voices = {each.name.split("-")[0] for each in clips}
    assert voices == {"rms", "ked", "f3", "m3", "david", "edward2"}
