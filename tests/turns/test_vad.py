"""Silero on telephone sound: when it hears a voice begin and end, and what it takes for none."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.frame import FRAME_SAMPLES, Pcm
from appliance.audio.g711 import decode, encode
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.bench.asr import load_clips
from appliance.errors import RecognizerError, WeightsError
from appliance.turns.vad import WEIGHTS, WINDOW_S, SileroVad, VadSession
from appliance.weights.disk import sha256_of
from tests.fakes.clips import SENTENCES, clip

pytestmark = pytest.mark.engine

THRESHOLD = 0.5
SECOND = np.zeros(8000, dtype=np.int16)


@pytest.fixture(scope="module")
def vad() -> SileroVad:
    return SileroVad.load()


def probabilities(session: VadSession, pcm: Pcm, size: int = FRAME_SAMPLES) -> list[float]:
    """The probability of each window of ``pcm``, pushed in pieces of ``size`` samples."""
    windows = [
        window
        for start in range(0, pcm.size, size)
        for window in session.push(pcm[start : start + size])
    ]
    assert all(seconds == WINDOW_S for seconds, _ in windows)
    return [probability for _, probability in windows]


def voiced_span_s(pcm: Pcm) -> tuple[float, float]:
    """Where the sound itself is, to 20 ms: frames that reach 30 dB below the loudest sample."""
    peaks = np.abs(pcm[: pcm.size // 160 * 160].astype(np.int32)).reshape(-1, 160).max(axis=1)
    loud = np.flatnonzero(peaks > peaks.max() / 32)
    return int(loud[0]) * 0.02, (int(loud[-1]) + 1) * 0.02


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_is_found_from_its_first_sound_to_its_last(
    vad: SileroVad, sentence: str
) -> None:
    sound = np.concatenate([SECOND, clip(sentence), SECOND])
    voiced = np.array(probabilities(vad.open(), sound)) > THRESHOLD
    first, last = np.flatnonzero(voiced)[[0, -1]]
    onset_s, end_s = voiced_span_s(sound)
    assert first * WINDOW_S == pytest.approx(onset_s, abs=0.08)
    assert (last + 1) * WINDOW_S == pytest.approx(end_s, abs=0.13)
    assert voiced[first : last + 1].mean() > 0.9


@pytest.mark.parametrize(("rate_hz", "new", "context"), [(8000, 256, 32), (16000, 512, 64)])
def test_a_call_is_heard_at_its_own_rate(rate_hz: int, new: int, context: int) -> None:
    """The network gets the caller's own samples, those of the window before in front of them."""
    heard: list[Pcm] = []

    class Network:
        def run(self, _: None, inputs: dict[str, np.ndarray]) -> tuple[np.ndarray, ...]:
            assert inputs["sr"] == rate_hz
            heard.append((inputs["input"][0] * 32768).astype(np.int16))
            return np.zeros((1, 1)), inputs["state"]

    sound = np.random.default_rng(1).integers(-9000, 9000, new * 20).astype(np.int16)
    windows = probabilities(VadSession(Network(), rate_hz), sound, rate_hz // 50)
    assert len(windows) == 20
    assert np.array_equal(np.concatenate([window[context:] for window in heard]), sound)
    for before, window in zip(heard, heard[1:], strict=False):
        assert np.array_equal(window[:context], before[-context:])


def lead(kind: str, seconds: int) -> Pcm:
    """What a line carries while nobody speaks."""
    size = seconds * 8000
    if kind == "digital silence":
        return np.zeros(size, np.int16)
    if kind == "comfort noise":
        return np.random.default_rng(2).normal(0.0, 8.0, size).astype(np.int16)
    chords = [tones(hz, hz * 5 / 4, hz * 3 / 2, on_s=0.5, amplitude=1500.0) for hz in MELODY]
    return np.tile(np.concatenate(chords), -(-size // (4000 * len(chords))))[:size]


MELODY = (262, 294, 330, 349, 392, 349, 330, 294)
"""Hz of a tune such as callers hear on hold."""
SAID = [each.pcm for each in load_clips()[::8]]
"""Ten sentences of six synthetic voices."""


def at_level(pcm: Pcm, dbfs: float) -> Pcm:
    """``pcm`` with its voiced part at ``dbfs`` (RMS), through mu-law."""
    sound = pcm.astype(np.float64)
    voiced = sound[np.abs(sound) > np.abs(sound).max() / 32]
    gain = 32768 * 10 ** (dbfs / 20) / np.sqrt(np.mean(np.square(voiced)))
    levelled = np.clip(np.rint(sound * gain), -32768, 32767).astype(np.int16)
    return decode(encode(levelled, "ulaw"), "ulaw")


def resampled(pcm: Pcm, rate_hz: int) -> Pcm:
    return resample(pcm, 8000, rate_hz)


def found_share(said: Pcm, probabilities: list[float]) -> float:
    """Of the loud windows of ``said`` (8 kHz), how many were taken for a voice."""
    windows = min(said.size // 256, len(probabilities))
    peaks = np.abs(said[: windows * 256].astype(np.int32)).reshape(-1, 256).max(axis=1)
    voiced = np.array(probabilities[:windows]) > THRESHOLD
    return float(voiced[peaks > peaks.max() / 8].mean())


@pytest.mark.parametrize("rate_hz", [8000, 16000])
@pytest.mark.parametrize("dbfs", [-10, -26, -45])
@pytest.mark.parametrize("kind", ["digital silence", "comfort noise", "hold music"])
def test_the_first_word_after_a_minute_of_no_voice_is_heard(
    vad: SileroVad, kind: str, dbfs: int, rate_hz: int
) -> None:
    """However loud the caller, and at either rate: their onset within 0.32 s (the pre-roll covers
    it), and most of what is loud."""
    minute, size = resampled(lead(kind, 60), rate_hz), rate_hz // 50
    for pcm in SAID:
        session = vad.open(rate_hz)
        probabilities(session, minute, size)
        said = at_level(pcm, dbfs)
        heard = probabilities(session, resampled(said, rate_hz), size)
        onset_s, _ = voiced_span_s(said)
        first = np.flatnonzero(np.array(heard) > THRESHOLD)[0]
        assert first * WINDOW_S == pytest.approx(onset_s, abs=0.32)
        assert found_share(said, heard) > 0.5


def test_a_caller_who_is_silent_for_20_s_three_times_is_heard_each_time(vad: SileroVad) -> None:
    session = vad.open()
    for pcm in SAID[:4]:
        said = at_level(pcm, -26)
        assert found_share(said, probabilities(session, said)) > 0.9
        assert max(probabilities(session, lead("digital silence", 20))[8:]) < THRESHOLD


def test_a_wide_sentence_is_found_where_the_narrow_one_is(vad: SileroVad, data_dir: Path) -> None:
    wide, rate_hz = read_wav(data_dir / "wide_opening_hours.wav")
    assert rate_hz == 16000
    silence = np.zeros(16000, np.int16)
    wide = np.concatenate([silence, wide, silence])
    found = [
        np.flatnonzero(np.array(probabilities(session, sound)) > THRESHOLD)[[0, -1]]
        for session, sound in (
            (vad.open(16000), wide),
            (vad.open(), resample(wide, 16000, 8000)),
        )
    ]
    assert np.abs(found[0] - found[1]).max() <= 2  # windows of 32 ms


@pytest.mark.parametrize("noise_db", [-30, -40])
def test_a_sentence_is_found_in_noise(vad: SileroVad, noise_db: int) -> None:
    sound = np.concatenate([SECOND, clip("yes please"), SECOND]).astype(np.float64)
    noise = np.random.default_rng(1).normal(0.0, 32768 * 10 ** (noise_db / 20), sound.size)
    noisy = np.clip(sound + noise, -32768, 32767).astype(np.int16)
    voiced = np.flatnonzero(np.array(probabilities(vad.open(), noisy)) > THRESHOLD)
    onset_s, end_s = voiced_span_s(np.concatenate([SECOND, clip("yes please")]))
    assert voiced[0] * WINDOW_S == pytest.approx(onset_s, abs=0.15)
    assert (voiced[-1] + 1) * WINDOW_S == pytest.approx(end_s, abs=0.15)


def tones(*hz: float, on_s: float = 3.0, amplitude: float = 6000.0) -> Pcm:
    at = np.arange(int(on_s * 8000)) / 8000
    return np.rint(sum(amplitude * np.sin(2 * np.pi * f * at) for f in hz)).astype(np.int16)


def noise(rms: float) -> Pcm:
    return np.random.default_rng(0).normal(0.0, rms, 24_000).astype(np.int16)


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(24_000, dtype=np.int16),
        np.ones(24_000, dtype=np.int16),
        noise(3),
        noise(30),
        noise(300),
        noise(2000),
        tones(440, 480),
        tones(425),
        tones(50, 100, amplitude=2000),
        np.concatenate([tones(770, 1336, on_s=0.1), SECOND[:800]] * 8),
        np.concatenate([tones(941, 1477, on_s=0.5), SECOND]),
    ],
    ids=[
        "silence",
        "direct current",
        "faint noise",
        "soft noise",
        "noise",
        "loud noise",
        "ringback",
        "dial tone",
        "mains hum",
        "digits",
        "a long digit",
    ],
)
def test_what_is_no_voice_stays_below_the_threshold(vad: SileroVad, sound: Pcm) -> None:
    coded = decode(encode(sound, "ulaw"), "ulaw")
    found = np.array(probabilities(vad.open(), coded)) > THRESHOLD
    in_a_row = max(len(run) for run in "".join("v" if v else " " for v in found).split(" "))
    assert in_a_row * WINDOW_S < 0.064  # shorter than the least that counts as speech


@pytest.mark.parametrize("size", [1, 37, 1000, 100_000])
def test_the_cutting_of_the_sound_makes_no_difference(vad: SileroVad, size: int) -> None:
    sound = clip("yes please")
    whole = probabilities(vad.open(), sound)
    assert len(whole) == sound.size // 256
    assert probabilities(vad.open(), sound, size) == whole


def test_sessions_do_not_disturb_each_other(vad: SileroVad) -> None:
    sentences = [clip(sentence)[:8000] for sentence in SENTENCES]
    alone = [probabilities(vad.open(), sound) for sound in sentences]
    sessions = [vad.open() for _ in sentences]
    together: list[list[float]] = [[] for _ in sentences]
    for start in range(0, 8000, FRAME_SAMPLES):
        for session, sound, windows in zip(sessions, sentences, together, strict=True):
            pushed = session.push(sound[start : start + FRAME_SAMPLES])
            windows += [probability for _, probability in pushed]
    assert together == alone


def test_weights_that_cannot_be_loaded_are_an_error_that_names_their_path(tmp_path: Path) -> None:
    broken = tmp_path / "vad.onnx"
    broken.write_bytes(b"none")
    for path in (broken, tmp_path / "missing.onnx"):
        with pytest.raises(WeightsError, match=str(path)):
            SileroVad.load(path)


def test_a_failing_network_is_a_recognizer_error(vad: SileroVad) -> None:
    class Broken:
        def run(self, *_: object) -> None:
            raise ValueError("Invalid Feed Input")

    with pytest.raises(RecognizerError, match="voice detection failed"):
        VadSession(Broken()).push(SECOND)


def test_the_detector_imports_neither_the_recogniser_nor_the_hub() -> None:
    code = (
        "import sys, appliance.turns.vad as v; v.SileroVad.load();"
        "sys.exit(bool({'faster_whisper', 'huggingface_hub', 'ctranslate2'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_weights_are_those_that_silero_publishes() -> None:
    """silero_vad.onnx of silero-vad 6.2.3."""
    assert sha256_of(WEIGHTS) == "1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3"
