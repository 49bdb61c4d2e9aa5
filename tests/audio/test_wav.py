import struct
import wave
from pathlib import Path

import numpy as np
import pytest

from appliance.audio.wav import read_wav, write_stereo, write_wav
from appliance.errors import AudioFileError

pytestmark = pytest.mark.unit

RAMP = np.arange(-2000, 2000, 25, dtype=np.int16)


def wav_bytes(
    sound: bytes, *, encoding: int = 1, channels: int = 1, rate_hz: int = 8000, bits: int = 16
) -> bytes:
    frame = channels * bits // 8
    form = struct.pack("<HHIIHH", encoding, channels, rate_hz, rate_hz * frame, frame, bits)
    body = b"WAVE" + chunk(b"fmt ", form) + chunk(b"data", sound)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "some.wav"
    path.write_bytes(data)
    return path


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "some.wav"
    write_wav(path, RAMP, 16000)
    pcm, rate_hz = read_wav(path)
    assert rate_hz == 16000
    assert np.array_equal(pcm, RAMP)


@pytest.mark.parametrize(
    ("bits", "encoding", "sound", "tolerance"),
    [
        (8, 1, ((RAMP // 256) + 128).astype(np.uint8).tobytes(), 256),
        (24, 1, b"".join(struct.pack("<i", int(s) << 8)[:3] for s in RAMP), 0),
        (32, 1, (RAMP.astype("<i4") << 16).tobytes(), 0),
        (32, 3, (RAMP / 32768).astype("<f4").tobytes(), 0),
        (64, 3, (RAMP / 32768).astype("<f8").tobytes(), 0),
    ],
)
def test_every_sample_format_gives_the_same_sound(
    tmp_path: Path, bits: int, encoding: int, sound: bytes, tolerance: int
) -> None:
    path = saved(tmp_path, wav_bytes(sound, bits=bits, encoding=encoding))
    pcm, _ = read_wav(path)
    assert np.abs(pcm.astype(int) - RAMP).max() <= tolerance


def test_channels_are_mixed_to_one(tmp_path: Path) -> None:
    both = np.stack((RAMP, -RAMP // 2 * 2), axis=1)
    pcm, _ = read_wav(saved(tmp_path, wav_bytes(both.astype("<i2").tobytes(), channels=2)))
    assert pcm.size == RAMP.size
    assert np.abs(pcm).max() <= 1


def test_the_extensible_form_and_foreign_chunks_are_read(tmp_path: Path) -> None:
    form = struct.pack("<HHIIHHHHIH14s", 0xFFFE, 1, 8000, 16000, 2, 16, 22, 16, 4, 1, bytes(14))
    body = b"WAVE" + chunk(b"LIST", b"odd") + chunk(b"fmt ", form) + chunk(b"data", RAMP.tobytes())
    pcm, _ = read_wav(saved(tmp_path, b"RIFF" + struct.pack("<I", len(body)) + body))
    assert np.array_equal(pcm, RAMP)


def test_a_length_left_open_by_a_pipe_reads_to_the_end(tmp_path: Path) -> None:
    data = wav_bytes(RAMP.tobytes()).replace(
        b"data" + struct.pack("<I", RAMP.nbytes), b"data\xff\xff\xff\xff"
    )
    pcm, _ = read_wav(saved(tmp_path, data))
    assert np.array_equal(pcm, RAMP)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"ID3\x04 some music", "not a WAV file"),
        (b"RIFF\x04\0\0\0WAVE", "format is missing"),
        (wav_bytes(RAMP.tobytes())[:36], "cut off before its sound"),
        (wav_bytes(RAMP.tobytes())[:-10], "cut off: 310 of 320 bytes"),
        (wav_bytes(b""), "no sound"),
        (wav_bytes(RAMP.tobytes(), encoding=7, bits=8), "mu-law"),
        (wav_bytes(RAMP.tobytes(), encoding=0x55), "MP3"),
        (wav_bytes(RAMP.tobytes(), encoding=0x1234), "format 4660"),
        (wav_bytes(RAMP.tobytes(), bits=12), "12 bits"),
        (wav_bytes(RAMP.tobytes(), channels=0), "0 channels"),
        (wav_bytes(RAMP.tobytes(), rate_hz=0), "0 Hz"),
        (b"RIFF\0\0\0\0WAVE" + chunk(b"fmt ", b"short"), "format is cut off"),
        (b"RIFF\0\0\0\0WAVE" + chunk(b"data", b"sound!"), "before its format"),
    ],
)
def test_an_unreadable_file_is_named_with_its_reason(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = saved(tmp_path, data)
    with pytest.raises(AudioFileError) as caught:
        read_wav(path)
    assert str(path) in str(caught.value)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"none\.wav: No such file"):
        read_wav(tmp_path / "none.wav")
    with pytest.raises(AudioFileError, match="Is a directory"):
        read_wav(tmp_path)


def test_stereo_keeps_the_sides_apart_and_fills_the_shorter_one(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    write_stereo(path, RAMP, RAMP[:10])
    with wave.open(str(path)) as wav:
        assert (wav.getnchannels(), wav.getframerate(), wav.getnframes()) == (2, 8000, RAMP.size)
        both = np.frombuffer(wav.readframes(RAMP.size), "<i2").reshape(-1, 2)
    assert np.array_equal(both[:, 0], RAMP)
    assert np.array_equal(both[:10, 1], RAMP[:10])
    assert not both[10:, 1].any()


def test_a_disk_without_room_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "some.wav"
    write_wav(path, RAMP)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(wave.Wave_write, "writeframes", full)
    with pytest.raises(AudioFileError, match="No space left"):
        write_wav(path, RAMP[:5])
    monkeypatch.undo()
    assert np.array_equal(read_wav(path)[0], RAMP)
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match=r"cannot write .*none/some\.wav: No such file"):
        write_wav(tmp_path / "none" / "some.wav", RAMP)
