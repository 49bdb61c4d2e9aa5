from functools import cache
from pathlib import Path

import numpy as np
import pytest

from appliance.audio import g711
from appliance.audio.frame import FRAME_SAMPLES, SILENCE, Pcm, pcm_to_bytes
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.audiosocket.codec import EVIDENCE_PACKETS, Form, WireCodec, call_rate

pytestmark = pytest.mark.unit

LAWS: list[Form] = ["ulaw", "alaw"]


CALLER = Path(__file__).parents[1] / "data/caller"


@cache
def speech() -> Pcm:
    """Several spoken sentences with their pauses, 8 kHz, full scale at the loudest place."""
    files = [read_wav(path) for path in sorted(CALLER.glob("*.wav"))]
    sound = np.concatenate([resample(pcm, rate_hz, 8000) for pcm, rate_hz in files]).astype(float)
    return (sound / np.abs(sound).max() * 32767).astype(np.int16)


def at_level(pcm: Pcm, peak_db: float, noise: float = 0.0) -> Pcm:
    loud = pcm * 10 ** (peak_db / 20) + np.random.default_rng(3).normal(0, 1, pcm.size) * noise
    return np.clip(loud, -32768, 32767).astype(np.int16)


def wire_form(pcm: Pcm, form: Form) -> bytes:
    return g711.encode(pcm, form) if form in ("ulaw", "alaw") else pcm_to_bytes(pcm)


def packets(data: bytes, size: int = 160) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data) - size + 1, size)]


@pytest.mark.parametrize("form", ["slin", "ulaw", "alaw"])
@pytest.mark.parametrize("noise", [0.0, 4.0, 40.0])
@pytest.mark.parametrize("peak_db", [-90, -40, -30, -20, -10, -3, 0])
def test_160_bytes_are_read_rightly_wherever_in_the_speech_a_call_begins(
    form: Form, noise: float, peak_db: float
) -> None:
    sent = packets(wire_form(at_level(speech(), peak_db, noise), form))
    wrong = 0
    for start in range(0, len(sent) - EVIDENCE_PACKETS, 23):
        codec = WireCodec()
        for packet in sent[start : start + EVIDENCE_PACKETS]:
            codec.decode(packet, 8000)
        wrong += codec.form != form
    assert wrong == 0


@pytest.mark.parametrize(
    ("byte", "form"),
    [(0x00, "slin"), (0xFF, "ulaw"), (0x7F, "ulaw"), (0xD5, "alaw"), (0x55, "alaw")],
)
def test_digital_silence_tells_its_form_with_one_packet(byte: int, form: Form) -> None:
    codec = WireCodec()
    pcm = codec.decode(bytes([byte]) * 160, 8000)
    assert codec.form == form
    assert np.abs(pcm).max() <= 8


@pytest.mark.parametrize("form", LAWS)
def test_g711_is_answered_in_kind(form: Form) -> None:
    codec, sound = WireCodec(), at_level(speech(), -6)
    heard = [codec.decode(packet, 8000) for packet in packets(wire_form(sound, form))]
    assert np.array_equal(
        np.concatenate(heard), g711.decode(g711.encode(sound, form), form)[: len(heard) * 160]
    )
    frame = sound[:FRAME_SAMPLES]
    assert codec.encode(pcm_to_bytes(frame)) == b"\x10\x00\xa0" + g711.encode(frame, form)
    assert codec.encode(None) == b"\x10\x00\xa0" + g711.encode(np.zeros(160, np.int16), form)


def test_before_the_first_packet_and_for_320_bytes_it_is_16_bit_sound() -> None:
    codec, frame = WireCodec(), pcm_to_bytes(speech()[:FRAME_SAMPLES])
    assert codec.encode(frame) == b"\x10\x01\x40" + frame
    assert pcm_to_bytes(codec.decode(frame, 8000)) == frame
    assert codec.encode(None) == b"\x10\x01\x40" + SILENCE


def test_other_packet_times_are_taken_as_they_come() -> None:
    codec = WireCodec()
    for length in (2, 320, 640, 960, 3200):
        assert codec.decode(bytes(length), 8000).size == length // 2
        assert codec.form == "slin"


def test_the_reading_is_settled_after_the_evidence() -> None:
    codec = WireCodec()
    for _ in range(EVIDENCE_PACKETS):
        codec.decode(b"\xff" * 160, 8000)
    for packet in packets(np.random.default_rng(1).bytes(160 * 200)):
        codec.decode(packet, 8000)
    assert codec.form == "ulaw"
    assert codec.decode(b"\xff" * 320, 8000).size == 320  # 40 ms of it, not 20 ms of 16-bit sound


def test_wideband_passes_unchanged_both_ways_in_a_wideband_call() -> None:
    payload, codec = np.random.default_rng(1).bytes(640), WireCodec(16000)
    assert codec.encode(None) == b"\x12\x02\x80" + bytes(640)
    assert pcm_to_bytes(codec.decode(payload, 16000)) == payload
    assert codec.encode(payload) == b"\x12\x02\x80" + payload


@pytest.mark.parametrize(("law", "silence"), [("ulaw", b"\xff"), ("alaw", b"\xd5")])
def test_a_wideband_caller_who_goes_on_in_g711_is_answered_so(law: Form, silence: bytes) -> None:
    codec = WireCodec(16000)
    assert codec.decode(silence * 160, 8000).size == 320
    assert codec.form == law
    assert len(codec.encode(bytes(640))) == 3 + 160


def test_wideband_in_an_8_khz_call_is_halved_and_answered_in_wideband() -> None:
    tone = (8000 * np.sin(2 * np.pi * 1000 * np.arange(16000) / 16000)).astype(np.int16)
    codec = WireCodec()
    heard = np.concatenate([codec.decode(p, 16000) for p in packets(pcm_to_bytes(tone), 640)])
    assert heard.size == 8000
    assert heard[100:].astype(float).std() == pytest.approx(tone.astype(float).std(), rel=0.01)
    message = codec.encode(SILENCE)
    assert message[:3] == b"\x12\x02\x80"
    assert len(message) == 643
    assert codec.encode(None)[:3] == b"\x12\x02\x80"


@pytest.mark.parametrize("rate_hz", [12000, 24000, 32000, 44100, 48000, 96000, 192000])
def test_the_other_rates_come_out_at_the_next_that_a_call_can_have(rate_hz: int) -> None:
    tone = (8000 * np.sin(2 * np.pi * 440 * np.arange(rate_hz) / rate_hz)).astype(np.int16)
    call_hz = call_rate(rate_hz)
    assert call_hz == (8000 if rate_hz == 12000 else 16000)
    codec, step = WireCodec(call_hz), rate_hz // 50 * 2
    heard = np.concatenate([codec.decode(p, rate_hz) for p in packets(pcm_to_bytes(tone), step)])
    assert 0.87 * call_hz < heard.size <= call_hz
    settled = heard[call_hz // 8 : call_hz * 5 // 8].astype(float)
    assert int(np.abs(np.fft.rfft(settled)).argmax()) * 2 == pytest.approx(440, abs=2)
    assert codec.encode(None)[:1] == (b"\x10" if call_hz == 8000 else b"\x12")
