"""The real libvosk on real model files: a tone model for exact words, the demo model for speech."""

import asyncio
import itertools
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.engines.base import Transcript
from appliance.engines.vosk import VoskRecognizer, model_rate_hz
from appliance.errors import EngineBusy, EngineError, RecognizerError, WeightsError
from tests.fakes import tone_vosk
from tests.fakes.clips import SENTENCES, clip

pytestmark = pytest.mark.engine

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "models/demo/vosk-en"


@pytest.fixture(scope="module")
def tone_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "tones"
    tone_vosk.build(directory)
    return directory


@pytest_asyncio.fixture
async def tones(tone_model: Path) -> AsyncIterator[VoskRecognizer]:
    recognizer = await VoskRecognizer.load(tone_model)
    yield recognizer
    await recognizer.close()


@pytest_asyncio.fixture
async def demo() -> AsyncIterator[VoskRecognizer]:
    recognizer = await VoskRecognizer.load(DEMO, threads=2)
    yield recognizer
    await recognizer.close()


async def heard(recognizer: VoskRecognizer, pcm: Pcm, size: int = 160) -> Transcript:
    """The final transcript of ``pcm``, fed in pieces of ``size`` samples."""
    session = await recognizer.open()
    for start in range(0, len(pcm), size):
        session.feed(pcm[start : start + size])
    transcript = await session.finish()
    await session.close()
    return transcript


@pytest.mark.parametrize("size", [1, 7, 160, 801, 100_000])
async def test_tones_are_heard_as_their_words_however_they_are_cut(
    tones: VoskRecognizer, size: int
) -> None:
    words = ["hello", "sales", "yes", "goodbye"]
    transcript = await heard(tones, tone_vosk.speak(words), size)
    assert transcript.text.split() == words
    assert transcript.final
    assert transcript.confidence > 0.9


async def test_a_session_is_ready_for_the_next_segment_after_each_finish(
    tones: VoskRecognizer,
) -> None:
    session = await tones.open()
    for words in (["yes"], ["no", "operator"], ["support"]):
        session.feed(tone_vosk.speak(words))
        assert (await session.finish()).text.split() == words
        assert session.partial.text == ""
    await session.close()


async def test_a_pause_that_vosk_takes_for_the_end_does_not_end_the_segment(
    demo: VoskRecognizer,
) -> None:
    pause = np.random.default_rng(0).normal(0.0, 3.0, 8000 * 3).astype(np.int16)
    sound = np.concatenate([clip("yes please"), pause, clip("how are you today")])
    assert (await heard(demo, sound)).text == "yes please how are you today"


async def test_a_segment_without_sound_or_without_words_is_empty(tones: VoskRecognizer) -> None:
    session = await tones.open()
    assert await session.finish() == Transcript("", final=True, confidence=1.0)
    session.feed(np.zeros(8000, dtype=np.int16))
    assert (await session.finish()).text == ""
    await session.close()


async def test_a_pause_inside_a_segment_parts_no_words(tones: VoskRecognizer) -> None:
    """Vosk ends the segment itself here, after half a second of silence."""
    pause = np.zeros(16_000, dtype=np.int16)
    sound = np.concatenate([tone_vosk.speak(["hello"]), pause, tone_vosk.speak(["sales"]), pause])
    assert (await heard(tones, sound)).text == "hello sales"


async def test_a_cancelled_finish_keeps_its_words_for_the_next(tones: VoskRecognizer) -> None:
    session = await tones.open()
    session.feed(tone_vosk.speak(["hello"]))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    finish.cancel()
    with pytest.raises(asyncio.CancelledError):
        await finish
    session.feed(tone_vosk.speak(["sales"]))
    assert (await session.finish()).text == "hello sales"
    await session.close()


async def test_a_segment_ends_when_finish_is_called_not_when_it_is_awaited(
    tones: VoskRecognizer,
) -> None:
    session = await tones.open()
    session.feed(tone_vosk.speak(["hello"]))
    finish = session.finish()
    session.feed(tone_vosk.speak(["sales"]))
    assert (await finish).text == "hello"
    assert (await session.finish()).text == "sales"
    await session.close()


async def test_sound_that_comes_during_finish_belongs_to_the_next_segment(
    tones: VoskRecognizer,
) -> None:
    session = await tones.open()
    session.feed(tone_vosk.speak(["hello"]))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    session.feed(tone_vosk.speak(["sales"]))
    assert (await finish).text == "hello"
    assert (await session.finish()).text == "sales"
    await session.close()


async def test_a_grammar_limits_what_can_be_heard(tones: VoskRecognizer) -> None:
    session = await tones.open(grammar=["yes", "no"])
    session.feed(tone_vosk.speak(["yes", "no"]))
    assert (await session.finish()).text == "yes no"
    await session.close()


