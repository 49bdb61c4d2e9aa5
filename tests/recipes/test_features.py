"""The features, against figures of Kaldi's own implementation (kaldi-native-fbank 1.22)."""

import numpy as np
import pytest

from models.recipes.vosk.features import BANDS, cepstral_map, mel_bands

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
