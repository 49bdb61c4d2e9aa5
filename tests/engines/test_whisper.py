"""The real faster-whisper on real model files: tones for exact words, the demo for speech."""

import asyncio
import json
import logging
import shutil
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.bench.asr import NOISE_SNR_DB, compared, load_clips, with_noise
from appliance.bench.asr import heard as heard_all
from appliance.engines.base import Transcript
from appliance.engines.load import load_recognizer
from appliance.engines.offline import OFFLINE
from appliance.engines.whisper import WhisperOptions, WhisperRecognizer, judge, trim_silence
from appliance.errors import EngineError, RecognizerError, WeightsError
from appliance.weights.catalogue import load_catalogue
from tests.fakes import tone_whisper
from tests.fakes.clips import SENTENCES, STRANGE, clip

pytestmark = pytest.mark.engine

DEMO = Path(__file__).parents[2] / "models/demo/whisper-en"
SHORT = WhisperOptions(short_input=True)
FLOOR = load_catalogue().find("whisper-demo-en").min_confidence or 0.0
WORDS_WRONG = 0.06
"""Of the shipped sentences by unseen voices."""


@pytest.fixture(scope="module")
def tone_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "tones"
    tone_whisper.build(directory)
    return directory


@pytest_asyncio.fixture(params=[WhisperOptions(), SHORT], ids=["30 s", "short"])
async def tones(
    tone_model: Path, request: pytest.FixtureRequest
) -> AsyncIterator[WhisperRecognizer]:
    recognizer = await WhisperRecognizer.load(tone_model, options=request.param)
    yield recognizer
    await recognizer.close()


@pytest_asyncio.fixture
async def demo() -> AsyncIterator[WhisperRecognizer]:
    recognizer = await load_recognizer("whisper-demo-en", DEMO.parents[1], threads=2)
    assert isinstance(recognizer, WhisperRecognizer)
    yield recognizer
    await recognizer.close()


async def heard(recognizer: WhisperRecognizer, pcm: Pcm, size: int = 320) -> Transcript:
    """The final transcript of ``pcm``, fed in pieces of ``size`` samples."""
    session = await recognizer.open()
    for start in range(0, len(pcm), size):
        session.feed(pcm[start : start + size])
    transcript = await session.finish()
    await session.close()
    return transcript


@pytest.mark.parametrize("size", [7, 320, 100_000])
async def test_tones_are_heard_as_their_words_however_they_are_cut(
    tones: WhisperRecognizer, size: int
) -> None:
    words = ["book", "monday", "nine", "thanks", "goodbye"]
    transcript = await heard(tones, tone_whisper.speak(words), size)
    assert transcript.text.split() == words
    assert transcript.final
    assert transcript.confidence > 0.9


async def test_a_session_is_ready_for_the_next_segment_after_each_finish(
    tones: WhisperRecognizer,
) -> None:
    session = await tones.open()
    for words in (["yes"], ["no", "operator"], ["hello"]):
        session.feed(tone_whisper.speak(words))
        assert session.partial.text == ""
        assert (await session.finish()).text.split() == words
    await session.close()


async def test_a_segment_without_sound_or_without_words_is_empty(
    tones: WhisperRecognizer,
) -> None:
    session = await tones.open()
    assert await session.finish() == Transcript("", final=True)
    session.feed(np.zeros(16000, dtype=np.int16))
    assert await session.finish() == Transcript("", final=True)
    session.feed(np.random.default_rng(0).normal(0, 500, 16000).astype(np.int16))
    assert (await session.finish()).text == ""
    await session.close()


async def test_a_cancelled_finish_gives_its_sound_back(tones: WhisperRecognizer) -> None:
    session = await tones.open()
    session.feed(tone_whisper.speak(["hello"]))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    session.feed(tone_whisper.speak(["nine"]))
    finish.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finish
    session.feed(tone_whisper.speak(["book"]))
    assert (await session.finish()).text == "hello nine book"
    await session.close()