@pytest.mark.parametrize("grammar", [[], [""], ['"]'], ["unheardof"], ["\x00"], ["[]"]])
async def test_no_grammar_can_break_the_library(
    tones: VoskRecognizer, grammar: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    session = await tones.open(grammar=grammar)
    session.feed(tone_vosk.speak(["sales"]))
    assert (await session.finish()).text == "sales"
    await session.close()
    unknown = [word for phrase in grammar for word in phrase.split()]
    assert all(repr(word) in caplog.text for word in unknown)


async def test_a_model_of_16_khz_gets_its_own_rate(tmp_path: Path) -> None:
    tone_vosk.build(tmp_path / "wide", rate_hz=16000)
    recognizer = await VoskRecognizer.load(tmp_path / "wide")
    assert recognizer.rate_hz == 16000
    words = ["hello", "operator", "support", "goodbye"]
    for sound in (
        tone_vosk.speak(words, rate_hz=16000),
        resample(tone_vosk.speak(words), 8000, 16000),
    ):
        assert (await heard(recognizer, sound)).text.split() == words
    await recognizer.close()


@pytest.mark.parametrize("text", SENTENCES)
async def test_the_demo_model_understands_a_synthetic_caller(
    demo: VoskRecognizer, text: str
) -> None:
    transcript = await heard(demo, clip(text))
    assert transcript.text == text
    assert 0.5 < transcript.confidence <= 1.0


async def test_partial_words_come_while_the_caller_speaks_and_grow(demo: VoskRecognizer) -> None:
    session = await demo.open()
    sound = clip("i would like to speak to a person")
    partials: list[str] = []
    for start in range(0, len(sound), 800):
        session.feed(sound[start : start + 800])
        if session._job is not None:
            await asyncio.wait({session._job})
        partials.append(session.partial.text)
    first = next(number for number, text in enumerate(partials) if text)
    assert first <= 8  # 0.8 s, of which 0.2 s are silence
    assert partials[-1].startswith("i would like to speak to")
    lengths = [len(text.split()) for text in partials]
    assert all(later >= earlier for earlier, later in itertools.pairwise(lengths))
    await session.close()


async def test_the_demo_model_hears_unknown_words_as_such_in_a_grammar(
    demo: VoskRecognizer,
) -> None:
    session = await demo.open(grammar=["yes please", "no thank you"])
    session.feed(clip("yes please"))
    assert (await session.finish()).text == "yes please"
    session.feed(clip("what are your opening hours"))
    transcript = await session.finish()
    assert "[unk]" not in transcript.text
    assert transcript.confidence < 0.7
    await session.close()


async def test_calls_at_once_hear_the_same_as_calls_in_a_row(demo: VoskRecognizer) -> None:
    sounds = [clip(text) for text in SENTENCES]
    in_a_row = [await heard(demo, sound) for sound in sounds]
    at_once = await asyncio.gather(*(heard(demo, sound) for sound in sounds * 2))
    assert at_once == in_a_row * 2


async def test_sound_beyond_the_backlog_is_refused(tones: VoskRecognizer) -> None:
    session = await tones.open()
    ten_seconds = np.zeros(80_000, dtype=np.int16)
    session.feed(ten_seconds)  # goes to the thread
    session.feed(ten_seconds)  # waits
    with pytest.raises(EngineBusy):
        session.feed(ten_seconds)
    await session.close()


async def test_a_failed_decoder_fails_its_session_and_no_other(
    demo: VoskRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_data: bytes) -> int:
        raise Exception("Failed to process waveform")

    good, bad = await demo.open(), await demo.open()
    monkeypatch.setattr(bad._decoder, "AcceptWaveform", broken)
    bad.feed(clip("yes please"))
    with pytest.raises(RecognizerError, match="vosk: decoding failed"):
        await bad.finish()
    with pytest.raises(RecognizerError):
        bad.feed(clip("yes please"))
    good.feed(clip("yes please"))
    assert (await good.finish()).text == "yes please"
    await bad.close()
    await good.close()


async def test_closing_is_safe_at_any_time_and_gives_the_threads_back() -> None:
    before = set(threading.enumerate())
    recognizer = await VoskRecognizer.load(DEMO, threads=2)
    await recognizer.warm_up()
    session, forgotten = await recognizer.open(), await recognizer.open()
    session.feed(clip("yes please"))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    await session.close()
    await session.close()
    assert (await finish).text == "yes please"
    with pytest.raises(RecognizerError, match="closed"):
        session.feed(clip("yes please"))
    await recognizer.close()
    with pytest.raises(EngineError, match="closed"):
        await forgotten.finish()
    await forgotten.close()
    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    "damage",
    [
        lambda model: shutil.rmtree(model),
        lambda model: (model / "am/final.mdl").unlink(),
        lambda model: (model / "am/final.mdl").write_bytes(b"\0B" + bytes(100)),
        lambda model: (model / "conf/model.conf").write_text("--no-such-option=1\n"),
        lambda model: (model / "graph/words.txt").unlink(),
        lambda model: (model / "conf/mfcc.conf").write_text("--sample-frequency=44100\n"),
    ],
    ids=["no directory", "no weights", "broken weights", "broken options", "no words", "44.1 kHz"],
)
async def test_a_damaged_model_is_an_error_that_names_its_path(
    tmp_path: Path, damage: object
) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO, model)
    damage(model)  # type: ignore[operator]
    before = set(threading.enumerate())
    with pytest.raises(WeightsError, match=str(model)):
        await VoskRecognizer.load(model)
    assert set(threading.enumerate()) <= before


async def test_a_graph_that_is_missing_is_an_error_at_the_first_session(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(DEMO, model)
    (model / "graph/Gr.fst").write_bytes(b"")
    recognizer = await VoskRecognizer.load(model)
    with pytest.raises(RecognizerError, match="no decoder"):
        await recognizer.open()
    await recognizer.close()


def test_the_rate_is_read_from_the_model(tmp_path: Path) -> None:
    assert model_rate_hz(DEMO) == 8000
    assert model_rate_hz(tmp_path) == 16000
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf/fbank.conf").write_text("--num-mel-bins=40\n--sample-frequency=8000\n")
    assert model_rate_hz(tmp_path) == 8000
