"""The real faster-whisper on real model files: tones for exact words, the real model for speech."""

import asyncio
import json
import logging
import shutil
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from rapidfuzz.distance import Levenshtein

from appliance.audio.frame import Pcm
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.engines.base import Transcript
from appliance.engines.offline import OFFLINE
from appliance.engines.whisper import WhisperRecognizer, WhisperSession
from appliance.engines.whisper_decoder import FIRST, SECOND, Encoded, Window, judge, trim_silence
from appliance.engines.worker import EngineThread
from appliance.errors import EngineError, RecognizerError, WeightsError
from appliance.text.canonical import canonical
from tests.fakes import tone_whisper
from tests.fakes.clips import SENTENCES, STRANGE, clip

pytestmark = pytest.mark.engine

NO_WORDS = ("white noise", "rumble", "hum", "ringback", "dial tone", "digit", "music", "silence")


@pytest.fixture(scope="module")
def tone_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("models") / "tones"
    tone_whisper.build(directory)
    return directory


@pytest_asyncio.fixture
async def tones(tone_model: Path) -> AsyncIterator[WhisperRecognizer]:
    recognizer = await WhisperRecognizer.load(tone_model)
    yield recognizer
    await recognizer.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def base(whisper_path: Path) -> AsyncIterator[WhisperRecognizer]:
    """The real model, for the tests that share its loop."""
    recognizer = await WhisperRecognizer.load(whisper_path, threads=2)
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


async def test_a_segment_ends_when_finish_is_called_not_when_it_is_awaited(
    tones: WhisperRecognizer,
) -> None:
    session = await tones.open()
    session.feed(tone_whisper.speak(["hello"]))
    finish = session.finish()
    session.feed(tone_whisper.speak(["nine"]))
    assert (await finish).text == "hello"
    assert (await session.finish()).text == "nine"
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


def sound_without_words(kind: str, level: float) -> Pcm:
    """Three seconds at 16 kHz, ``level`` about its RMS."""
    at = np.arange(48_000) / 16000
    white = np.random.default_rng(0).normal(size=at.size)

    def tones_of(*hz: float) -> np.ndarray:
        return sum(np.sin(2 * np.pi * each * at) for each in hz)

    chords = [tones_of(hz, hz * 5 / 4, hz * 3 / 2)[:8000] for hz in (262, 294, 330, 349, 392, 440)]
    sounds = {
        "white noise": white,
        "rumble": np.convolve(white, np.ones(40) / 6.3, "same"),
        "hum": tones_of(50, 100),
        "ringback": tones_of(440, 480) * (at % 3 < 2),
        "dial tone": tones_of(425),
        "digit": tones_of(770, 1336) * (at % 0.2 < 0.1),
        "music": np.concatenate(chords),
        "silence": np.zeros(at.size),
    }
    return (sounds[kind] * level).astype(np.int16)


@pytest.mark.asyncio(loop_scope="module")
class TestTheRealModel:
    """faster-whisper-base on telephone sound."""

    @pytest.mark.parametrize("text", SENTENCES)
    async def test_understands_a_synthetic_caller(self, base: WhisperRecognizer, text: str) -> None:
        transcript = await heard(base, clip(text, 16000))
        assert canonical(transcript.text) == text
        assert transcript.confidence > 0.5

    @pytest.mark.parametrize("text", STRANGE)
    async def test_understands_what_no_front_desk_expects(
        self, base: WhisperRecognizer, text: str
    ) -> None:
        said = text.split()
        words = canonical((await heard(base, clip(text, 16000))).text).split()
        assert Levenshtein.distance(said, words) <= 2

    @pytest.mark.parametrize("level", [30, 300, 1500])
    @pytest.mark.parametrize("kind", NO_WORDS)
    async def test_hears_no_words_where_nobody_speaks(
        self, base: WhisperRecognizer, kind: str, level: int
    ) -> None:
        transcript = await heard(base, sound_without_words(kind, level))
        assert transcript.text == ""

    async def test_a_word_that_is_said_six_times_is_not_heard_more_often(
        self, base: WhisperRecognizer, data_dir: Path
    ) -> None:
        """It was 27 times."""
        pcm, rate_hz = read_wav(data_dir / "no_six_times.wav")
        words = canonical((await heard(base, resample(pcm, rate_hz, 16000))).text).split()
        assert len(words) <= 6
        assert set(words) <= {"no"}

    async def test_names_that_it_is_told_of_are_heard(
        self, base: WhisperRecognizer, data_dir: Path
    ) -> None:
        """And only where they are said."""
        sound = read_wav(data_dir / "speak_to_thorvaldsen.wav")[0]
        heard_as = {}
        for hotwords in ((), ("Thorvaldsen", "Beauchamp")):
            for name, pcm in (("name", sound), ("none", clip("yes please", 8000))):
                session = await base.open(hotwords=hotwords)
                session.feed(resample(pcm, 8000, 16000))
                heard_as[name, len(hotwords)] = canonical((await session.finish()).text)
                await session.close()
        assert heard_as["name", 2] == "i would like to speak to thorvaldsen"
        assert heard_as["name", 0] != heard_as["name", 2]
        assert heard_as["none", 0] == heard_as["none", 2] == "yes please"

    async def test_calls_at_once_hear_the_same_as_calls_in_a_row(
        self, base: WhisperRecognizer
    ) -> None:
        sounds = [clip(text, 16000) for text in SENTENCES]
        in_a_row = [await heard(base, sound) for sound in sounds]
        at_once = await asyncio.gather(*(heard(base, sound) for sound in sounds * 2))
        assert at_once == in_a_row * 2

    async def test_work_ahead_changes_no_word(self, base: WhisperRecognizer) -> None:
        sound, tail = clip("yes please", 16000), np.zeros(2560, np.int16)
        plain = await heard(base, np.concatenate([sound, tail]))
        session = await base.open()
        session.feed(sound)
        session.prepare()
        session.feed(tail)
        assert await session.finish() == plain
        await session.close()


