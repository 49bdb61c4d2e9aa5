"""The sound of a room under the agent's voice: silence does not sound like a dead line then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np

from appliance.audio.frame import (
    WIRE_RATE_HZ,
    Pcm,
    frame_samples,
    pcm_from_bytes,
    pcm_to_bytes,
)
from appliance.audio.resample import resample
from appliance.audio.wav import read_wav
from appliance.errors import AudioFileError, SettingsError

Supplier = Callable[[], bytes | None]

SHORTEST_S: Final = 1.0
"""A shorter loop hums."""


class Ambience:
    """A loop of sound, shared by all calls of an agent; each hears it from the beginning."""

    def __init__(self, pcm: Pcm, rate_hz: int) -> None:
        """``pcm`` is int16 at ``rate_hz``, already at its level, not empty."""
        self._loops = {rate_hz: pcm}
        self._rate_hz = rate_hz

    def under(self, voice: Supplier, rate_hz: int) -> Supplier:
        """``voice`` (Frames of int16 at ``rate_hz``) with this sound beneath it: a Frame every
        time, never None."""
        loop = self._loop(rate_hz)
        position, size = 0, frame_samples(rate_hz)

        def mixed() -> bytes:
            nonlocal position
            room = loop.take(range(position, position + size), mode="wrap")
            position = (position + size) % loop.size
            frame = voice()
            if frame is None:
                return pcm_to_bytes(room)
            both = room.astype(np.int32) + pcm_from_bytes(frame)
            return pcm_to_bytes(both.clip(-32768, 32767).astype(np.int16))

        return mixed

    def _loop(self, rate_hz: int) -> Pcm:
        if rate_hz not in self._loops:
            self._loops[rate_hz] = resample(self._loops[self._rate_hz], self._rate_hz, rate_hz)
        return self._loops[rate_hz]


def read_ambience(path: Path, level: float) -> Ambience:
    """The sound of a WAV file, or of a raw one (16-bit, 8 kHz, mono, as AVR has it), at ``level``
    times its loudness. Raises SettingsError."""
    try:
        pcm, rate_hz = _read_raw(path) if path.suffix in (".raw", ".sln") else read_wav(path)
    except AudioFileError as error:
        raise SettingsError(f"ambient_noise_file: {error.message}") from error
    if pcm.size < SHORTEST_S * rate_hz:
        raise SettingsError(
            f"ambient_noise_file: {path} is shorter than {SHORTEST_S:.0f} s; take a longer one"
        )
    return Ambience((pcm * level).astype(np.int16), rate_hz)


def _read_raw(path: Path) -> tuple[Pcm, int]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AudioFileError(f"cannot read {path}: {error.strerror}") from error
    return pcm_from_bytes(data[: len(data) // 2 * 2]), WIRE_RATE_HZ
