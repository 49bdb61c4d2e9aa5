"""WAV files: callers' recordings in, conversations out.

The standard library's reader knows 16-bit PCM well and little else; people bring what their editor
wrote. So the chunks are walked here: integer PCM of 8, 16, 24 and 32 bits and 32/64-bit float, also
in the "extensible" form, of any rate and number of channels. Writing is 16-bit PCM, and atomic: a
file either has its whole content or is not there; only its owner can read it, for it may be a call.
"""

from __future__ import annotations

import struct
import tempfile
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from appliance.audio.frame import FULL_SCALE, WIRE_RATE_HZ, Pcm, pcm_to_bytes
from appliance.errors import AudioFileError

_PCM: Final = 1
_FLOAT: Final = 3
_EXTENSIBLE: Final = 0xFFFE
_NAMES: Final = {2: "ADPCM", 6: "A-law", 7: "mu-law", 0x11: "ADPCM", 0x31: "GSM", 0x55: "MP3"}
_UNKNOWN_LENGTH: Final = 0x7FFFF000
"""A program that wrote to a pipe could not know the length and left 0x7FFFFxxx or 0xFFFFFFFF."""

_Chunk = tuple[bytes, int, memoryview]
"""Name, length as the header says, bytes that are there."""


@dataclass(frozen=True, slots=True)
class _Format:
    encoding: int
    channels: int
    rate_hz: int
    bits: int


def read_wav(path: Path) -> tuple[Pcm, int]:
    """The sound of ``path``, channels mixed to one, and its rate in Hz.

    Raises AudioFileError for a file that is missing, no WAV, compressed, cut off or without sound.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AudioFileError(f"cannot read {path}: {error.strerror}") from error
    try:
        return _parse(data)
    except ValueError as error:
        raise AudioFileError(f"{path}: {error}") from error


def write_wav(path: Path, pcm: Pcm, rate_hz: int = WIRE_RATE_HZ) -> None:
    """Write mono sound, 16 bits. Raises AudioFileError; an earlier file then stays as it was."""
    _write(path, pcm_to_bytes(pcm), 1, rate_hz)


def write_stereo(path: Path, left: Pcm, right: Pcm, rate_hz: int = WIRE_RATE_HZ) -> None:
    """The same for two channels; the shorter one is filled up with silence."""
    both = np.zeros((max(left.size, right.size), 2), dtype=np.int16)
    both[: left.size, 0] = left
    both[: right.size, 1] = right
    _write(path, pcm_to_bytes(both), 2, rate_hz)


def _parse(data: bytes) -> tuple[Pcm, int]:
    """Sound and rate; ValueError says what is wrong."""
    if not data:
        raise ValueError("the file is empty")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise ValueError("this is not a WAV file")
    form: _Format | None = None
    for name, length, body in _chunks(data):
        if name == b"fmt ":
            form = _format(body)
        elif name == b"data":
            if form is None:
                raise ValueError("the sound comes before its format")
            return _samples(body, length, form), form.rate_hz
    raise ValueError("the file is cut off before its sound" if form else "the format is missing")


def _chunks(data: bytes) -> Iterator[_Chunk]:
    at = 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        yield name, length, memoryview(data)[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _format(body: memoryview) -> _Format:
    if len(body) < 16:
        raise ValueError("the format is cut off")
    encoding, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", body)
    if encoding == _EXTENSIBLE and len(body) >= 26:
        (encoding,) = struct.unpack_from("<H", body, 24)
    kinds = {_PCM: (8, 16, 24, 32), _FLOAT: (32, 64)}
    if encoding not in kinds:
        name = _NAMES.get(encoding, f"format {encoding}")
        raise ValueError(f"the sound is compressed ({name}); save it as PCM")
    if bits not in kinds[encoding]:
        raise ValueError(f"samples of {bits} bits cannot be read; save it with 16")
    if not channels or not 1000 <= rate_hz <= 384_000:
        raise ValueError(f"{channels} channels at {rate_hz} Hz cannot be right")
    return _Format(encoding, channels, rate_hz, bits)


def _samples(body: memoryview, length: int, form: _Format) -> Pcm:
    if len(body) < length < _UNKNOWN_LENGTH:
        raise ValueError(f"the file is cut off: {len(body)} of {length} bytes of sound are there")
    frame_bytes = form.bits // 8 * form.channels
    whole = body[: len(body) - len(body) % frame_bytes]
    if not len(whole):
        raise ValueError("there is no sound in it")
    if form.encoding == _PCM and form.bits == 16 and form.channels == 1:
        return np.frombuffer(whole, dtype="<i2").astype(np.int16)
    floats = _floats(whole, form).reshape(-1, form.channels).mean(axis=1)
    mono: Pcm = np.clip(np.rint(floats * FULL_SCALE), -32768, 32767).astype(np.int16)
    return mono


def _floats(body: memoryview, form: _Format) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Interleaved samples, full scale = 1.0; a float that is no number counts as silence."""
    if form.encoding == _FLOAT:
        floats = np.frombuffer(body, dtype=f"<f{form.bits // 8}").astype(np.float64)
        return np.nan_to_num(floats, posinf=1.0, neginf=-1.0)
    if form.bits == 8:
        return (np.frombuffer(body, dtype=np.uint8).astype(np.float64) - 128.0) / 128.0
    if form.bits == 24:  # as the upper bytes of 32 bits
        wide = np.zeros((len(body) // 3, 4), dtype=np.uint8)
        wide[:, 1:] = np.frombuffer(body, dtype=np.uint8).reshape(-1, 3)
        return wide.reshape(-1).view("<i4").astype(np.float64) / 2.0**31
    integers = np.frombuffer(body, dtype=f"<i{form.bits // 8}")
    return integers.astype(np.float64) / 2.0 ** (form.bits - 1)


def _write(path: Path, sound: bytes, channels: int, rate_hz: int) -> None:
    unfinished: Path | None = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            unfinished = Path(file.name)
            with wave.open(file, "wb") as wav:
                wav.setnchannels(channels)
                wav.setsampwidth(2)
                wav.setframerate(rate_hz)
                wav.writeframes(sound)
        unfinished.replace(path)
    except OSError as error:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
        raise AudioFileError(f"cannot write {path}: {error.strerror or error}") from error
