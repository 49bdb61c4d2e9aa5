"""The features, against figures of Kaldi's own implementation (kaldi-native-fbank 1.22)."""

import numpy as np
import pytest

from models.recipes.vosk.features import (
    BANDS,
    band_at,
    band_hz,
    cepstral_map,
    mel_bands,
    white_noise,
)

pytestmark = pytest.mark.unit


def sound() -> np.ndarray:
    at = np.arange(800) / 8000
    return np.rint(3000 * np.sin(2 * np.pi * 440 * at) + 1000 * np.sin(2 * np.pi * 1800 * at))


def test_frames_are_whole_windows() -> None:
    assert mel_bands(np.zeros(199)).shape == (0, BANDS)
    assert mel_bands(np.zeros(200)).shape == (1, BANDS)
    assert mel_bands(np.zeros(280)).shape == (2, BANDS)
    assert mel_bands(np.zeros(400), 16000).shape == (1, BANDS)


def test_cepstra_are_those_of_kaldi() -> None:
    cepstra = mel_bands(sound()) @ cepstral_map()
    kaldi = [62.923, 30.704, -16.397, 36.918, -145.428, -135.425, 55.452, -48.483, 12.108, 126.049]
    assert cepstra.shape == (8, 40)
    assert cepstra[3, :10] == pytest.approx(kaldi, abs=0.01)


def test_the_middle_of_a_band_is_where_its_number_is() -> None:
    assert band_at(band_hz()) == pytest.approx(np.arange(BANDS), abs=1e-9)
    assert band_at([0, 4000]).tolist() == [0, BANDS - 1]
    tone = np.sin(2 * np.pi * band_hz()[25] * np.arange(800) / 8000) * 3000
    assert mel_bands(tone).mean(0).argmax() == 25


def test_white_noise_has_the_shape_that_is_said_of_it() -> None:
    noise = np.random.default_rng(0).normal(size=80_000) * 1000
    energies = np.log(np.exp(mel_bands(noise)).mean(0))
    assert energies - energies.max() == pytest.approx(white_noise(), abs=0.15)