async def test_a_segment_is_cut_at_thirty_seconds(
    tones: WhisperRecognizer, caplog: pytest.LogCaptureFixture
) -> None:
    session = await tones.open()
    session.feed(tone_whisper.speak(["hello"], gap_s=0.5))
    with caplog.at_level(logging.WARNING):
        for _ in range(40):
            session.feed(np.zeros(16000, dtype=np.int16))
    session.feed(tone_whisper.speak(["nine"]))
    assert (await session.finish()).text == "hello"
    assert len(caplog.records) == 1
    session.feed(tone_whisper.speak(["nine"]))
    assert (await session.finish()).text == "nine"
    await session.close()


@pytest.mark.parametrize("text", SENTENCES)
async def test_the_demo_model_understands_a_synthetic_caller(
    demo: WhisperRecognizer, text: str
) -> None:
    transcript = await heard(demo, clip(text, 16000))
    assert transcript.text == text
    assert FLOOR <= transcript.confidence <= 1.0


async def test_the_demo_model_understands_part_of_what_strangers_say(
    demo: WhisperRecognizer,
) -> None:
    clips = load_clips()
    errors = compared(clips, await heard_all(demo, [clip.pcm for clip in clips]))
    assert errors.rate <= WORDS_WRONG, errors


@pytest.mark.parametrize("beam_size", [1, 5])
async def test_the_demo_model_hears_more_when_it_follows_several_beginnings_with_patience(
    demo: WhisperRecognizer, beam_size: int
) -> None:
    clips = load_clips()
    sounds = [clip.pcm for clip in clips]
    sounds += [with_noise(pcm, NOISE_SNR_DB) for pcm in sounds]
    options = replace(SHORT, beam_size=beam_size, patience=1.0, min_confidence=FLOOR)
    hasty = await WhisperRecognizer.load(DEMO, options=options)
    followed = compared([*clips, *clips], await heard_all(demo, sounds))
    assert followed.rate < compared([*clips, *clips], await heard_all(hasty, sounds)).rate
    await hasty.close()


@pytest.mark.parametrize("text", STRANGE)
async def test_the_demo_model_refuses_what_no_front_desk_expects(
    demo: WhisperRecognizer, text: str
) -> None:
    transcript = await heard(demo, clip(text, 16000))
    assert transcript.text == ""
    assert transcript.confidence < FLOOR  # something was said


@pytest.mark.parametrize("level", [30, 300, 1500])
@pytest.mark.parametrize("kind", ["white", "rumble", "hum", "ringback", "silence"])
async def test_the_demo_model_hears_no_words_where_nobody_speaks(
    demo: WhisperRecognizer, kind: str, level: int
) -> None:
    at = np.arange(24_000) / 8000
    white = np.random.default_rng(0).normal(size=at.size)
    sounds = {
        "white": white,
        "rumble": np.convolve(white, np.ones(20) / 4.5, "same"),
        "hum": np.sin(2 * np.pi * 50 * at),
        "ringback": (np.sin(2 * np.pi * 440 * at) + np.sin(2 * np.pi * 480 * at)) * (at % 3 < 2),
        "silence": np.zeros(at.size),
    }
    transcript = await heard(demo, (sounds[kind] * level).astype(np.int16))
    assert transcript.text == ""


async def test_the_full_window_hears_the_same_as_the_short_one(demo: WhisperRecognizer) -> None:
    full = await WhisperRecognizer.load(DEMO)
    sound = clip("i would like to speak to a person", 16000)
    assert (await heard(full, sound)).text == (await heard(demo, sound)).text
    await full.close()


async def test_calls_at_once_hear_the_same_as_calls_in_a_row(demo: WhisperRecognizer) -> None:
    sounds = [clip(text, 16000) for text in SENTENCES]
    in_a_row = [await heard(demo, sound) for sound in sounds]
    at_once = await asyncio.gather(*(heard(demo, sound) for sound in sounds * 2))
    assert at_once == in_a_row * 2


