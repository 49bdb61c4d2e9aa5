import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.audio.frame import Pcm
from appliance.audio.resample import HalfBandDown, HalfBandUp, resample, stream

pytestmark = pytest.mark.unit


def tone(hz: float, rate_hz: int, seconds: float = 0.5, amplitude: float = 10_000.0) -> Pcm:
    at = np.arange(int(rate_hz * seconds)) / rate_hz
    return (amplitude * np.sin(2 * np.pi * hz * at)).astype(np.int16)


def level_db(pcm: Pcm, reference: Pcm) -> float:
    """Level of the settled part beside the reference's."""
    settled = pcm[200:-200].astype(float)
    return float(20 * np.log10(settled.std() / reference.astype(float).std() + 1e-9))


@given(st.lists(st.integers(0, 700), max_size=12), st.sampled_from([HalfBandUp, HalfBandDown]))
def test_a_stream_in_pieces_gives_what_it_gives_whole(
    lengths: list[int], kind: type[HalfBandUp] | type[HalfBandDown]
) -> None:
    noise = np.random.default_rng(7).integers(-32768, 32768, sum(lengths)).astype(np.int16)
    whole, stream = kind().feed(noise), kind()
    pieces, at = [np.empty(0, np.int16)], 0
    for length in lengths:
        pieces.append(stream.feed(noise[at : at + length]))
        at += length
    assert np.array_equal(np.concatenate(pieces), whole)


@pytest.mark.parametrize("hz", [100, 300, 1000, 2500, 3000])
def test_the_telephone_band_passes_both_ways(hz: int) -> None:
    assert level_db(HalfBandDown().feed(tone(hz, 16000)), tone(hz, 16000)) > -0.2
    assert level_db(HalfBandUp().feed(tone(hz, 8000)), tone(hz, 8000)) > -0.2


@pytest.mark.parametrize("hz", [5000, 6000, 7500])
def test_what_lies_above_the_band_does_not_fold_into_it(hz: int) -> None:
    assert level_db(HalfBandDown().feed(tone(hz, 16000)), tone(hz, 16000)) < -75


def test_upsampling_makes_no_mirror_image() -> None:
    spectrum = np.abs(np.fft.rfft(HalfBandUp().feed(tone(2000, 8000)) * np.hanning(8000)))
    hz = np.arange(spectrum.size) * 16000 / 8000
    image = spectrum[(hz > 5500) & (hz < 6500)].max()
    assert 20 * np.log10(image / spectrum.max()) < -70


def test_a_click_comes_out_after_the_promised_delay() -> None:
    click = np.zeros(400, dtype=np.int16)
    click[200] = 20_000
    assert int(np.abs(HalfBandUp().feed(click)).argmax()) == 2 * 200 + 23
    click[200], click[201] = 0, 20_000
    assert int(np.abs(HalfBandDown().feed(click)).argmax()) == (201 + 23) // 2


def test_loud_sound_is_limited_and_does_not_wrap() -> None:
    square = np.where(np.arange(1600) % 20 < 10, 32767, -32768).astype(np.int16)
    doubled = HalfBandUp().feed(square).astype(int)
    assert np.abs(np.diff(doubled)).max() < 50_000  # a wrap would jump by 65535


@pytest.mark.parametrize(("from_hz", "to_hz"), [(22050, 8000), (16000, 8000), (8000, 16000)])
def test_a_whole_piece_keeps_its_length_and_its_tone(from_hz: int, to_hz: int) -> None:
    out = resample(tone(700, from_hz), from_hz, to_hz)
    assert out.dtype == np.int16
    assert abs(out.size - to_hz // 2) <= 1
    strongest = int(np.abs(np.fft.rfft(out)).argmax()) * to_hz / out.size
    assert strongest == pytest.approx(700, abs=3)


def test_the_same_rate_and_no_sound_are_given_back() -> None:
    sound = tone(700, 8000)
    assert resample(sound, 8000, 8000) is sound
    assert resample(sound[:0], 22050, 8000).size == 0


@pytest.mark.parametrize(
    ("from_hz", "to_hz"), [(8000, 8000), (8000, 16000), (16000, 8000), (48000, 16000)]
)
def test_a_stream_between_any_two_rates_keeps_a_tone(from_hz: int, to_hz: int) -> None:
    convert, sound = stream(from_hz, to_hz), tone(1000, from_hz)
    step = from_hz // 50
    pieces = [convert(sound[at : at + step]) for at in range(0, sound.size, step)]
    assert level_db(np.concatenate(pieces), sound) == pytest.approx(0, abs=0.3)
    spectrum = np.abs(np.fft.rfft(np.concatenate(pieces)[to_hz // 4 :].astype(float), to_hz))
    assert int(spectrum.argmax()) == pytest.approx(1000, abs=4)
