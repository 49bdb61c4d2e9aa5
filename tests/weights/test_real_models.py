"""The real models that the package registry carries: installed as anybody would, then used."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from appliance.weights.catalogue import load_catalogue
from appliance.weights.install import install
from appliance.weights.place import locate, verify

pytestmark = pytest.mark.engine

NAMES = ("faster-whisper-base", "en_US-joe-medium", "all-MiniLM-L6-v2")


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name in NAMES:
        install(load_catalogue().find(name), folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_it_is_whole_and_found_by_name_and_by_path(models: Path, name: str) -> None:
    entry = load_catalogue().find(name)
    assert verify(entry, models) == []
    assert locate(name, models).kind == entry.kind
    assert locate(str(models / name), models).kind == entry.kind
    assert [path for path in models.iterdir() if path.name.startswith(".")] == []


def test_what_is_made_here_is_as_large_as_the_catalogue_tells(models: Path) -> None:
    entry = load_catalogue().find("all-MiniLM-L6-v2")
    assert entry.convert is not None
    made = [path for path in (models / entry.name).iterdir() if path.name != "installed.json"]
    assert sum(path.stat().st_size for path in made) == pytest.approx(entry.convert.size, rel=0.01)


def test_whisper_hears_what_the_voice_says(models: Path) -> None:
    import soxr
    from faster_whisper import WhisperModel
    from piper import PiperVoice

    voice = PiperVoice.load(str(locate("en_US-joe-medium", models).path))
    said = [chunk.audio_float_array for chunk in voice.synthesize("What are your opening hours?")]
    sound = soxr.resample(np.concatenate(said), voice.config.sample_rate, 16000)
    whisper = WhisperModel(
        str(locate("faster-whisper-base", models).path),
        device="cpu",
        compute_type="int8",
        cpu_threads=1,
        local_files_only=True,
    )
    segments, _ = whisper.transcribe(sound.astype(np.float32), language="en", beam_size=1)
    assert "opening hours" in " ".join(segment.text for segment in segments).lower()


def test_sentences_that_mean_the_same_have_near_vectors(models: Path) -> None:
    import ctranslate2
    from tokenizers import Tokenizer

    folder = locate("all-MiniLM-L6-v2", models).path
    encoder = ctranslate2.Encoder(str(folder), device="cpu", intra_threads=1)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()  # its maker's 128 tokens, most of them empty, would be in the mean

    def vector(sentence: str) -> NDArray[np.float32]:
        states = encoder.forward_batch([tokenizer.encode(sentence).ids]).last_hidden_state
        mean = np.asarray(states)[0].mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    asked = vector("What are your opening hours?")
    assert asked.shape == (384,)
    assert asked @ vector("When do you open in the morning?") > 0.6
    assert asked @ vector("My dog has eaten a whole chocolate cake.") < 0.2
