"""The real Piper with the demo voice and a real one: level, edges, timing, and whether it can be
understood."""

import asyncio
import gc
import itertools
import json
import shutil
import threading
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import FULL_SCALE, WIRE_RATE_HZ, rms_dbfs
from appliance.audio.resample import resample
from appliance.audio.voiced import EDGE_S, speech_rms
from appliance.bench.tts import SENTENCES
from appliance.engines.base import Speech
from appliance.engines.piper import PiperSynthesizer
from appliance.engines.vosk import VoskRecognizer
from appliance.errors import EngineError, SynthesizerError, WeightsError

pytestmark = pytest.mark.engine

MODELS = Path(__file__).parents[2] / "models/demo"
DEMO = MODELS / "piper-en"
LOUD_AND_QUIET = ["5.", "Yes.", "Of course,", "Goodbye!", *SENTENCES[:30:4]]
"""A voice makes words alone 3 dB louder than it should, and some sentences 5 dB quieter."""


@pytest_asyncio.fixture
async def voice() -> AsyncIterator[PiperSynthesizer]:
    voice = await PiperSynthesizer.load(DEMO)
    yield voice
    await voice.close()


@pytest_asyncio.fixture
async def real_voice(voice_path: Path) -> AsyncIterator[PiperSynthesizer]:
    voice = await PiperSynthesizer.load(voice_path)
    yield voice
    await voice.close()


async def understood(speech: Speech) -> str:
    """What the demo recogniser makes of it."""
    recognizer = await VoskRecognizer.load(MODELS / "vosk-en")
    session = await recognizer.open()
    session.feed(resample(speech.pcm, speech.rate_hz, recognizer.rate_hz))
    transcript = await session.finish()
    await session.close()
    await recognizer.close()
    return transcript.text


@pytest.mark.parametrize(
    "text", ["What are your opening hours?", "Yes please.", "I would like to speak to a person."]
)
async def test_what_it_says_can_be_understood(voice: PiperSynthesizer, text: str) -> None:
    speech = await voice.synthesize(text)
    assert await understood(speech) == text.lower().rstrip("?.")


async def test_the_same_text_gives_the_same_sound(voice: PiperSynthesizer) -> None:
    first, second = [await voice.synthesize("We open at nine.") for _ in range(2)]
    assert np.array_equal(first.pcm, second.pcm)
    assert first.rate_hz == voice.rate_hz == 22050


async def assert_even(voice: PiperSynthesizer, texts: Sequence[str]) -> None:
    for text in texts:
        speech = await voice.synthesize(text)
        carried = resample(speech.pcm, speech.rate_hz, WIRE_RATE_HZ)
        level = speech_rms(carried / FULL_SCALE, WIRE_RATE_HZ)
        assert 20 * np.log10(level) == pytest.approx(-20.0, abs=1.0), text
        assert np.abs(speech.pcm.astype(np.int32)).max() < 32767


async def test_on_the_telephone_every_sentence_is_as_loud_as_the_others(
    voice: PiperSynthesizer,
) -> None:
    await assert_even(voice, LOUD_AND_QUIET)


async def test_so_is_every_sentence_of_a_real_voice(real_voice: PiperSynthesizer) -> None:
    await assert_even(real_voice, LOUD_AND_QUIET)


async def test_sentences_of_one_text_are_as_loud_too(real_voice: PiperSynthesizer) -> None:
    text = "Yes. The report must be finished before the end of the month. Of course, sir!"
    speech = await real_voice.synthesize(text)
    carried = resample(speech.pcm, speech.rate_hz, WIRE_RATE_HZ) / FULL_SCALE
    ends = [end_s for index, end_s in speech.word_ends if text[index - 1] in ".!"]
    edges = [int((end_s + 0.1) * WIRE_RATE_HZ) for end_s in (-0.1, *ends)]
    for start, stop in itertools.pairwise(edges):
        level = 20 * np.log10(speech_rms(carried[start:stop], WIRE_RATE_HZ))
        assert level == pytest.approx(-20.0, abs=1.0)


async def test_silence_at_either_end_is_cut_to_30_ms(voice: PiperSynthesizer) -> None:
    speech = await voice.synthesize("Hello there, how are you?")
    edge = int(EDGE_S * speech.rate_hz)
    assert rms_dbfs(speech.pcm[: edge - 200]) < -48.0
    assert rms_dbfs(speech.pcm[-edge + 200 :]) < -48.0
    block = speech.rate_hz // 200
    assert rms_dbfs(speech.pcm[edge : edge + block]) > -50.5
    assert rms_dbfs(speech.pcm[-edge - block : -edge]) > -50.5


async def test_sentences_are_joined_by_a_short_pause(voice: PiperSynthesizer) -> None:
    one, other = [await voice.synthesize(text) for text in ("Hello.", "Goodbye.")]
    both = await voice.synthesize("Hello. Goodbye.")
    pause_s = (both.pcm.size - one.pcm.size - other.pcm.size) / both.rate_hz
    assert pause_s == pytest.approx(0.15, abs=0.001)


