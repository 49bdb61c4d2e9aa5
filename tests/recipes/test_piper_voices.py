"""The shipped voices: what they promise beyond what any Piper voice does."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import pytest_asyncio
from rapidfuzz.distance import Levenshtein

from appliance.audio.resample import resample
from appliance.bench.tts import SENTENCES, understood
from appliance.engines.base import Speech
from appliance.engines.piper import PiperSynthesizer
from appliance.engines.vosk import VoskRecognizer
from tests.fakes.listener import Listener, words

pytestmark = pytest.mark.engine

MODELS = Path(__file__).parents[2] / "models/demo"
VOICES = {"woman": MODELS / "piper-en", "man": MODELS / "piper-en-man"}
PITCH_HZ = {"woman": (150.0, 200.0), "man": (80.0, 120.0)}


@pytest_asyncio.fixture(params=VOICES)
async def voice(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, PiperSynthesizer]]:
    voice = await PiperSynthesizer.load(VOICES[request.param])
    yield request.param, voice
    await voice.close()


def pitch_hz(speech: Speech) -> float:
    """The median pitch of ``speech``, by autocorrelation of 40 ms at a time."""
    size = speech.rate_hz // 25
    whole = speech.pcm[: speech.pcm.size // size * size].astype(np.float64).reshape(-1, size)
    lags = np.arange(speech.rate_hz // 300, speech.rate_hz // 60)
    found = []
    for window in whole[np.abs(whole).mean(axis=1) > 1000]:
        likeness = np.correlate(window, window, "full")[size - 1 :] / np.square(window).sum()
        best = lags[np.argmax(likeness[lags])]
        if likeness[best] > 0.4:
            found.append(speech.rate_hz / best)
    return float(np.median(found))


async def test_each_voice_has_the_pitch_of_its_speaker(
    voice: tuple[str, PiperSynthesizer],
) -> None:
    name, synthesizer = voice
    low, high = PITCH_HZ[name]
    speech = await synthesizer.synthesize("We are open from nine to five on every working day.")
    assert low < pitch_hz(speech) < high


async def test_a_recogniser_with_an_open_vocabulary_understands_it(
    voice: tuple[str, PiperSynthesizer],
) -> None:
    _, synthesizer = voice
    spoken = [(await synthesizer.synthesize(text)).pcm for text in SENTENCES]
    heard = await asyncio.to_thread(understood, spoken, synthesizer.rate_hz, SENTENCES)
    assert heard.wide_band <= 0.06


async def test_a_recogniser_that_expects_the_sentences_understands_them_by_telephone(
    voice: tuple[str, PiperSynthesizer],
) -> None:
    _, synthesizer = voice
    texts = SENTENCES[:8]
    listener = Listener(texts)
    wrong = 0
    for text in texts:
        speech = await synthesizer.synthesize(text)
        heard = listener.understands(resample(speech.pcm, speech.rate_hz, 8000))
        wrong += Levenshtein.distance(heard.split(), words(text).split())
    assert wrong <= 1  # of 76


@pytest.mark.parametrize(
    "text", ["What are your opening hours?", "Yes please.", "I would like to speak to a person."]
)
async def test_the_demo_recogniser_understands_both(
    voice: tuple[str, PiperSynthesizer], text: str
) -> None:
    _, synthesizer = voice
    speech = await synthesizer.synthesize(text)
    recognizer = await VoskRecognizer.load(MODELS / "vosk-en")
    session = await recognizer.open()
    session.feed(resample(speech.pcm, speech.rate_hz, recognizer.rate_hz))
    assert (await session.finish()).text == text.lower().rstrip("?.")
    await session.close()
    await recognizer.close()


async def test_the_same_text_gives_the_same_samples_and_times(
    voice: tuple[str, PiperSynthesizer],
) -> None:
    _, synthesizer = voice
    text = "We open at nine."
    first, second = [await synthesizer.synthesize(text) for _ in range(2)]
    assert np.array_equal(first.pcm, second.pcm)
    assert first.word_ends == second.word_ends
    assert [text[:index].split()[-1] for index, _ in first.word_ends] == text.split()


@pytest.mark.parametrize("path", VOICES.values(), ids=VOICES)
def test_no_voice_dawdles_at_either_end(path: Path) -> None:
    """Piper's own library, without the engine's trimming."""
    from piper import PiperVoice, SynthesisConfig

    voice = PiperVoice.load(path / "voice.onnx")
    config = SynthesisConfig(normalize_audio=False)
    (chunk,) = voice.synthesize("Hello there, how are you?", config)
    silence = quiet_edges_s(chunk.audio_float_array, chunk.sample_rate)
    assert max(silence) < 0.1


def quiet_edges_s(sound: npt.NDArray[np.float32], rate_hz: int) -> tuple[float, float]:
    """How long the sound stays below -46 dBFS at its start and end."""
    block = rate_hz // 200
    levels = np.sqrt(np.mean(np.square(sound[: sound.size // block * block].reshape(-1, block)), 1))
    loud = np.flatnonzero(levels > 0.005)
    return float(loud[0] * 0.005), float((levels.size - 1 - loud[-1]) * 0.005)
