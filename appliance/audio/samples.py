"""Bytes come in lengths of their sender's choosing, also odd ones; samples are two bytes each."""

from __future__ import annotations

from appliance.audio.frame import Pcm, pcm_from_bytes


class SampleReader:
    """Makes whole samples of a stream of little-endian 16-bit bytes cut anywhere."""

    def __init__(self) -> None:
        self._half = b""

    def feed(self, data: bytes) -> Pcm:
        """The samples complete with ``data``; half a one waits for the next piece."""
        whole = self._half + data
        cut = len(whole) & ~1
        self._half = whole[cut:]
        return pcm_from_bytes(whole[:cut])
