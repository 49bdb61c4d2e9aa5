"""Sound as AVR's services send it: raw 16-bit samples, or a WAV file of them, cut anywhere.

The type that a service names is no guide (``audio/basic`` is not mu-law, ``audio/l16`` is little-
endian), so only the bytes count. A WAV written to a pipe cannot know its lengths: chunks are found
by their names, and their sizes are not asked.

Sans-IO: bytes in, samples out.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np

from appliance.audio.frame import WIRE_RATE_HZ, Pcm, pcm_from_bytes
from appliance.errors import ProtocolError

MAX_HEADER_BYTES: Final = 65_536
"""Tags with a picture in them are no longer."""
FORMAT_BYTES: Final = 8 + 16
"""Name, size and the part of ``fmt `` that all files have."""
_PCM: Final = 1
_EXTENSIBLE: Final = 0xFFFE
_OTHERS: Final = {b"ID3": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC"}


class PcmStream:
    """One sound, piece by piece."""

    def __init__(self) -> None:
        self.rate_hz = WIRE_RATE_HZ
        """Of what ``feed`` gives: 8000, or what a WAV header said."""
        self._held = b""
        self._begun = False

    def feed(self, data: bytes) -> Pcm:
        """The samples complete with ``data``; none while a header is not all there.

        Raises ProtocolError for sound in another form.
        """
        self._held += data
        if not self._begun:
            start = self._start()
            if start is None:
                return np.zeros(0, np.int16)
            self._held, self._begun = self._held[start:], True
        cut = len(self._held) & ~1
        whole, self._held = self._held[:cut], self._held[cut:]
        return pcm_from_bytes(whole)

    def flush(self) -> Pcm:
        """What was held back because it might have become a header; half a sample is dropped."""
        held, self._held = self._held, b""
        if self._begun or held.startswith(b"RIFF"):
            return np.zeros(0, np.int16)
        return pcm_from_bytes(held[: len(held) & ~1])

    def _start(self) -> int | None:
        """Where the samples begin; None while that cannot be said."""
        head = self._held[:12]
        for magic, name in _OTHERS.items():
            if head.startswith(magic):
                raise ProtocolError(f"sound as {name}; set the service to raw 16-bit PCM")
        if not b"RIFF".startswith(head[:4]):
            return 0
        if len(head) < 12:
            return None
        if head[8:12] != b"WAVE":
            return 0
        return self._past_header()

    def _past_header(self) -> int | None:
        form = self._held.find(b"fmt ", 12)
        data = -1 if form < 0 else self._held.find(b"data", form + FORMAT_BYTES)
        if data < 0 or len(self._held) < data + 8:
            if len(self._held) > MAX_HEADER_BYTES:
                raise ProtocolError("a WAV header without end")
            return None
        encoding, channels, rate_hz, _, _, bits = struct.unpack_from(
            "<HHIIHH", self._held, form + 8
        )
        if encoding not in (_PCM, _EXTENSIBLE) or channels != 1 or bits != 16:
            raise ProtocolError("a WAV that is not 16-bit PCM of one channel")
        if not 4000 <= rate_hz <= 192_000:
            raise ProtocolError(f"a WAV of {rate_hz} Hz")
        self.rate_hz = rate_hz
        return data + 8