class CountingDecoder:
    """A decoder without a network: it tells how much it was given, and keeps to a script."""

    def __init__(self, *loops: bool) -> None:
        self.encoded: list[tuple[int, Window]] = []
        self._loops = list(loops)

    def encode(self, pcm: Pcm, window: Window = FIRST) -> Encoded:
        self.encoded.append((pcm.size, window))
        return Encoded(None, pcm.size / 16000)

    def decode(self, encoded: Encoded, hotwords: str) -> Transcript | None:
        self.hotwords = hotwords
        if self._loops and self._loops.pop(0):
            return None
        return Transcript(f"{encoded.sound_s:.1f} s", final=True)


@pytest_asyncio.fixture
async def threads() -> AsyncIterator[tuple[EngineThread, EngineThread]]:
    both = EngineThread("whisper"), EngineThread("whisper")
    yield both
    await asyncio.gather(*(thread.close() for thread in both))


def session_of(
    decoder: CountingDecoder, threads: tuple[EngineThread, EngineThread]
) -> WhisperSession:
    return WhisperSession(decoder, *threads, "a call", lambda: None)  # type: ignore[arg-type]


async def test_a_loop_is_heard_again_in_the_longer_window(
    threads: tuple[EngineThread, EngineThread],
) -> None:
    decoder = CountingDecoder(True, False)
    session = session_of(decoder, threads)
    session.feed(np.ones(16000, np.int16))
    assert (await session.finish()).text == "1.0 s"
    assert decoder.encoded == [(16000, FIRST), (16000, SECOND)]


async def test_a_loop_in_both_windows_is_something_that_was_not_understood(
    threads: tuple[EngineThread, EngineThread],
) -> None:
    decoder = CountingDecoder(True, True)
    session = session_of(decoder, threads)
    session.feed(np.ones(16000, np.int16))
    assert await session.finish() == Transcript("", final=True, confidence=0.0)
    assert len(decoder.encoded) == 2


async def test_what_was_encoded_at_the_pause_is_not_encoded_again(
    threads: tuple[EngineThread, EngineThread],
) -> None:
    decoder = CountingDecoder()
    session = session_of(decoder, threads)
    session.feed(np.ones(16000, np.int16))
    session.prepare()
    session.feed(np.zeros(1600, np.int16))
    assert (await session.finish()).text == "1.0 s"
    assert [size for size, _ in decoder.encoded] == [16000]


async def test_work_ahead_is_thrown_away_when_the_caller_goes_on(
    threads: tuple[EngineThread, EngineThread],
) -> None:
    decoder = CountingDecoder()
    session = session_of(decoder, threads)
    session.feed(np.ones(16000, np.int16))
    session.prepare()
    session.feed(np.ones(8000, np.int16))
    assert (await session.finish()).text == "1.5 s"


async def test_a_busy_thread_is_not_given_work_ahead(
    threads: tuple[EngineThread, EngineThread],
) -> None:
    """Other calls would wait behind a guess."""
    decoder = CountingDecoder()
    session = session_of(decoder, threads)
    free = threading.Event()
    busy = threads[0].submit(free.wait, key="another call")
    session.feed(np.ones(16000, np.int16))
    session.prepare()
    free.set()
    await busy
    assert (await session.finish()).text == "1.0 s"
    assert len(decoder.encoded) == 1


async def test_closing_is_safe_at_any_time_and_gives_the_threads_back(tone_model: Path) -> None:
    before = set(threading.enumerate())
    recognizer = await WhisperRecognizer.load(tone_model, threads=2)
    await recognizer.warm_up()
    session, forgotten = await recognizer.open(), await recognizer.open()
    session.feed(tone_whisper.speak(["yes"]))
    finish = asyncio.ensure_future(session.finish())
    await asyncio.sleep(0)
    await session.close()
    await session.close()
    assert (await finish).text == "yes"
    with pytest.raises(RecognizerError, match="closed"):
        session.feed(tone_whisper.speak(["yes"]))
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
    tone_model: Path, tmp_path: Path, damage: object
) -> None:
    model = tmp_path / "model"
    shutil.copytree(tone_model, model)
    damage(model)  # type: ignore[operator]
    before = set(threading.enumerate())
    with pytest.raises(WeightsError, match=str(model)):
        await WhisperRecognizer.load(model)
    assert set(threading.enumerate()) <= before


async def test_a_failing_model_is_a_recognizer_error(
    tones: WhisperRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_features: object) -> None:
        raise RuntimeError("out of memory")

    monkeypatch.setattr(tones._decoder._model, "encode", broken)
    with pytest.raises(RecognizerError, match="whisper: transcription failed: out of memory"):
        await heard(tones, tone_whisper.speak(["yes"]))


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


def test_silence_at_either_end_is_trimmed_to_200_ms() -> None:
    voice = np.full(4800, 0.1, dtype=np.float32)
    silence = np.zeros(8000, dtype=np.float32)
    trimmed = trim_silence(np.concatenate([silence, voice, silence]))
    assert trimmed.size == 4800 + 2 * 3200
    assert trim_silence(voice).size == 4800
    assert trim_silence(silence).size == 0
    assert trim_silence(voice[:100]).size == 0
