"""Samples out of raw sound and WAV files, bytes in."""

from __future__ import annotations

import struct

import numpy as np
import pytest

from appliance.audio.frame import Pcm
from appliance.engines.remote.pcm_stream import MAX_HEADER_BYTES, PcmStream
from appliance.errors import ProtocolError
from tests.fakes.avr_services import ffmpeg_header

pytestmark = pytest.mark.unit

SOUND: Pcm = np.arange(-300, 300, dtype=np.int16)


def samples(data: bytes, size: int) -> tuple[Pcm, int]:
    stream = PcmStream()
    parts = [stream.feed(data[at : at + size]) for at in range(0, len(data), size)]
    return np.concatenate([*parts, stream.flush()]), stream.rate_hz


def wav_header(**changes: int) -> bytes:
    form = {"encoding": 1, "channels": 1, "rate": 8000, "bytes": 16000, "align": 2, "bits": 16}
    fields = struct.pack("<HHIIHH", *(form | changes).values())
    return b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0" + fields + b"data\0\0\0\0"


@pytest.mark.parametrize("size", [1, 2, 3, 160, 320, 333, 5000])
@pytest.mark.parametrize("header", [b"", ffmpeg_header(), wav_header()])
def test_samples_are_the_same_however_they_are_cut(header: bytes, size: int) -> None:
    pcm, rate_hz = samples(header + SOUND.tobytes(), size)
    assert np.array_equal(pcm, SOUND)
    assert rate_hz == 8000


def test_sizes_in_a_header_are_not_asked() -> None:
    lying = ffmpeg_header().replace(b"LIST" + struct.pack("<I", 26), b"LIST\xff\xff\xff\xff")
    assert np.array_equal(samples(lying + SOUND.tobytes(), 100)[0], SOUND)


def test_an_odd_byte_at_the_end_is_dropped() -> None:
    assert samples(SOUND.tobytes() + b"\1", 7)[0].size == SOUND.size


@pytest.mark.parametrize("raw", [b"R\0", b"RI\0\0", b"RIFF\1\2\3\4nope", b"RIFX" * 10])
def test_sound_that_begins_like_a_header_by_chance_is_sound(raw: bytes) -> None:
    assert samples(raw, 1)[0].tobytes() == raw[: len(raw) & ~1]


def test_the_rate_in_a_header_counts() -> None:
    assert samples(wav_header(rate=16000) + SOUND.tobytes(), 50)[1] == 16000


@pytest.mark.parametrize(
    "header",
    [
        wav_header(encoding=7),
        wav_header(channels=2),
        wav_header(bits=8),
        wav_header(rate=1),
        b"OggS" + bytes(20),
        b"fLaC" + bytes(20),
        b"ID3\4" + bytes(20),
        b"RIFF\0\0\0\0WAVE" + bytes(MAX_HEADER_BYTES),
    ],
)
def test_sound_in_another_form_is_refused(header: bytes) -> None:
    with pytest.raises(ProtocolError):
        samples(header + bytes(1000), len(header))


def test_a_header_alone_is_no_sound() -> None:
    assert samples(b"", 1)[0].size == samples(ffmpeg_header()[:20], 4)[0].size == 0