async def test_every_word_has_an_end_and_they_rise(voice: PiperSynthesizer) -> None:
    text = "We are open, from nine to five. Is that all right?"
    speech = await voice.synthesize(text)
    indices = [index for index, _ in speech.word_ends]
    seconds = [second for _, second in speech.word_ends]
    assert [text[:index].split()[-1] for index in indices] == text.split()
    assert seconds == sorted(set(seconds))
    assert seconds[0] > 0.1
    duration_s = speech.pcm.size / speech.rate_hz
    assert duration_s - 0.25 < seconds[-1] < duration_s + 1e-6


async def test_the_end_of_a_word_is_where_its_sound_ends(voice: PiperSynthesizer) -> None:
    """Cut there, the first sentence is whole and nothing of the second can be heard."""
    speech = await voice.synthesize("Yes please. What are your opening hours?")
    _, end_s = speech.word_ends[1]
    cut = Speech(speech.pcm[: int((end_s + 0.1) * speech.rate_hz)], speech.rate_hz, "")
    assert await understood(cut) == "yes please"


@pytest.mark.parametrize("text", ["", "   ", "...", "?!"])
async def test_a_text_without_words_is_no_sound(voice: PiperSynthesizer, text: str) -> None:
    speech = await voice.synthesize(text)
    assert speech.pcm.size == 0
    assert speech.word_ends == ()


async def test_a_faster_rate_is_shorter(voice: PiperSynthesizer) -> None:
    text = "We are open from nine to five."
    normal, fast = await voice.synthesize(text), await voice.at_rate(1.5).synthesize(text)
    assert fast.pcm.size / normal.pcm.size == pytest.approx(1 / 1.5, abs=0.06)


async def test_calls_at_once_get_their_own_words(voice: PiperSynthesizer) -> None:
    texts = ["Yes please.", "How are you today?", "We open at nine.", "Goodbye. Thank you."]
    in_a_row = [await voice.synthesize(text) for text in texts]
    at_once = await asyncio.gather(
        *(voice.synthesize(text, call_id=str(number)) for number, text in enumerate(texts))
    )
    for expected, speech in zip(in_a_row, at_once, strict=True):
        assert np.array_equal(speech.pcm, expected.pcm)


async def test_a_cancelled_request_leaves_the_voice_usable(voice: PiperSynthesizer) -> None:
    long = asyncio.ensure_future(voice.synthesize("This is a sentence. " * 50))
    await asyncio.sleep(0.02)
    long.cancel()
    with pytest.raises(asyncio.CancelledError):
        await long
    assert (await voice.synthesize("Hello.")).pcm.size > 0


async def test_a_failing_network_is_a_synthesizer_error(
    voice: PiperSynthesizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        def run(self, *_: object) -> None:
            raise ValueError("Invalid Feed Input")

    monkeypatch.setattr(voice._voice, "_network", Broken())
    with pytest.raises(SynthesizerError, match="piper: synthesis failed"):
        await voice.synthesize("Hello.")


async def test_closing_gives_the_threads_back() -> None:
    before = set(threading.enumerate())
    voice = await PiperSynthesizer.load(DEMO / "voice.onnx", threads=2)
    await voice.warm_up()
    await voice.close()  # at once, while the last generator is still to be closed
    await voice.close()
    gc.collect()  # an exception that nobody fetched would be reported here
    assert set(threading.enumerate()) <= before
    with pytest.raises(EngineError, match="closed"):
        await voice.synthesize("Hello.")


def change_config(directory: Path, **changes: object) -> None:
    file = directory / "voice.onnx.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (lambda d: (d / "voice.onnx.json").unlink(), "voice.onnx.json: No such file"),
        (lambda d: (d / "voice.onnx.json").write_text("{"), "not a Piper voice's configuration"),
        (lambda d: (d / "voice.onnx.json").write_text("[]"), "not a Piper voice's configuration"),
        (lambda d: change_config(d, audio={}), "not a Piper voice's configuration"),
        (lambda d: change_config(d, phoneme_type="pinyin"), "would download"),
        (lambda d: (d / "voice.onnx").write_bytes(b"\x3a\xff\xff\xff"), "cannot be loaded"),
        (lambda d: (d / "voice.onnx").write_bytes(b""), "cannot be loaded"),
        (lambda d: (d / "voice.onnx").unlink(), "holds 0 .onnx files"),
        (lambda d: shutil.copy(d / "voice.onnx", d / "other.onnx"), "holds 2 .onnx files"),
    ],
)
async def test_a_damaged_voice_is_an_error_that_names_its_path(
    tmp_path: Path, damage: object, named: str
) -> None:
    directory = tmp_path / "voice"
    shutil.copytree(DEMO, directory)
    damage(directory)  # type: ignore[operator]
    before = set(threading.enumerate())
    with pytest.raises(WeightsError, match=named) as caught:
        await PiperSynthesizer.load(directory)
    assert str(directory) in str(caught.value)
    assert set(threading.enumerate()) <= before


async def test_a_speaker_the_voice_does_not_have_is_refused() -> None:
    with pytest.raises(WeightsError, match="has speakers 0 to 0, not 3"):
        await PiperSynthesizer.load(DEMO, speaker_id=3)