async def test_closing_is_safe_at_any_time_and_gives_the_threads_back() -> None:
    before = set(threading.enumerate())
    recognizer = await WhisperRecognizer.load(DEMO, options=SHORT, threads=2)
    await recognizer.warm_up()
    session, forgotten = await recognizer.open(), await recognizer.open()
    session.feed(clip("yes please", 16000))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    await session.close()
    await session.close()
    assert (await finish).text == "yes please"
    with pytest.raises(RecognizerError, match="closed"):
        session.feed(clip("yes please", 16000))
    await recognizer.close()
    with pytest.raises(EngineError, match="closed"):
        await forgotten.finish()
    await forgotten.close()
    assert set(threading.enumerate()) <= before


def without(file: Path, token: str) -> None:
    """Rename ``token`` in a tokenizer's file."""
    file.write_text(file.read_text().replace(json.dumps(token), '"<|other|>"'))


@pytest.mark.parametrize(
    "damage",
    [
        lambda model: shutil.rmtree(model),
        lambda model: (model / "model.bin").unlink(),
        lambda model: (model / "model.bin").write_bytes(bytes(1000)),
        lambda model: (model / "tokenizer.json").unlink(),
        lambda model: (model / "tokenizer.json").write_text("{}"),
        lambda model: (model / "config.json").unlink(),
        lambda model: (model / "vocabulary.json").unlink(),
        lambda model: without(model / "tokenizer.json", "<|startoftranscript|>"),
        lambda model: without(model / "tokenizer.json", "<|notimestamps|>"),
    ],
)
async def test_a_damaged_model_is_an_error_that_names_its_path(
    tmp_path: Path, damage: object
) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO, model)
    damage(model)  # type: ignore[operator]
    before = set(threading.enumerate())
    with pytest.raises(WeightsError, match=str(model)):
        await WhisperRecognizer.load(model)
    assert set(threading.enumerate()) <= before


async def test_a_failing_model_is_a_recognizer_error(
    demo: WhisperRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_features: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(demo._model._model, "encode", broken)
    with pytest.raises(RecognizerError, match="whisper: transcription failed: out of memory"):
        await heard(demo, clip("yes please", 16000))


def test_the_hub_library_is_offline() -> None:
    from huggingface_hub import constants

    assert constants.HF_HUB_OFFLINE
    assert OFFLINE["HF_HUB_OFFLINE"] == "1"


@pytest.mark.parametrize(
    ("said", "text", "confidence"),
    [
        (("yes", -0.1, 0.0), "yes", 0.905),
        (("", -0.1, 0.0), "", 1.0),
        (("thank you", -1.5, 0.1), "", 0.223),
        (("thank you", -1.5, 0.9), "", 1.0),
        (("thank you", -0.5, 0.9), "thank you", 0.607),
        (("...", -0.1, 0.0), "", 0.0),
        (("i want ... …", -0.1, 0.0), "i want", 0.452),
        (("Well... yes.", -0.1, 0.0), "Well... yes.", 0.905),
    ],
)
def test_unlikely_words_are_refused(
    said: tuple[str, float, float], text: str, confidence: float
) -> None:
    transcript = judge(*said)
    assert transcript.text == text
    assert transcript.confidence == pytest.approx(confidence, abs=0.001)


def test_a_model_can_be_asked_to_be_surer() -> None:
    assert judge("thank you", -0.6, 0.0).text == "thank you"
    refused = judge("thank you", -0.6, 0.0, min_confidence=0.6)
    assert (refused.text, refused.confidence) == ("", pytest.approx(0.549, abs=0.001))


def test_silence_at_either_end_is_trimmed_to_200_ms() -> None:
    voice = np.full(4800, 0.1, dtype=np.float32)
    silence = np.zeros(8000, dtype=np.float32)
    trimmed = trim_silence(np.concatenate([silence, voice, silence]))
    assert trimmed.size == 4800 + 2 * 3200
    assert trim_silence(voice).size == 4800
    assert trim_silence(silence).size == 0
    assert trim_silence(voice[:100]).size == 0
